import MSNP
import TestSupport
import Testing
import WireProtocol

struct FramingTests {
    @Test func anExampleWithAPayloadGivesTheSameFramesHoweverItIsSplit() throws {
        let examples = Examples.valid.map(\.line).filter { $0.payload != nil }
        #expect(examples.count > 20)
        for line in examples {
            let following = line.isClient ? "PNG" : "QNG 5"
            let bytes = line.bytes + Array("\(following)\r\n".utf8)
            let whole = try frames([bytes], line.framing)
            try #require(whole.count == 2, "\(line)")
            #expect(whole[0].payloadBytes?.array == line.payload, "\(line)")
            #expect(whole[1].lineBytes.array == Array(following.utf8), "\(line)")
            for place in 0...bytes.count {
                let found = try frames([Array(bytes[..<place]), Array(bytes[place...])], line.framing)
                if found != whole { Issue.record("split at \(place): \(line)") }
            }
        }
    }
}
