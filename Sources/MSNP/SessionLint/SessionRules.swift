import MSNP
import MSNPSession

/// The rules of the sessions that the grammar has; this is the one place where a service finds its rules.
enum SessionRules {
    /// The first state of a connection; nil for a service without rules of its own, where everything is allowed.
    static func initial(_ service: Service) -> SessionState? {
        let state = SessionState(service)
        // A service without rules gets those of the notification server, by which it cannot be judged.
        if case .notification = state, service != .notification { return nil }
        return state
    }
}
