import MSNP
import MSNPSession
import ProtocolGrammar
import SessionLint
import TestSupport
import Testing
import WireProtocol
import WireXML

/// The conversations of the grammar, read by generated code in each of their versions.
struct StoryTests {
    @Test func everyCompleteVersionHasASignInAndAChat() {
        let grammar = Repository.grammar
        for version in grammar.sortedVersions where version.status == .complete && version.number > 0 {
            let names = grammar.conversations(in: version.number).map(\.name)
            #expect(names.contains { $0.hasPrefix("signIn") }, "\(version.name)")
            #expect(names.contains { $0.hasPrefix("chat") }, "\(version.name)")
        }
    }

    /// Each line is in the protocol, with a payload that can be read, and is allowed when it comes.
    @Test(arguments: Story.all) func lintFindsTheMistakesAlone(story: Story) {
        var lint = RecordingLint(options: .init(isStrict: true))
        let found = lint.lint(story.bytes, file: story.told.conversation.name)
        #expect(
            found.filter { !story.mistakes.contains($0.line) }.map { "\($0): \(story.rows[$0.line - 1])" } == [])
        #expect(Set(found.map(\.line)) == Set(story.mistakes))
        #expect(lint.totals.commands > 0)
    }

    /// What is posted to a service and comes back is what the generated types read, with no element that they do not have.
    @Test(arguments: Story.all.filter { $0.told.ownSteps.contains { $0.httpService != nil && $0.payload != nil } })
    func everyBodyIsAMessageOfItsService(story: Story) throws {
        let types = Dictionary(
            uniqueKeysWithValues: Payload.contents.compactMap { $0 as? any XMLPayload.Type }
                .map { ("\($0.payload)", $0) })
        for step in story.told.ownSteps where step.httpService != nil {
            guard let body = step.payload else { continue }
            var document = try XMLElement(parsing: WireBytes(body))
            let kind = try #require(step.payloadKind)
            if let envelope = step.envelopeKind {
                let read = try #require(types[envelope]).init(document)
                try read.check()
                #expect(read.element == document, "\(envelope)")
                let content = try #require(document.elements.last?.elements.first)
                document.content.removeLast()
                #expect(DocumentWords(envelope).strangers(in: document) == [], "\(envelope)")
                document = content
            }
            let read = try #require(types[kind]).init(document)
            try read.check()
            #expect(read.element == document)
            #expect(DocumentWords(kind).strangers(in: document) == [], "\(kind)")
        }
    }

    /// The lock key of an offline message is the answer to the challenge of the fault before it.
    @Test(arguments: Story.all.filter { $0.told.conversation.name == "offlineMessage" })
    func lockKeysAreTrue(story: Story) throws {
        let exchanges = story.exchanges.filter { $0.request.contains(HTTPService.offlineOutbox.path) }
        let requests = try exchanges.map { exchange in
            try Payload.StoreMessage.read(WireBytes(exchange.body), mode: .strict).content
        }
        let answers = try exchanges.map { exchange in
            try Payload.StoreMessageResponse.read(WireBytes(exchange.answer), mode: .strict).content
        }
        try #require(requests.count == 2)
        let product = ClientChallenge(
            productID: try #require(story.told.values["productID"]),
            productKey: try #require(story.told.values["productKey"]))
        let challenge = try #require(answers[0].fault?.lockKeyChallenge?.text)
        #expect(requests.map { $0.header?.ticket?.lockKey } == ["", product.answer(to: challenge, version: .msnp13)])
        #expect(answers[1].stored != nil)
    }

    /// The digests are those of the challenges, with the password and the product key of the conversation.
    @Test(arguments: Story.all.filter { $0.told.conversation.beginning(in: $0.told.version) == nil })
    func digestsAreTrue(story: Story) throws {
        let values = story.told.values
        let version = ProtocolVersion(UInt8(story.told.version))
        var asked: [String: String] = [:]
        var proofs = 0
        for case .said(let line) in try story.recording().events {
            let actor = story.told.steps.first { $0.text + "\r\n" == String(decoding: line.raw, as: UTF8.self) }
            switch line.message {
            case .server(.usr(.challenge(let form))): asked[line.connection] = form.challenge.string
            case .server(.usr(.ssoChallenge(let form))): asked[line.connection] = form.nonce.string
            case .server(.chl(.challenge(let form))): asked[line.connection] = form.challenge.string
            case .client(.usr(.digest(let form))) where actor?.step.isMistake != true:
                let challenge = try #require(asked[line.connection])
                let password = try #require(values["password"])
                #expect(form.digest.string == MD5Login.digest(challenge: challenge, password: password))
                proofs += 1
            case .client(.usr(.proof(let form))):
                let secret = try #require(values["\(actor?.from.name ?? "")Secret"])
                let nonce = try #require(asked[line.connection])
                let blob = try #require(form.blob)
                #expect(try SingleSignOnProof(secret: secret).proves(blob.string, nonce: nonce))
                proofs += 1
            case .client(.qry(.answer(let form))):
                let key = try #require(values["productKey"])
                let product = ClientChallenge(productID: form.clientID.string, productKey: key)
                let challenge = try #require(asked[line.connection])
                #expect(form.payload.string == product.answer(to: challenge, version: version))
                proofs += 1
            default: break
            }
        }
        #expect(proofs > 1 || !story.told.conversation.name.hasPrefix("signIn"))
    }
}
