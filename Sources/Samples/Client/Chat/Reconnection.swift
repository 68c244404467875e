#if Network
import MSNP
import MSNPSession
import MSNPTransport

/// The pauses between attempts to connect again; they grow.
struct Reconnection {
    private var attempts = 0

    /// The pause after a failure; `nil` if the same would only happen again.
    mutating func next(after error: any Error) -> Duration? {
        guard Self.isPassing(error) else { return nil }
        attempts += 1
        if case SessionError.ended(by: .out(.reconnect(let out))) = error { return .seconds(60 * Int64(out.minutes)) }
        return .seconds(attempts < 7 ? 1 << (attempts - 1) : 60)
    }

    /// Whether the failure is one of the network or of a server that comes back.
    private static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case .session(let error) as SignInError: isPassing(error)
        case .ticket(.unreachable) as SignInError: true
        case let error as SessionError:
            switch error {
            case .closed, .cut, .broken, .timedOut, .ended(by: .out(.reconnect)): true
            case .ended(by: .out(.ended(let out))): out.reason == .serverShutdown
            default: false
            }
        case let error as TransportError:
            if case .noTLS = error { false } else { true }
        default: false
        }
    }
}
#endif
