// Shows: XML is a value that is written in one place, so no white space gets between elements.
import Foundation
import MSNPTransport
import WireProtocol
import WireXML

/// The web service of single sign-on (RST and RST2): issues a token for each requested address.
struct TokenService: Sendable {
    /// The source of tickets.
    let tickets: TicketIssuer
    let passwords: PasswordChecker
    let clock: ServerClock

    /// The most tokens of one request.
    private static let limit = 16
    /// The longest address to give back, in bytes.
    private static let addressLimit = 1024
    /// The address of the token that the others depend on.
    private static let passport = "http://Passport.NET/tb"

    /// Answers a request with tokens, or with the fault that means a wrong password.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard let document = try? Element(parsing: WireBytes(request.body)),
            let account = document.first("Username")?.text, let password = document.first("Password")?.text
        else { return fault("wst:InvalidRequest", "Invalid Request") }
        let asked = document.all("RequestSecurityToken").prefix(Self.limit).map {
            $0.first("Address")?.text ?? Self.passport
        }
        // Clients take the first token for that of Passport, and the others by their numbers.
        let wanted = asked.filter { $0 == Self.passport } + asked.filter { $0 != Self.passport }
        guard let first = wanted.first, wanted.allSatisfy({ $0.utf8.count <= Self.addressLimit }) else {
            return fault("wst:InvalidRequest", "Invalid Request")
        }
        switch await passwords.check(password, of: account, from: request.remoteHost ?? "") {
        case .right: break
        case .wrong: return fault("wsse:FailedAuthentication", "Authentication Failure")
        case .tooManyGuesses, .busy: return fault("wst:RequestFailed", "Try again later")
        }
        let start = first == Self.passport ? 0 : 1
        let responses = wanted.enumerated().map { index, address in
            response(tickets.ticket(provenBy: account, for: address), address: address, number: start + index)
        }
        let collection = Element(
            "wst:RequestSecurityTokenResponseCollection", attributes: Self.spaces,
            content: responses.map { .element($0) })
        return envelope(collection)
    }

    /// One token.
    private func response(_ ticket: TicketIssuer.Ticket, address: String, number: Int) -> Element {
        let token = Element(
            "wsse:BinarySecurityToken",
            attributes: [Element.Attribute(name: "Id", value: "Compact\(number)")],
            content: [.text(ticket.text)])
        return Element(
            "wst:RequestSecurityTokenResponse",
            content: [
                .element(Element("wst:TokenType", text: "urn:passport:compact")),
                .element(
                    Element(
                        "wsp:AppliesTo",
                        content: [
                            .element(
                                Element(
                                    "wsa:EndpointReference",
                                    content: [.element(Element("wsa:Address", text: address))]))
                        ])),
                .element(
                    Element(
                        "wst:Lifetime",
                        content: [
                            .element(Element("wsu:Created", text: date(0))),
                            .element(Element("wsu:Expires", text: date(3600))),
                        ])),
                .element(Element("wst:RequestedSecurityToken", content: [.element(token)])),
                .element(
                    Element(
                        "wst:RequestedProofToken",
                        content: [.element(Element("wst:BinarySecret", text: ticket.secret))])),
            ])
    }

    /// A fault, with the status that SOAP prescribes.
    private func fault(_ code: String, _ text: String) -> HTTPResponse {
        let fault = Element(
            "S:Fault", attributes: Self.spaces,
            content: [
                .element(Element("faultcode", text: code)), .element(Element("faultstring", text: text)),
            ])
        return envelope(fault, status: 500)
    }

    /// Wraps a body in an envelope.
    private func envelope(_ body: Element, status: Int = 200) -> HTTPResponse {
        let envelope = Element(
            "S:Envelope",
            attributes: [Element.Attribute(name: "xmlns:S", value: "http://schemas.xmlsoap.org/soap/envelope/")],
            content: [.element(Element("S:Body", content: [.element(body)]))])
        let declaration = Array("<?xml version=\"1.0\" encoding=\"utf-8\" ?>".utf8)
        guard let bytes = try? envelope.serialized() else { return HTTPResponse(status: 500) }
        return HTTPResponse(
            status: status, headers: [("Content-Type", "text/xml; charset=utf-8")], body: declaration + bytes)
    }

    /// A time relative to now, in XML format.
    private func date(_ seconds: Int) -> String {
        Date(timeIntervalSince1970: Double(clock.unixTime() + seconds)).formatted(.iso8601)
    }

    /// The namespaces of the answers.
    private static let spaces = [
        Element.Attribute(name: "xmlns:wst", value: "http://schemas.xmlsoap.org/ws/2004/04/trust"),
        Element.Attribute(name: "xmlns:wsp", value: "http://schemas.xmlsoap.org/ws/2002/12/policy"),
        Element.Attribute(name: "xmlns:wsa", value: "http://schemas.xmlsoap.org/ws/2004/03/addressing"),
        Element.Attribute(
            name: "xmlns:wsse", value: "http://schemas.xmlsoap.org/ws/2003/06/secext"),
        Element.Attribute(
            name: "xmlns:wsu",
            value: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"),
    ]
}

/// Foundation has a type of the same name.
private typealias Element = WireProtocol.XMLElement

extension WireProtocol.XMLElement {
    /// All descendants with a local name, whatever their prefix.
    fileprivate func all(_ wanted: String) -> [WireProtocol.XMLElement] {
        content.flatMap { node -> [WireProtocol.XMLElement] in
            guard case .element(let element) = node else { return [] }
            let isWanted = element.name == wanted || element.name.hasSuffix(":" + wanted)
            return (isWanted ? [element] : []) + element.all(wanted)
        }
    }

    /// The first descendant with a local name.
    fileprivate func first(_ wanted: String) -> WireProtocol.XMLElement? {
        all(wanted).first
    }
}
