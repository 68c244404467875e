import MSNP
import WireProtocol

/// The state of a connection under the generated rules of its service.
public enum SessionState: Sendable, Hashable, CustomStringConvertible {
    /// A connection to a dispatch server.
    case dispatch(DispatchSession)
    /// A connection to a notification server.
    case notification(NotificationSession)
    case switchboard(SwitchboardSession)
    /// A file transfer.
    case fileTransfer(FileTransferSession)

    /// Creates the initial state of a service.
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

    /// The closed state of the same service.
    public var closed: SessionState {
        switch self {
        case .dispatch: .dispatch(.closed)
        case .notification: .notification(.closed)
        case .switchboard: .switchboard(.closed)
        case .fileTransfer: .fileTransfer(.closed)
        }
    }

    /// The name of the state in the grammar.
    public var description: String {
        switch self {
        case .dispatch(let state): state.description
        case .notification(let state): state.description
        case .switchboard(let state): state.description
        case .fileTransfer(let state): state.description
        }
    }

    /// What a form does in this state; pass its `formID`.
    public func step(for form: FormID, in version: ProtocolVersion) -> SessionStep<SessionState> {
        switch self {
        case .dispatch(let state): Self.wrap(state.step(for: form, in: version)) { .dispatch($0) }
        case .notification(let state): Self.wrap(state.step(for: form, in: version)) { .notification($0) }
        case .switchboard(let state): Self.wrap(state.step(for: form, in: version)) { .switchboard($0) }
        case .fileTransfer(let state): Self.wrap(state.step(for: form, in: version)) { .fileTransfer($0) }
        }
    }

    /// What a form does in this state by a way of reading: unless it is strict, what programs are known to do is
    /// accepted.
    public func step(
        for form: FormID, in version: ProtocolVersion, mode: ReadingMode
    ) -> TolerantStep<SessionState> {
        guard mode != .strict else { return TolerantStep(step(for: form, in: version)) }
        return switch self {
        case .dispatch(let state): Self.wrap(state.tolerantStep(for: form, in: version)) { .dispatch($0) }
        case .notification(let state): Self.wrap(state.tolerantStep(for: form, in: version)) { .notification($0) }
        case .switchboard(let state): Self.wrap(state.tolerantStep(for: form, in: version)) { .switchboard($0) }
        case .fileTransfer(let state): Self.wrap(state.tolerantStep(for: form, in: version)) { .fileTransfer($0) }
        }
    }

    private static func wrap<State>(
        _ step: TolerantStep<State>, _ state: (State) -> SessionState
    ) -> TolerantStep<SessionState> {
        TolerantStep(wrap(step.step, state), deviation: step.deviation)
    }

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
