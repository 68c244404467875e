import Foundation
import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// What clients say to each other over direct connections in the conversations of the grammar.
struct DirectConnectionTests {
    /// A conversation with a direct connection in a version.
    struct Story: Sendable, CustomTestStringConvertible {
        var told: ToldConversation

        var testDescription: String { "\(told.conversation.name) in version \(told.version)" }

        static let all: [Story] = Repository.grammar.conversations.flatMap { conversation in
            conversation.versions.numbers.map { Story(told: Repository.grammar.told(conversation, in: $0)) }
        }.filter { story in story.told.ownSteps.contains { $0.frame != nil } }

        /// What stands in the frames, in order.
        func frames() throws -> [[UInt8]] {
            try told.ownSteps.filter { $0.frame != nil && $0.step.content == .data }.map { step in
                let frame = try MSNP.Payload.PeerFrame.read(WireBytes(step.payload ?? []), mode: .strict).content
                #expect(frame.rest.isEmpty)
                return frame.data.array
            }
        }

        /// The identifiers with this name in the messages before, the older ones first.
        func identifiers(named name: String) throws -> [String] {
            let texts = told.ownSteps.compactMap(\.payload).map { String(decoding: $0, as: UTF8.self) }
            var found: [String] = []
            for text in texts {
                guard let match = text.firstMatch(of: try Regex("\\r\\n\(name): (\\{[^}]*\\})\\r\\n")) else { continue }
                let identifier = String(match.output[1].substring ?? "")
                if !found.contains(identifier) { found.append(identifier) }
            }
            return found
        }
    }

    @Test func bothVersionsOfPacketsAreTold() {
        #expect(Set(Story.all.map(\.told.version)) == Set(9...20))
    }

    @Test(arguments: Story.all) func theFirstFrameIsAlwaysTheSame(story: Story) throws {
        #expect(try story.frames().first == Array("foo\0".utf8))
    }

    /// Each client sends the nonce by which the other one knows it.
    @Test(arguments: Story.all) func noncesAreThoseOfTheMessages(story: Story) throws {
        let frames = try story.frames().dropFirst().prefix(2)
        try #require(frames.count == 2)
        if story.told.version < 16 {
            let packets = try frames.map { try MSNP.Payload.PeerHandshake.read(WireBytes($0), mode: .strict).content }
            #expect(packets.map(\.flags) == [.directHandshake, .directHandshake])
            let nonces = try packets.map { try Self.computed($0.data.array).nonce }
            #expect(try nonces == Array(repeating: story.identifiers(named: "Nonce").first ?? "", count: 2))
        } else {
            let hashes = try frames.map { try Self.computed($0).hash }
            #expect(try hashes == story.identifiers(named: "Hashed-Nonce"))
        }
    }

    /// All other frames are packets without their footer.
    @Test(arguments: Story.all) func framesHoldPackets(story: Story) throws {
        let packets = try story.frames().dropFirst(3).map { WireBytes($0 + [0, 0, 0, 0]) }
        #expect(packets.count > 3)
        var requests: [PeerMethod] = []
        for packet in packets {
            let content: any BinaryPayload =
                story.told.version < 16
                ? try MSNP.Payload.PeerPacket.read(packet, mode: .strict).content
                : try MSNP.Payload.PeerPacket2.read(packet, mode: .strict).content
            #expect(content.packet.rest.isEmpty)
            var inside = try content.inside()
            if let data = inside as? MSNP.Payload.PeerData { inside = try data.inside() }
            guard let request = inside as? MSNP.Payload.PeerRequest else { continue }
            requests.append(try #require(request.header.line).method)
        }
        #expect(requests == [.bye])
    }

    /// A nonce as text, and its hash.
    private static func computed(_ bytes: [UInt8]) throws -> (nonce: String, hash: String) {
        let algorithm = try #require(Repository.grammar.algorithms["hashedNonce"])
        let hexadecimal = bytes.map { String(format: "%02X", $0) }
        let order = [[3, 2, 1, 0], [5, 4], [7, 6], [8, 9], [10, 11, 12, 13, 14, 15]]
        let nonce = "{" + order.map { $0.map { hexadecimal[$0] }.joined() }.joined(separator: "-") + "}"
        let values = try AlgorithmRunner.run(algorithm, inputs: ["nonce": .text(nonce)], in: Repository.grammar)
        return (nonce, try #require(values["hashedNonce"]?.description))
    }
}
