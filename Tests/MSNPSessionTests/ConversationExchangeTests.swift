import Foundation
import ProtocolGrammar
import TestSupport
import Testing

/// What conversations say to login services is what the algorithms of the grammar compute.
struct ConversationExchangeTests {
    /// A conversation in a version, and an algorithm that asks the services that it asks.
    struct Use: Sendable, CustomTestStringConvertible {
        var told: ToldConversation
        var algorithm: Algorithm

        var testDescription: String { "\(algorithm.name) in \(told.conversation.name), version \(told.version)" }

        static let all: [Use] = Repository.grammar.conversations.flatMap { conversation in
            conversation.versions.numbers.flatMap { version -> [Use] in
                let told = Repository.grammar.told(conversation, in: version)
                let asked = Set(told.ownSteps.compactMap(\.httpService))
                return Repository.grammar.algorithms.filter { algorithm in
                    algorithm.versions.contains(version)
                        && algorithm.exchanges.contains { !asked.isDisjoint(with: $0.services.map(\.name)) }
                }.map { Use(told: told, algorithm: $0) }
            }
        }
    }

    @Test func allSignInsAskForTickets() {
        let names = Set(Use.all.map(\.algorithm.name))
        #expect(names == ["passportSignIn", "passportToken", "securityToken"])
        #expect(Use.all.count > 20)
    }

    @Test(arguments: Use.all) func aConversationSaysWhatTheAlgorithmComputes(use: Use) throws {
        let (told, algorithm) = (use.told, use.algorithm)
        let answers = told.ownSteps.filter { if case .response = $0.step.content { true } else { false } }
        var received: [String: AlgorithmValue] = [:]
        for exchange in algorithm.exchanges {
            let answer = answers.first { step in exchange.services.contains { $0.name == step.httpService } }
            for part in exchange.receives {
                received[part.name] = .text(answer.flatMap { Self.text(part.part, in: $0) } ?? "from-PP='',DALogin=")
            }
        }
        let client = told.ownSteps.first { $0.httpService != nil }?.from
        guard case .client(let account) = client?.role else { throw Missing(name: "a client") }
        var inputs = told.values.mapValues { AlgorithmValue.text($0) }
        inputs["account"] = .text(account)
        inputs["target"] = .text(told.values["tokenAddress"] ?? "messengerclear.live.com")
        inputs["policy"] = .text(told.values["tokenPolicy"] ?? "MBI_KEY_OLD")
        inputs = inputs.filter { entry in algorithm.inputs.contains { $0.name == entry.key } }
        let values = try AlgorithmRunner.run(
            algorithm, inputs: inputs, received: received, in: Repository.grammar)
        var count = 0
        for exchange in algorithm.exchanges {
            guard
                let request = told.ownSteps.first(where: { step in
                    exchange.services.contains { $0.name == step.httpService }
                })
            else { continue }
            for sent in exchange.sends {
                let value = try #require(values[sent.operand.name]?.description)
                #expect(Self.text(sent.part, in: request) == value, "\(sent.operand.name)")
                count += 1
            }
        }
        #expect(count > 0)
        // The ticket goes on to the notification server, if there is one.
        guard answers.contains(where: { $0.text.hasPrefix("200") }) else { return }
        let ticket = try #require(values["ticket"]?.description)
        #expect(told.ownSteps.contains { $0.text.split(separator: " ").contains { $0 == ticket } })
    }

    private struct Missing: Error {
        var name: String
    }

    /// A header, or the first text at one of some places; of several tokens, that for signing in.
    private static func text(_ part: AlgorithmOperation.Part, in step: ToldConversation.Step) -> String? {
        switch part {
        case .header(let name):
            return step.headers.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
        case .body: return nil
        case .places(let places):
            guard let place = places.first(where: { $0.name.hasPrefix((step.payloadKind ?? "-") + ".") }) else {
                return nil
            }
            let texts = texts(at: place.name, in: String(decoding: step.payload ?? [], as: UTF8.self))
            // The first token is that of the service itself, and has no policy.
            return place.name.hasSuffix(".policyReference.uri") || texts.count == 1
                ? texts.first : texts.dropFirst().first
        }
    }

    /// The texts at a place such as `tokenRequest.user.userHandle`.
    private static func texts(at place: String, in document: String) -> [String] {
        let parts = place.split(separator: ".").map(String.init)
        guard parts.count == 3,
            case .xml(let content) = Repository.grammar.payloads.first(where: { $0.name == parts[0] })?.content,
            let element = content.all.first(where: { $0.name == parts[1] })
        else { return [] }
        let child = element.children.first { $0.name == parts[2] }?.element
        let attribute = element.attributes.first { $0.name == parts[2] }?.attribute
        let name = (child ?? element.element).split(separator: ":").last.map(String.init) ?? ""
        let found = document.components(separatedBy: "<").filter { tag in
            let word = tag.prefix { $0 != " " && $0 != ">" }
            return word == name || word.hasSuffix(":" + name) && !word.hasPrefix("/")
        }
        return found.compactMap { tag -> String? in
            guard let attribute else { return tag.components(separatedBy: ">").last }
            return tag.components(separatedBy: attribute + "=\"").dropFirst().first?.components(separatedBy: "\"").first
        }.map { $0.replacing("&lt;", with: "<").replacing("&amp;", with: "&") }
    }
}

extension Algorithm {
    /// Its requests over HTTP.
    fileprivate var exchanges: [AlgorithmOperation.Exchange] {
        steps.compactMap { step in
            if case .exchange(let exchange) = step.operation { exchange } else { nil }
        }
    }
}
