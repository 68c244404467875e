#if Network
// Shows: the web services beside the protocol, which turn a password into the ticket that USR carries.
import Foundation
import MSNP
import MSNPSession
import MSNPTransport

/// The login service: nexus and login for MSNP8 and later, and token requests for MSNP13 and later.
///
/// Without TLS it is for this machine only: for clients here, or a TLS proxy.
struct LoginService: Sendable {
    /// The source of tickets.
    let tickets: TicketIssuer
    let passwords: PasswordChecker
    let clock: ServerClock
    /// What clients are told to connect to; nil for the address that they came in on.
    let publicHost: String?
    /// The address of a proxy in front of this service; nil if there is none.
    let loginHost: String?
    let port: Int
    /// Whether requests come over TLS.
    let isSecure: Bool

    init(_ context: ServerContext, isSecure: Bool) {
        (tickets, passwords, clock) = (context.tickets, context.passwords, context.clock)
        (publicHost, loginHost) = (context.configuration.publicHost, context.configuration.loginHost)
        port = isSecure ? context.secureLoginPort ?? context.loginPort : context.loginPort
        self.isSecure = isSecure
    }

    /// Answers one request.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        let path = request.path.prefix { $0 != "?" }.lowercased()
        if request.method == "POST" {
            guard let dialect = TokenService.Dialect(path: path) else { return HTTPResponse(status: 404) }
            return await TokenService(tickets: tickets, passwords: passwords, clock: clock).answer(request, dialect)
        }
        guard request.method == "GET" else { return HTTPResponse(status: 405) }
        switch path {
        case HTTPService.nexus.path: return nexus(request)
        case HTTPService.passport.path, "/login.srf": return await login(request)
        case "/": return HTTPResponse(status: 200, body: Array("MSNP sample server\n".utf8))
        default: return HTTPResponse(status: 404)
        }
    }

    /// Names the login address, without a scheme, as the original did.
    private func nexus(_ request: HTTPRequest) -> HTTPResponse {
        let host = address(request)
        return HTTPResponse(
            status: 200,
            headers: [
                (
                    "PassportURLs",
                    "DARealm=Passport.Net,DALogin=\(host)\(HTTPService.passport.path),"
                        + "DAReg=\(host)/,Properties=\(host)/"
                )
            ])
    }

    /// The address of this service: what the client asked for, if only its port is unknown here, as behind a proxy.
    private func address(_ request: HTTPRequest) -> String {
        let own = ServerAddress(host: publicHost ?? request.localHost ?? "127.0.0.1", port: port)
        let name = own.urlHost
        let asked = (request["Host"] ?? "").lowercased()
        if asked == name.lowercased() { return name }
        if asked.hasPrefix(name.lowercased() + ":"), let port = UInt16(asked.dropFirst(name.utf8.count + 1)) {
            return "\(name):\(port)"
        }
        return loginHost ?? own.authority(tls: isSecure)
    }

    /// Issues a ticket for the account and password in the `Authorization` header.
    private func login(_ request: HTTPRequest) async -> HTTPResponse {
        let fields = Self.fields(of: request["Authorization"] ?? "")
        guard let account = fields["sign-in"], let password = fields["pwd"] else { return Self.refusal }
        switch await passwords.check(password, of: account, from: request.remoteHost ?? "") {
        case .right: break
        case .wrong: return Self.refusal
        case .tooManyGuesses: return HTTPResponse(status: 429, headers: [("Retry-After", "60")])
        case .busy: return HTTPResponse(status: 503, headers: [("Retry-After", "5")])
        }
        let ticket = tickets.ticket(provenBy: account)
        return HTTPResponse(
            status: 200,
            headers: [
                (
                    "Authentication-Info",
                    "Passport1.4 da-status=success,tname=MSPAuth,tname=MSPProf,tname=MSPSec,from-PP='\(ticket.text)',"
                        + "ru=http://messenger.msn.com"
                )
            ])
    }

    /// The answer to a wrong password, and to none.
    private static let refusal = HTTPResponse(
        status: 401,
        headers: [
            (
                "WWW-Authenticate",
                "Passport1.4 da-status=failed,srealm=Passport.NET,ts=-3,prompt,cbtxt="
                    + "The%20account%20or%20the%20password%20is%20wrong."
            )
        ])

    /// The fields of a `Passport1.4` header, percent-decoded.
    private static func fields(of header: String) -> [String: String] {
        let scheme = "Passport1.4 "
        guard header.hasPrefix(scheme) else { return [:] }
        var fields: [String: String] = [:]
        for part in header.dropFirst(scheme.count).split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            fields[String(pair[0])] = String(pair[1]).removingPercentEncoding
        }
        return fields
    }
}
#endif
