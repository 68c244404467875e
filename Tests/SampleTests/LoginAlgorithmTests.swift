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
        func response(_ target: String, _ ticket: String, _ secret: String) -> String {
            let ticket = ticket.replacing("&", with: "&amp;")
            return "<R:RequestSecurityTokenResponse><A><Address>\(target)</Address></A>"
                + "<R:RequestedSecurityToken><S:BinarySecurityToken>\(ticket)</S:BinarySecurityToken>"
                + "</R:RequestedSecurityToken><R:RequestedProofToken><R:BinarySecret>\(secret)</R:BinarySecret>"
                + "</R:RequestedProofToken></R:RequestSecurityTokenResponse>"
        }
        let document =
            "<R:All xmlns:R=\"r\" xmlns:S=\"s\">" + response("http://Passport.NET/tb", "t=other", "b3RoZXI=")
            + response(answer.text("target"), answer.text("ticket"), answer.text("secret")) + "</R:All>"
        let found = try SecurityTokens.read(
            WebAnswer(status: 200, headers: [:], body: Array(document.utf8)), place: answer.text("target"))
        #expect(found == .token(SecurityToken(ticket: answer.text("ticket"), secret: answer.text("secret"))))
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
