import MSNP
import WireProtocol
import WireSession

/// Why a sign-in failed.
public enum SignInError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The session refused something, or ended.
    case session(SessionError)
    /// The text is not a value of its type.
    case value(ValueError)
    /// The two ends have no version in common.
    case noCommonVersion
    /// Servers kept referring the client to other servers.
    case referredTooOften(times: Int)
    /// No sign-in of this version is implemented.
    case noSignIn(version: String)
    /// The login service issued no ticket.
    case ticket(TicketError)

    /// A description on one line.
    public var description: String {
        switch self {
        case .session(let error): "\(error)"
        case .value(let error): "\(error)"
        case .noCommonVersion: "no version in common"
        case .referredTooOften(let times): "servers named another server \(times) times"
        case .noSignIn(let version): "no way to sign in with \(version)"
        case .ticket(let error): "\(error)"
        }
    }
}
