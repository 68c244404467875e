// Generated from errors.yaml. Edit that file instead.
import WireProtocol

/// A numeric error code; codes that the grammar does not name are kept.
public struct ErrorCode: Hashable, Sendable {
    /// The number, 0 to 999.
    public let number: UInt16

    /// Makes a code from its number.
    public init(_ number: UInt16) {
        self.number = number
    }

    /// 201: The name is no name. DEMO0 to DEMO3.
    public static var badName: ErrorCode { ErrorCode(201) }
    /// 911: The password is wrong. DEMO1 to DEMO3.
    public static var refused: ErrorCode { ErrorCode(911) }

    /// What the grammar says about codes.
    private static let rows: [ErrorRow] = [
        ErrorRow(201, "badName", closes: false, "The name is no name."),
        ErrorRow(911, "refused", closes: true, "The password is wrong."),
    ]

    /// The error that answers an unreadable line; nil if none does.
    public static func answer(to error: WireDecodingError) -> ErrorCode? {
        ErrorRow.answer(to: error, in: rows).map { ErrorCode($0.number) }
    }

    private var row: ErrorRow? { Self.rows.first { $0.number == number } }

    /// The name in the grammar, or nil.
    public var name: String? { row.map { "\($0.name)" } }

    /// What the code means, or nil.
    public var about: String? { row.map { "\($0.about)" } }

    /// Whether the server closes the connection after it; nil if not known.
    public var closesConnection: Bool? { row?.closes }
}

/// An error reply: a code of three digits in the place of a command.
///
///     code [TrID] [length]
public struct ErrorReply: WireForm, OptionalTransactionForm {
    public var storage: FormStorage<2>
    /// What went wrong.
    public var code: ErrorCode {
        get { storage.value(0) }
        set { storage.set(0, newValue) }
    }
    /// Details, in the versions and for the codes that have them.
    public var payload: WireBytes? {
        get { storage.optionalBytes(1) }
        set { storage.set(1, bytes: newValue) }
    }

    /// Makes a reply.
    public init(code: ErrorCode, payload: WireBytes? = nil) {
        var builder = FormBuilder()
        builder.add(0, code)
        builder.add(1, bytes: payload)
        storage = FormStorage(builder)
    }

    public init(storage: FormStorage<2>) { self.storage = storage }

    public static let table = FormTable(
        "error", "error", from: .server, on: [.desk, .hall], transaction: .optional,
        words: [.value("code", ErrorCode.table)],
        payload: PayloadTable(.bytes, limit: 256, optionalIn: VersionSet(2...3)), commandIsValue: true)
}

extension ErrorCode: WireValue {
    public static let table = ValueTable("ErrorCode", .digits(3))

    /// Reads three digits.
    public init(checked wire: WireBytes) { number = UInt16(clamping: WireNumber.digits(wire)) }

    /// Appends three digits; throws when the number has more.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        try WireNumber.write(number, digits: 3, to: &writer)
    }
}
