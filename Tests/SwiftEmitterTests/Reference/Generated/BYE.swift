// Generated from commands/BYE.yaml. Edit that file instead.
import WireProtocol

/// `BYE`: Ends a conversation.
public enum BYE {
    /// `BYE` from a client.
    public enum ClientMessage: Equatable, Sendable {
        /// The client goes.
        case leave(Leave)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .leave(let form): form
            }
        }

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            self = .leave(Leave(storage: FormStorage(words)))
        }
    }

    /// `BYE` from a server.
    public enum ServerMessage: Equatable, Sendable {
        /// The client went.
        case left(Left)

        /// The form itself.
        public var form: any WireForm {
            switch self {
            case .left(let form): form
            }
        }

        @inline(__always)
        init(form: Int, words: consuming TakenWords) {
            self = .left(Left(storage: FormStorage(words)))
        }
    }

    static let table = CommandTable("BYE", client: [Leave.table], server: [Left.table])

    /// The client goes.
    ///
    ///     BYE
    ///
    /// DEMO0 to DEMO3, from a client.
    public struct Leave: WireForm, PlainForm {
        public var storage: FormStorage<0>

        /// Makes the form from its values.
        public init() { storage = FormStorage(FormBuilder()) }
        public init(storage: FormStorage<0>) { self.storage = storage }
        public static let table = FormTable(
            "BYE", "leave", from: .client, on: [.desk, .hall], transaction: .absent)
    }

    /// The client went.
    ///
    ///     BYE
    ///
    /// DEMO0 to DEMO3, from a server.
    public struct Left: WireForm, PlainForm {
        public var storage: FormStorage<0>

        /// Makes the form from its values.
        public init() { storage = FormStorage(FormBuilder()) }
        public init(storage: FormStorage<0>) { self.storage = storage }
        public static let table = FormTable(
            "BYE", "left", from: .server, on: [.desk, .hall], transaction: .absent)
    }
}
