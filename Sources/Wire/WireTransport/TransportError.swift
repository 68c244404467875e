#if Network
import WireSession

/// Why a connection could not be opened or used.
public enum TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The port could not be bound.
    case bindFailed(port: Int, reason: String)
    /// The peer could not be reached.
    case connectFailed(host: String, port: Int, reason: String)
    /// This build lacks TLS.
    case noTLS
    /// The peer did not answer in time.
    case timedOut(host: String, port: Int)
    /// An answer, or its body, is longer than the limit, in bytes.
    case answerTooLong(limit: Int)
    /// The caller cancelled the request.
    case cancelled
    /// The connection broke or is closed.
    case closed(reason: String)

    /// A description on one line.
    public var description: String {
        switch self {
        case .bindFailed(let port, let reason): "cannot listen on port \(port): \(reason)"
        case .connectFailed(let host, let port, let reason):
            "cannot connect to \(ServerAddress(host: host, port: port)): \(reason)"
        case .noTLS: "this program was built without the trait TLS, which is on by default"
        case .timedOut(let host, let port): "\(ServerAddress(host: host, port: port)) did not answer in time"
        case .answerTooLong(let limit): "the answer is longer than \(limit) bytes"
        case .cancelled: "the request was given up"
        case .closed(let reason): "connection closed: \(reason)"
        }
    }
}
#endif
