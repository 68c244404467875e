#if Network
import Foundation
import MSNPSession
import Synchronization

/// Issues sign-in tickets for passwords, in place of the original web service.
///
/// The password is checked when the ticket is issued; the result is revealed when it is used.
public final class TicketIssuer: Sendable {
    /// A ticket, as issued to a client.
    public struct Ticket: Sendable {
        /// The text, `t=...&p=`.
        public let text: String
        /// The secret for single sign-on, in base64.
        public let secret: String
    }

    struct Claim: Sendable {
        /// The requested account.
        let account: UserKey
        /// Whether the password was correct.
        let isProven: Bool
        /// The secret issued with it.
        let secret: String
    }

    /// The unused tickets.
    private let tokens: Mutex<SingleUseTokenStore<Claim>>
    /// The tickets for other services, which are good for many requests.
    private let serviceTokens: Mutex<SingleUseTokenStore<UserKey>>
    private let accounts: Accounts
    private let clock: ServerClock

    init(accounts: Accounts, limits: ServerLimits, clock: ServerClock) {
        tokens = Mutex(
            SingleUseTokenStore(limit: limits.cookies, share: limits.cookiesOfOne, lifetime: limits.cookieTime))
        serviceTokens = Mutex(
            SingleUseTokenStore(limit: limits.cookies, share: limits.cookiesOfOne, lifetime: limits.serviceTime))
        self.accounts = accounts
        self.clock = clock
    }

    /// Issues a ticket and returns its text; for callers in the same process, who may guess as they like.
    public func issue(account: String, password: String) -> String {
        ticket(account: account, password: password).text
    }

    /// Issues a ticket; one for a wrong password is never accepted.
    public func ticket(account: String, password: String) -> Ticket {
        make(account: account, isProven: accounts.proves(password, of: account))
    }

    /// Issues a ticket for an account whose password was checked.
    func ticket(provenBy account: String) -> Ticket { make(account: account, isProven: true) }

    /// Issues a ticket for an account whose password was checked, to be used at an address: at most of them it signs in,
    /// once.
    func ticket(provenBy account: String, for address: String) -> Ticket {
        guard Self.services.contains(where: address.hasPrefix) else { return ticket(provenBy: account) }
        let (key, now) = (UserKey(account), clock.now())
        return Ticket(
            text: Self.text(of: serviceTokens.withLock { $0.issue(key, to: key, now: now) }), secret: secret())
    }

    /// The user whom a ticket for a service was issued to.
    func user(of text: String) -> UserKey? {
        let now = clock.now()
        return Self.word(of: text).flatMap { word in serviceTokens.withLock { $0.claim(of: word, now: now) } }
    }

    /// How the addresses of the address book and storage services begin.
    private static let services = ["contacts.", "storage."]

    private static func text(of word: String) -> String { "t=\(word)&p=" }

    private static func word(of text: String) -> String? {
        text.hasPrefix("t=") ? String(text.dropFirst(2).prefix { $0 != "&" }) : nil
    }

    private func secret() -> String { Base64.text(of: (0..<24).map { _ in UInt8.random(in: 0...255) }) }

    private func make(account: String, isProven: Bool) -> Ticket {
        let secret = secret()
        let claim = Claim(account: UserKey(account), isProven: isProven, secret: secret)
        let now = clock.now()
        let word = tokens.withLock { $0.issue(claim, to: claim.account, now: now) }
        return Ticket(text: Self.text(of: word), secret: secret)
    }

    /// Redeems a ticket; true if it was issued for this account with the correct password and the proof, if given, is
    /// correct.
    func redeem(_ text: String, of userHandle: String, proof: (blob: String, nonce: String)?) -> Bool {
        let now = clock.now()
        guard let word = Self.word(of: text), let claim = tokens.withLock({ $0.redeem(word, now: now) }),
            claim.isProven,
            claim.account == UserKey(userHandle)
        else { return false }
        guard let proof else { return true }
        return (try? SingleSignOnProof(secret: claim.secret))?.proves(proof.blob, nonce: proof.nonce) ?? false
    }
}

/// Base64 without line breaks.
enum Base64 {
    /// Encodes bytes.
    static func text(of bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }
}
#endif
