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
        if case SessionError.reconnect(let minutes) = error { return .seconds(60 * Int64(minutes)) }
        return .seconds(attempts < 7 ? 1 << (attempts - 1) : 60)
    }

    /// Whether the failure is one of the network or of a server that comes back.
    private static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case let error as SessionError:
            switch error {
            case .closed, .cut, .broken, .timedOut, .reconnect, .ended(.serverShutdown): true
            case .ticket(.unreachable): true
            default: false
            }
        case let error as TransportError:
            if case .noTLS = error { false } else { true }
        default: false
        }
    }
}
#endif
