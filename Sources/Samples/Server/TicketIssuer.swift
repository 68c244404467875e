// Shows: nothing of the wire; the tickets of MSNP8 and later, as text that USR carries without looking into it.
import MSNPSession
import Synchronization

/// Hands out sign-in tickets for passwords, in the place of the web service that did so.
///
/// Whether the password was right is found out when the ticket is made, and told when it is used.
public final class TicketIssuer: Sendable {
    /// A ticket as a client gets it.
    public struct Ticket: Sendable {
        /// The text, `t=...&p=`.
        public let text: String
        /// The secret that single sign-on signs with, in base64.
        public let secret: String
    }

    /// What a ticket stands for.
    struct Claim: Sendable {
        /// The account it was asked for.
        let account: UserKey
        /// Whether it was asked with the right password.
        let isProven: Bool
        /// The secret that came with it.
        let secret: String
    }

    /// The tickets nobody used yet.
    private let tokens: Mutex<SingleUseTokenStore<Claim>>
    /// Who has which password.
    private let accounts: Accounts
    /// The time.
    private let clock: ServerClock

    /// A issuer without open tickets.
    init(accounts: Accounts, limits: ServerLimits, clock: ServerClock) {
        tokens = Mutex(SingleUseTokenStore(limit: limits.cookies, lifetime: limits.cookieTime))
        self.accounts = accounts
        self.clock = clock
    }

    /// Hands out the text of a ticket, as a client is told it that has signed in at the web service.
    public func issue(account: String, password: String) -> String {
        ticket(account: account, password: password).text
    }

    /// Hands out a ticket; one for a wrong password opens nothing.
    public func ticket(account: String, password: String) -> Ticket {
        make(account: account, isProven: accounts.proves(password, of: account))
    }

    /// Hands out a ticket if the password is right.
    func provenTicket(account: String, password: String) -> Ticket? {
        guard accounts.proves(password, of: account) else { return nil }
        return make(account: account, isProven: true)
    }

    /// Makes a ticket.
    private func make(account: String, isProven: Bool) -> Ticket {
        let secret = Base64.text(of: (0..<24).map { _ in UInt8.random(in: 0...255) })
        let claim = Claim(account: UserKey(account), isProven: isProven, secret: secret)
        let now = clock.now()
        let word = tokens.withLock { $0.issue(claim, now: now) }
        return Ticket(text: "t=\(word)&p=", secret: secret)
    }

    /// Takes a ticket back: whether it is one of that account, with the right password and, if given, the right proof.
    func redeem(_ text: String, of userHandle: String, proof: (blob: String, nonce: String)?) -> Bool {
        guard text.hasPrefix("t=") else { return false }
        let word = text.dropFirst(2).prefix { $0 != "&" }
        let now = clock.now()
        guard let claim = tokens.withLock({ $0.redeem(String(word), now: now) }), claim.isProven,
            claim.account == UserKey(userHandle)
        else { return false }
        guard let proof else { return true }
        return (try? SingleSignOnProof(secret: claim.secret))?.proves(proof.blob, nonce: proof.nonce) ?? false
    }
}
