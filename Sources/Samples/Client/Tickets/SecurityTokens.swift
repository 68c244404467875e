// Shows: a document of the grammar is written from values, so a password with `<` in it cannot break out of its element.
import MSNP
import MSNPSession
import WireProtocol
import WireXML

/// Tokens from a login service that speaks SOAP (`USR SSO`).
public struct SecurityTokens: Sendable {
    /// The service.
    private let address: WebAddress
    private let client: WebClient
    /// The most redirections to follow.
    private static let redirections: Int = 5
    /// The address that the chat token is for.
    static let chat: String = "messengerclear.live.com"

    /// Creates a source for a service; the clock is for timeouts.
    public init(address: WebAddress, clock: any Clock<Duration> = ContinuousClock()) {
        self.init(address: address, client: WebClient(clock: clock))
    }

    init(address: WebAddress, client: WebClient) {
        self.address = address
        self.client = client
    }

    /// Requests a token for the notification server's policy.
    public func token(
        for credentials: Credentials, policy: String
    ) async throws(TicketError) -> SecurityToken {
        try await token(for: credentials, policy: policy, place: Self.chat)
    }

    /// Requests a token for an address.
    func token(
        for credentials: Credentials, policy: String, place: String
    ) async throws(TicketError) -> SecurityToken {
        var address = address
        let body: [UInt8]
        do {
            body = try Self.request(credentials, policy: policy, place: place).encoded()
        } catch {
            throw .unexpectedAnswer("\(error)")
        }
        for _ in 0...Self.redirections {
            let answer = try await client.send(
                "POST", to: address, headers: ["Content-Type": "application/soap+xml; charset=utf-8"], body: body)
            switch try Self.read(answer, place: place) {
            case .token(let token): return token
            case .elsewhere(let next): address = try WebAddress(next)
            }
        }
        throw .redirectedTooOften
    }

    /// The result of a request.
    enum Answer: Equatable {
        case token(SecurityToken)
        case elsewhere(String)
    }

    /// Parses the response.
    static func read(_ answer: WebAnswer, place: String = chat) throws(TicketError) -> Answer {
        if let location = answer.headers["location"], (300..<400).contains(answer.status) {
            return .elsewhere(location)
        }
        guard let envelope = try? Payload.TokenResponse.read(WireBytes(answer.body)).content else {
            throw .unexpectedAnswer("HTTP \(answer.status), no SOAP")
        }
        let fault = envelope.fault ?? envelope.innerFault
        if let next = fault?.redirection { return .elsewhere(next) }
        let tokens = envelope.responses + [envelope.singleResponse].compactMap(\.self)
        let wanted = tokens.first { $0.address?.string == place } ?? (tokens.count == 1 ? tokens[0] : nil)
        if let wanted, let ticket = wanted.ticket?.text {
            return .token(SecurityToken(ticket: ticket[...].trimmed, secret: wanted.secret?.string[...].trimmed))
        }
        guard let fault else { throw .unexpectedAnswer("no token in the answer") }
        // A fault of RST2 has other elements.
        let newFault = Payload.TokenResponse2.Fault(unchecked: fault.element)
        let codes = [fault.code, newFault.detailedCode, newFault.code].compactMap(\.self).map { $0[...].trimmed }
        let reason = (fault.reason ?? newFault.reason ?? "")[...].trimmed
        guard codes.contains(where: { $0.hasSuffix("FailedAuthentication") }) else {
            throw .unexpectedAnswer(([reason] + codes).first { !$0.isEmpty } ?? "a fault without a reason")
        }
        throw .wrongPassword(reason)
    }

    /// The request, for RST2, which services read at both addresses.
    static func request(_ credentials: Credentials, policy: String, place: String = chat) -> Payload.TokenRequest2 {
        var application = Payload.TokenElements.Application()
        application.identifier = "PPAuthInfo"
        application.program = "{7108E71A-9926-4FCB-BCC9-9A9D3F32E423}"
        application.binaryVersion = "4"
        application.interfaceVersion = "1"
        application.cookies = ""
        application.parameters = "AQAAAAIAAABsYwQAAAAxMDMz"
        var user = Payload.TokenElements.User()
        user.identifier = "user"
        user.userHandle = credentials.userHandle
        // Services truncate passwords to 16 characters, and so did the original clients.
        user.password = Credential(checked: WireBytes(String(credentials.password.value.string.prefix(16))))
        var requests = Payload.TokenElements.Requests()
        requests.identifier = "RSTS"
        requests.requests = [
            wanted("http://Passport.NET/tb", policy: nil, number: 0), wanted(place, policy: policy, number: 1),
        ]
        var envelope = Payload.TokenRequest2()
        envelope.application = application
        envelope.user = user
        envelope.requests = requests
        return envelope
    }

    private static func wanted(_ place: String, policy: String?, number: Int) -> Payload.TokenElements.WantedToken {
        var wanted = Payload.TokenElements.WantedToken()
        wanted.identifier = "RST\(number)"
        wanted.kind = "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"
        wanted.address = TokenAddress(checked: WireBytes(place))
        if let policy {
            var reference = Payload.TokenElements.PolicyReference()
            reference.uri = policy
            wanted.policy = reference
        }
        return wanted
    }
}
