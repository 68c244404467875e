import Synchronization

/// Hands out sign-in tickets from memory, in the place of the web service that did so for the ticket versions.
///
/// A ticket remembers the account and the password it was asked with; whether they are right is found out by the
/// server that redeems it. A ticket is good for one sign-in.
public final class TicketOffice: Sendable {
    /// What a ticket stands for.
    public struct Claim: Sendable, Equatable {
        /// The account it was asked for.
        public let account: String
        /// The password it was asked with.
        let password: String

        /// True if it was asked with this password.
        public func proves(_ password: String) -> Bool {
            self.password == password
        }
    }

    /// The tickets that were not used yet, in the order of their issue.
    private let open = Mutex<[(ticket: String, claim: Claim)]>([])
    /// The most tickets kept; the oldest goes first.
    private let limit: Int

    /// An office without tickets.
    public init(limit: Int = 1024) {
        self.limit = limit
    }

    /// Hands out a ticket, spelled like those of the web service.
    public func issue(account: String, password: String) -> String {
        var source = SystemRandomNumberGenerator()
        let number = (0..<2).map { _ in String(source.next(), radix: 16) }.joined()
        let ticket = "t=\(number)&p="
        open.withLock { open in
            open.append((ticket, Claim(account: account, password: password)))
            if open.count > limit { open.removeFirst(open.count - limit) }
        }
        return ticket
    }

    /// Takes a ticket back and tells what it stands for.
    public func redeem(_ ticket: String) -> Claim? {
        open.withLock { open in
            guard let index = open.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return open.remove(at: index).claim
        }
    }
}
