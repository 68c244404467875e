#if Network
// Shows: a document of the grammar is written from values, so a password with `<` in it cannot break out of its element.
import MSNP
import MSNPSession
import WireProtocol
import WireXML

/// Tokens from a login service that speaks SOAP (`USR SSO`, and `USR TWN` where lists are in the address book).
public struct SecurityTokens: Sendable {
    /// What a token is for.
    struct Place: Equatable {
        var address: String
        /// Which kind of token it is; nil for that of the service itself.
        var policy: String?

        /// The address book.
        static let contacts = Place(address: "contacts.msn.com", policy: "MBI")
        /// The service itself, whose token the others depend on.
        static let passport = Place(address: "http://Passport.NET/tb", policy: nil)
    }

    /// The service.
    private let address: WebAddress
    /// Asks the service, and those that take its tokens.
    package let client: WebClient
    /// The tokens for the address book that came with those for a sign-in.
    private let spare = SpareTokens()
    /// The most redirections to follow.
    private static let redirections: Int = 5

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
        try await signInToken(Place(address: "messengerclear.live.com", policy: policy), credentials)
    }

    /// Requests a ticket for the notification server's challenge.
    func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        let policy = "?" + challenge.replacing(",", with: "&")
        return try await signInToken(Place(address: "messenger.msn.com", policy: policy), credentials).ticket
    }

    /// A token for the address book: the one that came with that for the sign-in, or a new one.
    package func contactsToken(for credentials: Credentials) async throws(TicketError) -> SecurityToken {
        if let token = spare.take(for: credentials, place: Place.contacts.address) { return token }
        return try await tokens(for: credentials, [.contacts]).first
    }

    /// Requests a token to sign in with, and one for the address book.
    private func signInToken(
        _ place: Place, _ credentials: Credentials
    ) async throws(TicketError) -> SecurityToken {
        let tokens = try await tokens(for: credentials, [place, .contacts])
        let other = tokens.all[Place.contacts.address]
        spare.put(other, for: credentials, place: Place.contacts.address)
        return tokens.first
    }

    /// Requests tokens, of which the first must come.
    private func tokens(for credentials: Credentials, _ places: [Place]) async throws(TicketError) -> Tokens {
        var address = address
        let body: [UInt8]
        do {
            body = try Self.request(credentials, places).encoded()
        } catch {
            throw .unexpectedAnswer("\(error)")
        }
        for _ in 0...Self.redirections {
            let answer = try await client.send(
                "POST", to: address, headers: ["Content-Type": "application/soap+xml; charset=utf-8"], body: body)
            switch try Self.read(answer, places) {
            case .tokens(let tokens): return tokens
            case .elsewhere(let next): address = try WebAddress(next)
            }
        }
        throw .redirectedTooOften
    }

    /// The tokens of an answer.
    struct Tokens: Equatable {
        /// The one for the first place.
        var first: SecurityToken
        /// Those that came, by address.
        var all: [String: SecurityToken] = [:]
    }

    /// The result of a request.
    enum Answer: Equatable {
        case tokens(Tokens)
        case elsewhere(String)
    }

    /// Parses the response.
    static func read(_ answer: WebAnswer, _ places: [Place]) throws(TicketError) -> Answer {
        if let location = answer.headers["location"], (300..<400).contains(answer.status) {
            return .elsewhere(location)
        }
        guard let envelope = try? Payload.TokenResponse.read(WireBytes(answer.body)).content else {
            throw .unexpectedAnswer("HTTP \(answer.status), no SOAP")
        }
        let fault = envelope.fault ?? envelope.innerFault
        if let next = fault?.redirection { return .elsewhere(next) }
        let responses = envelope.responses + [envelope.singleResponse].compactMap(\.self)
        var all: [String: SecurityToken] = [:]
        for place in places {
            let wanted = responses.first { $0.address?.string == place.address }
            all[place.address] = wanted.flatMap(Self.token)
        }
        // Who has only one token may leave out what it is for.
        let only = responses.count == 1 ? token(in: responses[0]) : nil
        if let first = places.first.flatMap({ all[$0.address] }) ?? only {
            return .tokens(Tokens(first: first, all: all))
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
    static func request(_ credentials: Credentials, _ places: [Place]) -> Payload.TokenRequest2 {
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
        requests.requests = ([.passport] + places).enumerated().map { wanted($1, number: $0) }
        var envelope = Payload.TokenRequest2()
        envelope.application = application
        envelope.user = user
        envelope.requests = requests
        return envelope
    }

    /// The token in a part of an answer.
    private static func token(in response: Payload.TokenElements.IssuedToken) -> SecurityToken? {
        response.ticket.map { ticket in
            SecurityToken(ticket: ticket.text[...].trimmed, secret: response.secret?.string[...].trimmed)
        }
    }

    private static func wanted(_ place: Place, number: Int) -> Payload.TokenElements.WantedToken {
        var wanted = Payload.TokenElements.WantedToken()
        wanted.identifier = "RST\(number)"
        wanted.kind = "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"
        wanted.address = TokenAddress(checked: WireBytes(place.address))
        if let policy = place.policy {
            var reference = Payload.TokenElements.PolicyReference()
            reference.uri = policy
            wanted.policy = reference
        }
        return wanted
    }
}

extension Substring {
    /// The text without spaces at either end.
    package var trimmed: String {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
#endif
