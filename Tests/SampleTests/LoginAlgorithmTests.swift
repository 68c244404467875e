import MSNP
import MSNPSession
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol
import WireXML

@testable import MSNPTickets

extension KnownAnswer: CustomTestStringConvertible {
    public var testDescription: String { description }
}

/// The client speaks to login services as the algorithms of the grammar say, step by step.
struct LoginAlgorithmTests {
    private static func credentials(_ answer: KnownAnswer) -> Credentials {
        Credentials(userHandle: answer.text("account"), password: answer.text("password"))
    }

    @Test(arguments: KnownAnswer.of("passportSignIn")) func eachStepOfPassportIsComputed(_ answer: KnownAnswer) throws {
        let nexus = WebAnswer(status: 200, headers: ["passporturls": answer.text("passportURLs")], body: [])
        #expect(PassportTickets.login(in: nexus) == answer.text("login"))
        #expect(PassportTickets.encoded(answer.text("account")) == answer.text("codedAccount"))
        #expect(PassportTickets.encoded(answer.text("password")) == answer.text("codedPassword"))
        let header = PassportTickets.authorization(Self.credentials(answer), challenge: answer.text("challenge"))
        #expect(header == answer.text("authorization"))
        let login = WebAnswer(
            status: 200, headers: ["authentication-info": answer.text("authenticationInfo")], body: [])
        #expect(try PassportTickets.ticket(in: login).value.string == answer.text("ticket"))
    }

    @Test(arguments: KnownAnswer.of("securityToken")) func theRequestForATokenHasEachValue(_ answer: KnownAnswer) throws
    {
        let request = SecurityTokens.request(Self.credentials(answer), [Self.place(answer)])
        let exchange = try #require(Self.exchanges(answer).first)
        let places = exchange.sends.flatMap { sent in sent.part.places.map { ($0.name, sent.operand.name) } }
        #expect(places.count == 8)
        for (place, value) in places {
            let found = Self.texts(at: try ElementPath(place), in: request.element)
            #expect(found.contains(answer.text(value)), "\(place)")
        }
    }

    @Test func theRequestForATokenHasAtMostSixteenLettersOfThePassword() throws {
        let long = Credentials(userHandle: "alice@example.com", password: "a long password of 30 letters.")
        let request = SecurityTokens.request(long, [.contacts])
        let password = try ElementPath("tokenRequest2.user.password")
        #expect(Self.texts(at: password, in: request.element) == ["a long password "])
    }

    @Test(arguments: KnownAnswer.of("securityToken")) func theTokenOfTheTargetIsRead(_ answer: KnownAnswer) throws {
        func issued(_ target: String, _ ticket: String, _ secret: String) -> MSNP.Payload.TokenElements.IssuedToken {
            var issued = MSNP.Payload.TokenElements.IssuedToken()
            issued.address = TokenAddress(checked: WireBytes(target))
            var element = MSNP.Payload.TokenElements.Ticket()
            element.text = ticket
            issued.ticket = element
            issued.secret = Credential(checked: WireBytes(secret))
            return issued
        }
        var response = MSNP.Payload.TokenResponse()
        response.responses = [
            issued("http://Passport.NET/tb", "t=other", "b3RoZXI="),
            issued(answer.text("target"), answer.text("ticket"), answer.text("secret")),
        ]
        let exchange = try #require(Self.exchanges(answer).first)
        let places = exchange.receives.flatMap { received in received.part.places.map { ($0.name, received.name) } }
        #expect(places.count == 4)
        for (place, value) in places {
            let found = Self.texts(at: try ElementPath(place), in: response.element)
            #expect(found.last == answer.text(value), "\(place)")
        }
        let token = SecurityToken(ticket: answer.text("ticket"), secret: answer.text("secret"))
        let found = try SecurityTokens.read(
            WebAnswer(status: 200, headers: [:], body: response.encoded()), [Self.place(answer)])
        #expect(found == .tokens(SecurityTokens.Tokens(first: token, all: [answer.text("target"): token])))
    }

    private static func place(_ answer: KnownAnswer) -> SecurityTokens.Place {
        SecurityTokens.Place(address: answer.text("target"), policy: answer.text("policy"))
    }

    private static func exchanges(_ answer: KnownAnswer) -> [AlgorithmOperation.Exchange] {
        answer.algorithm.steps.compactMap { step in
            if case .exchange(let exchange) = step.operation { exchange } else { nil }
        }
    }

    /// The texts of the elements, or the values of the attributes, at the end of a path.
    private static func texts(at path: ElementPath, in root: XMLElement) -> [String] {
        var found = descendants(of: root)
        for (index, name) in path.names.enumerated() {
            let candidates = index == 0 ? found : found.flatMap(children)
            found = candidates.filter { ElementPath.localName($0.name) == name }
        }
        guard let attribute = path.attribute else { return found.map(text) }
        return found.flatMap { $0.attributes.filter { $0.name == attribute }.map(\.value) }
    }

    private static func children(_ element: XMLElement) -> [XMLElement] {
        element.content.compactMap { if case .element(let child) = $0 { child } else { nil } }
    }

    private static func descendants(of element: XMLElement) -> [XMLElement] {
        [element] + children(element).flatMap(descendants)
    }

    private static func text(_ element: XMLElement) -> String {
        element.content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }
}

/// Where a field of a payload such as `tokenRequest.user.userHandle` stands in a document, in local names.
private struct ElementPath {
    private struct UnknownPlace: Error {}

    var names: [String]
    var attribute: String?

    init(_ place: String) throws {
        let parts = place.split(separator: ".").map(String.init)
        guard parts.count == 3,
            case .xml(let content) = Repository.grammar.payloads.first(where: { $0.name == parts[0] })?.content,
            let element = content.all.first(where: { $0.name == parts[1] })
        else { throw UnknownPlace() }
        var names = [element.element]
        if let child = element.children.first(where: { $0.name == parts[2] && $0.type != nil }) {
            names += child.within + [child.element]
        } else if let attribute = element.attributes.first(where: { $0.name == parts[2] }) {
            self.attribute = attribute.attribute
        } else if element.text != parts[2] {
            throw UnknownPlace()
        }
        self.names = names.map(Self.localName)
    }

    static func localName(_ name: String) -> String { name.split(separator: ":").last.map(String.init) ?? "" }
}
