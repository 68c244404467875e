/// Why a connection could not be opened or used.
public enum TransportError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The port could not be bound.
    case bindFailed(port: Int, reason: String)
    /// The peer could not be reached.
    case connectFailed(host: String, port: Int, reason: String)
    /// This build lacks TLS.
    case noTLS
    /// The connection broke or is closed.
    case closed(reason: String)

    /// A description on one line.
    public var description: String {
        switch self {
        case .bindFailed(let port, let reason): "cannot listen on port \(port): \(reason)"
        case .connectFailed(let host, let port, let reason): "cannot connect to \(host):\(port): \(reason)"
        case .noTLS: "this program was built without TLS; build it with --traits TLS"
        case .closed(let reason): "connection closed: \(reason)"
        }
    }
}
