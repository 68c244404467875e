#if Network
// Shows: a `TicketSource` over HTTP: the nexus names the login address, which issues the ticket.
import Foundation
import MSNP
import MSNPSession
import WireProtocol

/// Tickets from a Passport login service (`USR TWN`).
public struct PassportTickets: Sendable {
    /// The nexus, which names the login address.
    private let nexus: WebAddress
    private let client: WebClient
    /// The most redirections to follow.
    private static let redirections: Int = 5

    /// Creates a source for a nexus; the clock is for timeouts.
    public init(nexus: WebAddress, clock: any Clock<Duration> = ContinuousClock()) {
        self.init(nexus: nexus, client: WebClient(clock: clock))
    }

    init(nexus: WebAddress, client: WebClient) {
        self.nexus = nexus
        self.client = client
    }

    /// Requests a ticket for the notification server's challenge.
    public func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        var address = try await loginAddress()
        let header = Self.authorization(credentials, challenge: challenge)
        for _ in 0...Self.redirections {
            let answer = try await client.send(
                HTTPService.passport.method, to: address, headers: ["Authorization": header])
            switch answer.status {
            case 200: return try Self.ticket(in: answer)
            case 301, 302, 303, 307:
                guard let location = answer.headers["location"] else {
                    throw .unexpectedAnswer("a redirection without an address")
                }
                address = try WebAddress(location)
            case 401: throw .wrongPassword(Self.reason(in: answer))
            default: throw .unexpectedAnswer("HTTP \(answer.status)")
            }
        }
        throw .redirectedTooOften
    }

    /// Asks the nexus where to sign in.
    private func loginAddress() async throws(TicketError) -> WebAddress {
        let answer = try await client.send(HTTPService.nexus.method, to: nexus)
        guard let address = Self.login(in: answer) else {
            throw .unexpectedAnswer("the nexus names no login address (HTTP \(answer.status))")
        }
        // Services omit the scheme and mean that of the nexus.
        return try WebAddress(address.contains("://") ? address : "\(nexus.scheme)://\(address)")
    }

    /// The header that carries the account, the password and the challenge.
    static func authorization(_ credentials: Credentials, challenge: String) -> String {
        let account = encoded(credentials.userHandle)
        let password = encoded(credentials.password.value.string)
        return "Passport1.4 OrgVerb=GET,OrgURL=http%3A%2F%2Fmessenger%2Emsn%2Ecom,"
            + "sign-in=\(account),pwd=\(password),\(challenge)"
    }

    /// Extracts the login address from the response of the nexus.
    static func login(in answer: WebAnswer) -> String? {
        let urls = answer.headers["passporturls"] ?? ""
        let login = urls.split(separator: ",").lazy.map(\.trimmed).first { $0.lowercased().hasPrefix("dalogin=") }
        return login.map { String($0.dropFirst("DALogin=".count)) }
    }

    /// Extracts the ticket from the header of a successful response.
    static func ticket(in answer: WebAnswer) throws(TicketError) -> Secret<WireToken> {
        let info = answer.headers["authentication-info"] ?? ""
        guard let start = info.range(of: "from-PP='")?.upperBound,
            let end = info[start...].firstIndex(of: "'"), start < end
        else { throw .unexpectedAnswer("no ticket in the answer") }
        return Secret(WireToken(String(info[start..<end])))
    }

    /// The service's explanation of a refusal.
    private static func reason(in answer: WebAnswer) -> String {
        let info = answer.headers["www-authenticate"] ?? ""
        guard let start = info.range(of: "cbtxt=")?.upperBound else { return "" }
        let text = info[start...].prefix { $0 != "," }
        let word = try? WireText(wire: WireBytes(String(text)))
        return (word?.string ?? String(text)).replacing("+", with: " ")
    }

    /// Percent-encodes everything but letters and digits, so that no text breaks out of its field.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return result
    }
}
#endif
