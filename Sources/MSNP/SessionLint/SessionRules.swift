import MSNP
import MSNPSession

/// Maps each service to its session rules.
enum SessionRules {
    /// The initial state of a connection; nil for a service without rules, which allows everything.
    static func initial(_ service: Service) -> SessionState? {
        let state = SessionState(service)
        // A service without rules would get those of the notification server, which do not apply to it.
        if case .notification = state, service != .notification { return nil }
        return state
    }
}
