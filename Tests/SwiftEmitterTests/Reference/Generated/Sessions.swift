// Generated from the files in sessions. Edit those instead.
import WireProtocol

/// The way of a conversation.
public enum DeskSession: String, CaseIterable, Sendable {
    /// Nothing was said.
    case greeting
    /// Everything may be said.
    case open
    /// Nothing matters.
    case waiting
    /// The connection is closed.
    case closed

    /// The state in which a connection starts.
    public static var initial: DeskSession { .greeting }

    /// What a message causes in this state.
    ///
    /// An error reply has the command `error` and its code as form.
    public func step(
        sender: Sender, command: String, form: String, version: ProtocolVersion
    ) -> SessionStep<DeskSession> {
        let version = version.number
        switch self {
        case .greeting:
            if sender == .client, command == "HEY", form == "offer", (1...3).contains(version) {
                return .go(.open)
            }
            if sender == .client, command == "SIT" {
                return .error(911, closes: true, .closed)
            }
            if sender == .client, command == "BYE" {
                return .go(.closed)
            }
            return .close
        case .open:
            if sender == .server, command == "error", form == "911" {
                return .go(.closed)
            }
            if sender == .server, command == "error" {
                return .go(.waiting)
            }
            if sender == .server, command == "SIT", form == "welcome", (version == 1 || version == 3) {
                return .go(.open)
            }
            if sender == .client, command == "SAY" {
                return .error(201, closes: false, .open)
            }
            if sender == .server, command == "BYE" {
                return .close
            }
            return .go(.open)
        case .waiting:
            if sender == .client, command == "HEY" {
                return .go(.open)
            }
            return .ignore
        case .closed: return .close
        }
    }
}
