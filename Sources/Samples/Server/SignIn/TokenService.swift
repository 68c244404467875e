#if Network
// Shows: two dialects of one service are two documents of the grammar that share their elements.
import Foundation
import MSNP
import MSNPTransport
import WireProtocol
import WireXML

/// The web service of single sign-on (RST and RST2): issues a token for each requested address.
struct TokenService: Sendable {
    /// The source of tickets.
    let tickets: TicketIssuer
    let passwords: PasswordChecker
    let clock: ServerClock

    private typealias Token = Payload.TokenElements.IssuedToken

    /// The dialect of an answer; requests are read in either.
    enum Dialect {
        case first
        case second

        /// The dialect that is spoken at a path in lower-case letters, whatever folder it is in.
        init?(path: String) {
            switch path {
            case _ where path.hasSuffix(HTTPService.tokens.path.lowercased()): self = .first
            case _ where path.hasSuffix(HTTPService.tokens2.path.lowercased()): self = .second
            default: return nil
            }
        }
    }

    /// Why there are no tokens.
    private enum Refusal {
        case invalidRequest
        case wrongPassword
        case tryAgain
    }

    /// Who asks for what.
    private struct Request {
        let userHandle: String
        let password: String
        /// What the tokens are for, in their order in the answer.
        let addresses: [TokenAddress]
    }

    /// The most tokens of one request.
    private static let limit = 16
    /// The address of the token that the others depend on.
    private static let passport = "http://Passport.NET/tb"

    /// Answers a request with tokens, or with the fault that means a wrong password.
    func answer(_ request: HTTPRequest, _ dialect: Dialect) async -> HTTPResponse {
        guard let asked = try? Self.read(request.body), let first = asked.addresses.first else {
            return Self.response(.invalidRequest, dialect)
        }
        switch await passwords.check(asked.password, of: asked.userHandle, from: request.remoteHost ?? "") {
        case .right: break
        case .wrong: return Self.response(.wrongPassword, dialect)
        case .tooManyGuesses, .busy: return Self.response(.tryAgain, dialect)
        }
        // The token for Passport has number 0, and the others count from 1 whether it is there or not.
        let start = first.string == Self.passport ? 0 : 1
        return Self.response(
            asked.addresses.enumerated().map { index, address in
                token(
                    tickets.ticket(provenBy: asked.userHandle, for: address.string), address: address,
                    number: start + index, dialect)
            }, dialect)
    }

    private static func read(_ body: [UInt8]) throws(PayloadError) -> Request? {
        let document = try Payload.TokenRequest.read(WireBytes(body)).content
        try document.check()
        guard let userHandle = document.user?.userHandle, !userHandle.isEmpty, let password = document.user?.password
        else { return nil }
        let passport = try? TokenAddress(passport)
        let asked = ((document.requests?.requests ?? []) + document.singleRequests).prefix(limit)
            .compactMap { $0.address ?? passport }
        // Clients take the first token for that of Passport, and the others by their numbers.
        return Request(
            userHandle: userHandle, password: password.string,
            addresses: asked.filter { $0 == passport } + asked.filter { $0 != passport })
    }

    private func token(
        _ ticket: TicketIssuer.Ticket, address: TokenAddress, number: Int, _ dialect: Dialect
    ) -> Token {
        var text = Payload.TokenElements.Ticket()
        text.identifier = "Compact\(number)"
        text.text = ticket.text
        var token = Token()
        token.kind = "urn:passport:compact"
        token.address = address
        switch dialect {
        case .first: (token.created, token.expires) = (date(0), date(3600))
        case .second: (token.newCreated, token.newExpires) = (date(0), date(3600))
        }
        token.ticket = text
        token.secret = try? Credential(ticket.secret)
        return token
    }

    /// A time relative to now, in XML format.
    private func date(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(clock.unixTime() + seconds)).formatted(.iso8601)
    }

    private static func response(_ tokens: [Token], _ dialect: Dialect) -> HTTPResponse {
        switch dialect {
        case .first:
            var envelope = Payload.TokenResponse()
            envelope.responses = tokens
            return response(envelope, status: 200)
        case .second:
            var envelope = Payload.TokenResponse2()
            envelope.responses = tokens
            return response(envelope, status: 200)
        }
    }

    /// A fault, with the status that SOAP prescribes.
    private static func response(_ refusal: Refusal, _ dialect: Dialect) -> HTTPResponse {
        let reason =
            switch refusal {
            case .invalidRequest: "Invalid Request"
            case .wrongPassword: "Authentication Failure"
            case .tryAgain: "Try again later"
            }
        let name =
            switch refusal {
            case .invalidRequest: "InvalidRequest"
            case .wrongPassword: "FailedAuthentication"
            case .tryAgain: "RequestFailed"
            }
        switch dialect {
        case .first:
            var fault = Payload.TokenResponse.Fault()
            fault.code = (refusal == .wrongPassword ? "wsse:" : "wst:") + name
            fault.reason = reason
            var envelope = Payload.TokenResponse()
            envelope.fault = fault
            return response(envelope, status: 500)
        case .second:
            var fault = Payload.TokenResponse2.Fault()
            fault.code = refusal == .tryAgain ? "S:Receiver" : "S:Sender"
            fault.detailedCode = "wst:" + name
            fault.reason = reason
            var envelope = Payload.TokenResponse2()
            envelope.fault = fault
            return response(envelope, status: 500)
        }
    }

    private static func response(_ envelope: some XMLPayload, status: Int) -> HTTPResponse {
        guard let bytes = try? envelope.encoded() else { return HTTPResponse(status: 500) }
        return HTTPResponse(
            status: status, headers: [("Content-Type", "text/xml; charset=utf-8")],
            body: Array("<?xml version=\"1.0\" encoding=\"utf-8\" ?>".utf8) + bytes)
    }
}
#endif
