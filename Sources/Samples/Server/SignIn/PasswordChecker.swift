#if Network
import Dispatch
import Synchronization

/// Checks passwords for the services that clients reach: a few guesses per address and account, and hashes one after
/// the other on a queue of their own, so that nobody else waits for them.
final class PasswordChecker: Sendable {
    enum Verdict: Equatable {
        case right, wrong
        /// There were too many wrong guesses; the password was not looked at.
        case tooManyGuesses
        /// Too many hashes are waiting; the password was not looked at.
        case busy
    }

    private struct State {
        var addresses: GuessLimit
        var accounts: GuessLimit
        /// The address from which each account proved its password last.
        var homes: [UserKey: String] = [:]
        /// The hashes that wait or are computed.
        var hashes = 0
    }

    private static let longestAccount = 129

    private let accounts: Accounts
    private let clock: ServerClock
    private let mostHashes: Int
    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "msnp.passwords", qos: .utility)

    init(accounts: Accounts, limits: ServerLimits, clock: ServerClock) {
        self.accounts = accounts
        self.clock = clock
        mostHashes = limits.passwordHashes
        state = Mutex(
            State(
                addresses: GuessLimit(burst: limits.guesses, every: limits.guessTime, limit: limits.guessers),
                accounts: GuessLimit(burst: limits.guesses, every: limits.guessTime, limit: limits.guessers)))
    }

    /// Checks a password.
    func check(_ password: String, of userHandle: String, from address: String) async -> Verdict {
        await check(of: userHandle, from: address) {
            guard accounts.work > 0 else { return accounts.proves(password, of: userHandle) }
            guard enterQueue() else { return nil }
            defer { leaveQueue() }
            return await withCheckedContinuation { done in
                queue.async { [accounts] in done.resume(returning: accounts.proves(password, of: userHandle)) }
            }
        }
    }

    /// Checks the answer to an MD5 challenge.
    func check(digest: String, of challenge: String, by userHandle: String, from address: String) async -> Verdict {
        await check(of: userHandle, from: address) {
            accounts.proves(digest: digest, of: challenge, by: userHandle)
        }
    }

    /// Counts a guess, and checks it unless there were too many.
    private func check(of userHandle: String, from address: String, _ body: () async -> Bool?) async -> Verdict {
        // No account is longer, and what is remembered has to be short.
        let key = UserKey(userHandle.utf8.count <= Self.longestAccount ? userHandle : "")
        let address = Self.network(of: address)
        guard begin(key, address) else { return .tooManyGuesses }
        let isRight = await body()
        if isRight != false { succeed(key, address, isProven: isRight == true) }
        return isRight.map { $0 ? .right : .wrong } ?? .busy
    }

    /// Counts a guess as wrong. Guesses from elsewhere do not lock a user out of where they were before.
    private func begin(_ key: UserKey, _ address: String) -> Bool {
        let now = clock.now()
        return state.withLock { state in
            guard state.addresses.begin(address, now: now) else { return false }
            guard state.homes[key] == address || state.accounts.begin(key.address, now: now) else {
                state.addresses.succeed(address)
                return false
            }
            return true
        }
    }

    /// Takes back a guess that was right, or was not looked at.
    private func succeed(_ key: UserKey, _ address: String, isProven: Bool) {
        state.withLock { state in
            state.addresses.succeed(address)
            if state.homes[key] != address { state.accounts.succeed(key.address) }
            if isProven { state.homes[key] = address }
        }
    }

    private func enterQueue() -> Bool {
        state.withLock { state in
            guard state.hashes < mostHashes else { return false }
            state.hashes += 1
            return true
        }
    }

    private func leaveQueue() {
        state.withLock { $0.hashes -= 1 }
    }

    /// What a peer has all addresses of: the first half of an address of IPv6, the whole one of IPv4.
    static func network(of address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        let parts = address.prefix { $0 != "%" }.split(separator: ":", omittingEmptySubsequences: false)
        // Two colons stand for as many zeros as are missing.
        guard let gap = parts.indices.first(where: { $0 > 0 && parts[$0].isEmpty }) else {
            return parts.prefix(4).joined(separator: ":")
        }
        let zeros = [Substring](repeating: "0", count: max(0, 9 - parts.count))
        let whole = parts[..<gap] + zeros + parts[(gap + 1)...]
        return whole.prefix(4).map { $0.isEmpty ? "0" : $0 }.joined(separator: ":")
    }
}
#endif
