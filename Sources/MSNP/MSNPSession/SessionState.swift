import MSNP
import WireProtocol

/// Where a connection stands, by the generated rules of its service.
public enum SessionState: Sendable, Hashable, CustomStringConvertible {
    /// A connection to a dispatch server.
    case dispatch(DispatchSession)
    /// A connection to a notification server.
    case notification(NotificationSession)
    /// A chat.
    case switchboard(SwitchboardSession)
    /// A file on its way.
    case fileTransfer(FileTransferSession)

    /// The first state of a service.
    public init(_ service: Service) {
        self =
            switch service {
            case .dispatch: .dispatch(.initial)
            case .notification: .notification(.initial)
            case .switchboard: .switchboard(.initial)
            case .fileTransfer: .fileTransfer(.initial)
            }
    }

    /// True once the session has ended.
    public var isClosed: Bool {
        switch self {
        case .dispatch(let state): state == .closed
        case .notification(let state): state == .closed
        case .switchboard(let state): state == .closed
        case .fileTransfer(let state): state == .closed
        }
    }

    /// True when the user is signed in.
    public var isSignedIn: Bool {
        guard case .notification(let state) = self else { return false }
        return [.signedIn, .synchronized, .online].contains(state)
    }

    /// The same session at its end.
    public var closed: SessionState {
        switch self {
        case .dispatch: .dispatch(.closed)
        case .notification: .notification(.closed)
        case .switchboard: .switchboard(.closed)
        case .fileTransfer: .fileTransfer(.closed)
        }
    }

    /// The state's name in the grammar.
    public var description: String {
        switch self {
        case .dispatch(let state): state.description
        case .notification(let state): state.description
        case .switchboard(let state): state.description
        case .fileTransfer(let state): state.description
        }
    }

    /// What a form, such as `form.formID`, does here.
    public func step(for form: FormID, in version: ProtocolVersion) -> SessionStep<SessionState> {
        switch self {
        case .dispatch(let state): Self.wrap(state.step(for: form, in: version)) { .dispatch($0) }
        case .notification(let state): Self.wrap(state.step(for: form, in: version)) { .notification($0) }
        case .switchboard(let state): Self.wrap(state.step(for: form, in: version)) { .switchboard($0) }
        case .fileTransfer(let state): Self.wrap(state.step(for: form, in: version)) { .fileTransfer($0) }
        }
    }

    /// The same step between the states of this type.
    private static func wrap<State>(
        _ step: SessionStep<State>, _ state: (State) -> SessionState
    ) -> SessionStep<SessionState> {
        switch step {
        case .go(let next): .go(state(next))
        case .error(let code, let closes, let next): .error(code, closes: closes, state(next))
        case .close: .close
        case .ignore: .ignore
        }
    }
}
