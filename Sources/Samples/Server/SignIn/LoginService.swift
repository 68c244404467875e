// Shows: the web services beside the protocol, which turn a password into the ticket that USR carries.
import Foundation
import MSNPTransport

/// The login service: nexus and login for MSNP8 and later, and token requests for MSNP13 and later.
///
/// Unencrypted: bind to trusted interfaces only, or put it behind a TLS proxy, as the server itself.
struct LoginService: Sendable {
    /// The source of tickets.
    let tickets: TicketIssuer
    let clock: ServerClock

    /// Answers one request.
    func answer(_ request: HTTPRequest) -> HTTPResponse {
        let path = request.path.prefix { $0 != "?" }.lowercased()
        if request.method == "POST" {
            guard path.hasSuffix("rst.srf") || path.hasSuffix("rst2.srf") else { return HTTPResponse(status: 404) }
            return TokenService(tickets: tickets, clock: clock).answer(request)
        }
        guard request.method == "GET" else { return HTTPResponse(status: 405) }
        switch path {
        case "/rdr/pprdr.asp": return nexus(request)
        case "/login.srf", "/login2.srf": return login(request)
        case "/": return HTTPResponse(status: 200, body: Array("MSNP sample server\n".utf8))
        default: return HTTPResponse(status: 404)
        }
    }

    /// Names the login address: the host that the client asked, without a scheme, as the original did.
    private func nexus(_ request: HTTPRequest) -> HTTPResponse {
        let host = request["Host"] ?? "127.0.0.1"
        return HTTPResponse(
            status: 200,
            headers: [
                ("PassportURLs", "DARealm=Passport.Net,DALogin=\(host)/login2.srf,DAReg=\(host)/,Properties=\(host)/")
            ])
    }

    /// Issues a ticket for the account and password in the `Authorization` header.
    private func login(_ request: HTTPRequest) -> HTTPResponse {
        let fields = Self.fields(of: request["Authorization"] ?? "")
        guard let account = fields["sign-in"], let password = fields["pwd"],
            let ticket = tickets.provenTicket(account: account, password: password)
        else {
            let text = "The%20account%20or%20the%20password%20is%20wrong."
            return HTTPResponse(
                status: 401,
                headers: [
                    (
                        "WWW-Authenticate",
                        "Passport1.4 da-status=failed,srealm=Passport.NET,ts=-3,prompt,cbtxt=" + text
                    )
                ])
        }
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
