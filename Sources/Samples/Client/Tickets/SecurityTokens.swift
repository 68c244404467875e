// Shows: XML is written and read as values, so a password with `<` in it cannot break out of its element.
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
            body = try Self.request(credentials, policy: policy, place: place).serialized()
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
        let root: XMLElement
        do throws(PayloadError) {
            root = try XMLElement(parsing: answer.body)
        } catch {
            throw .unexpectedAnswer("HTTP \(answer.status), no SOAP")
        }
        if let place = root.first("redirectUrl") { return .elsewhere(place.allText) }
        let responses = root.all("RequestSecurityTokenResponse")
        let wanted =
            responses.first { $0.first("Address")?.allText == place } ?? (responses.count == 1 ? responses[0] : nil)
        if let wanted, let ticket = wanted.first("BinarySecurityToken") {
            return .token(
                SecurityToken(ticket: ticket.allText, secret: wanted.first("BinarySecret")?.allText))
        }
        guard let fault = root.first("Fault") else { throw .unexpectedAnswer("no token in the answer") }
        let text = fault.first("faultstring") ?? fault.first("Text") ?? fault.first("text")
        let code = (fault.first("faultcode") ?? fault.first("Value"))?.allText ?? ""
        let codes = [code] + fault.all("Value").map(\.allText)
        guard codes.contains(where: { $0.hasSuffix("FailedAuthentication") }) else {
            let reason = [text?.allText, code].compactMap(\.self).first { !$0.isEmpty }
            throw .unexpectedAnswer(reason ?? "a fault without a reason")
        }
        throw .wrongPassword(text?.allText ?? "")
    }

    /// The SOAP request; services accept no white space between its elements.
    static func request(_ credentials: Credentials, policy: String, place: String = chat) -> XMLElement {
        let places = [("http://Passport.NET/tb", nil), (place, policy)]
        let requests = places.enumerated().map { index, place -> XMLElement in
            var content: [XMLElement] = [
                XMLElement("wst:RequestType", text: "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue"),
                XMLElement(
                    "wsp:AppliesTo",
                    [XMLElement("wsa:EndpointReference", [XMLElement("wsa:Address", text: place.0)])]),
            ]
            if let policy = place.1 {
                content.append(
                    XMLElement("wsp:PolicyReference", attributes: [.init(name: "URI", value: policy)]))
            }
            return XMLElement(
                "wst:RequestSecurityToken", attributes: [.init(name: "Id", value: "RST\(index)")], content)
        }
        let user = XMLElement(
            "wsse:UsernameToken", attributes: [.init(name: "wsu:Id", value: "user")],
            [
                XMLElement("wsse:Username", text: credentials.userHandle),
                // Services truncate passwords to 16 characters, and so did the original clients.
                XMLElement("wsse:Password", text: String(credentials.password.value.string.prefix(16))),
            ])
        let info = XMLElement(
            "ps:AuthInfo", attributes: [.init(name: "Id", value: "PPAuthInfo")],
            [
                XMLElement("ps:HostingApp", text: "{7108E71A-9926-4FCB-BCC9-9A9D3F32E423}"),
                XMLElement("ps:BinaryVersion", text: "4"), XMLElement("ps:UIVersion", text: "1"),
                XMLElement("ps:Cookies", text: ""), XMLElement("ps:RequestParams", text: "AQAAAAIAAABsYwQAAAAxMDMz"),
            ])
        return XMLElement(
            "s:Envelope", attributes: namespaces,
            [
                XMLElement("s:Header", [info, XMLElement("wsse:Security", [user])]),
                XMLElement(
                    "s:Body",
                    [
                        XMLElement(
                            "ps:RequestMultipleSecurityTokens", attributes: [.init(name: "Id", value: "RSTS")], requests
                        )
                    ]),
            ])
    }

    /// The namespaces of the request.
    private static var namespaces: [XMLElement.Attribute] {
        [
            ("s", "http://www.w3.org/2003/05/soap-envelope"),
            ("ps", "http://schemas.microsoft.com/Passport/SoapServices/PPCRL"),
            (
                "wsse",
                "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
            ),
            (
                "wsu",
                "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
            ),
            ("wsp", "http://schemas.xmlsoap.org/ws/2004/09/policy"),
            ("wsa", "http://www.w3.org/2005/08/addressing"),
            ("wst", "http://schemas.xmlsoap.org/ws/2005/02/trust"),
        ].map { XMLElement.Attribute(name: "xmlns:" + $0.0, value: $0.1) }
    }
}

extension XMLElement {
    /// An element with child elements.
    fileprivate init(_ name: String, attributes: [Attribute] = [], _ children: [XMLElement]) {
        self.init(name, attributes: attributes, content: children.map { .element($0) })
    }

    /// The name without its prefix.
    private var localName: Substring { name.split(separator: ":").last ?? "" }

    /// The descendants with a local name, whatever their prefix; parents come before children.
    fileprivate func all(_ name: String) -> [XMLElement] {
        let inner = content.flatMap { node -> [XMLElement] in
            if case .element(let child) = node { child.all(name) } else { [] }
        }
        return localName == name ? [self] + inner : inner
    }

    /// The first descendant with a local name.
    fileprivate func first(_ name: String) -> XMLElement? { all(name).first }

    /// The text of an element, without surrounding white space.
    fileprivate var allText: String {
        content.map { node in
            switch node {
            case .text(let text): text
            case .element(let child): child.allText
            }
        }.joined()[...].trimmed
    }
}
