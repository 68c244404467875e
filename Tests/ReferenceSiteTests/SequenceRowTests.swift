import Testing

@testable import ReferenceSite

/// The rows of sequence diagrams, whose words give way where there is no room.
struct SequenceRowTests {
    private static func markup(_ words: String, from: Int = 0, to: Int = 1, lanes: Int = 2) -> String {
        SequenceRow(
            number: 3, from: from, to: to, lanes: lanes, arrow: .solid,
            words: words.split(separator: " ").map(String.init), label: "3. a to b: \(words)"
        ).html.markup
    }

    @Test func aShortLineIsWholeAtAnyWidth() {
        let markup = Self.markup("ASK 1 Bob")
        #expect(markup.contains("<tspan class=\"k\">ASK</tspan><tspan> 1 Bob</tspan></text>"))
        #expect(markup.contains("aria-label=\"3. a to b: ASK 1 Bob\""))
    }

    @Test func wordsOfALongLineGiveWayOneAfterTheOther() {
        let word = String(repeating: "x", count: 20)
        let markup = Self.markup("ASK 1 \(word) \(word) \(word)")
        #expect(markup.contains("<tspan> 1 \(word)</tspan>"))
        #expect(markup.contains("<tspan class=\"r36\"> \(word) \(word)</tspan><tspan class=\"e36\"> …</tspan>"))
    }

    @Test func aWordThatNeverFitsIsLeftToTheStepItself() {
        let word = String(repeating: "x", count: 400)
        let markup = Self.markup("ASK 1 \(word)")
        #expect(markup.contains("<tspan> 1</tspan><tspan> …</tspan></text>"))
        #expect(markup.contains("aria-label=\"3. a to b: ASK 1 \(word)\""))
    }

    @Test(arguments: [(0, 1, "12.50%", "37.50%", "-9"), (3, 1, "87.50%", "37.50%", " L9")])
    func anArrowGoesFromLaneToLane(_ from: Int, _ to: Int, _ start: String, _ end: String, _ head: String) {
        let markup = Self.markup("ASK", from: from, to: to, lanes: 4)
        #expect(markup.contains("<line x1=\"\(start)\" y1=\"32\" x2=\"\(end)\" y2=\"32\">"))
        #expect(markup.contains(head))
    }

    @Test func aLineWithoutRoomOverItsMiddleBeginsAtItsLane() {
        let markup = Self.markup("ASK " + String(repeating: "x", count: 60), from: 0, to: 1, lanes: 6)
        #expect(markup.contains("<text x=\"8.33%\" y=\"21\" class=\"start\">"))
        let other = Self.markup("ASK " + String(repeating: "x", count: 60), from: 4, to: 5, lanes: 6)
        #expect(other.contains("<text x=\"91.66%\" y=\"21\" class=\"end\">"))
    }
}
