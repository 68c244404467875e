#if Network
import MSNPSession
import Synchronization

/// Tokens that came with others, until somebody takes them.
///
/// Some services accept the tokens of one request only together, so all that a session needs are asked for at once.
final class SpareTokens: Sendable {
    private struct Key: Hashable {
        let account: String
        let place: String
    }

    private let tokens = Mutex<[Key: SecurityToken]>([:])

    /// Keeps a token in place of an older one.
    func put(_ token: SecurityToken?, for credentials: Credentials, place: String) {
        tokens.withLock { $0[Key(account: credentials.userHandle, place: place)] = token }
    }

    /// Takes a token out.
    func take(for credentials: Credentials, place: String) -> SecurityToken? {
        tokens.withLock { $0.removeValue(forKey: Key(account: credentials.userHandle, place: place)) }
    }
}
#endif
