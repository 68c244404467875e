import MSNP
import MSNPSession
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol
import WireXML

@testable import SampleClient

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
        let place = SecurityTokens.Place(address: answer.text("target"), policy: answer.text("policy"))
        let request = SecurityTokens.request(Self.credentials(answer), [place]).element
        let exchanges = answer.algorithm.steps.compactMap { step in
            if case .exchange(let exchange) = step.operation { exchange } else { nil }
        }
        let exchange = try #require(exchanges.first)
        #expect(exchange.sends.count == 4)
        for sent in exchange.sends {
            guard case .element(let path) = sent.part else { continue }
            #expect(Self.texts(at: path, in: request).contains(answer.text(sent.operand.name)), "\(path)")
        }
    }

    @Test func theRequestForATokenHasAtMostSixteenLettersOfThePassword() {
        let long = Credentials(userHandle: "alice@example.com", password: "a long password of 30 letters.")
        let request = SecurityTokens.request(long, [.contacts]).element
        #expect(Self.texts(at: "Security/UsernameToken/Password", in: request) == ["a long password "])
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
        let place = SecurityTokens.Place(address: answer.text("target"), policy: answer.text("policy"))
        let token = SecurityToken(ticket: answer.text("ticket"), secret: answer.text("secret"))
        let found = try SecurityTokens.read(
            WebAnswer(status: 200, headers: [:], body: response.encoded()), [place])
        #expect(found == .tokens(SecurityTokens.Tokens(first: token, all: [place.address: token])))
    }

    /// The texts of the elements, or the values of the attributes, at the end of a path of local names.
    private static func texts(at path: String, in root: XMLElement) -> [String] {
        let parts = path.split(separator: "@", maxSplits: 1)
        var found = descendants(of: root)
        for (index, name) in parts[0].split(separator: "/").enumerated() {
            let candidates = index == 0 ? found : found.flatMap(children)
            found = candidates.filter { localName($0) == name }
        }
        guard parts.count > 1 else { return found.map(text) }
        return found.flatMap { $0.attributes.filter { $0.name == parts[1] }.map(\.value) }
    }

    private static func localName(_ element: XMLElement) -> Substring { element.name.split(separator: ":").last ?? "" }

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
