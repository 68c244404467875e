import Foundation
import Testing

@testable import ReferenceSite

/// Algorithms with the values of their known answers.
struct AlgorithmPageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        "<h1>Smile</h1><p class=\"lede\">Proves a &lt;smile&gt;.</p>",
        "<dt>Used by</dt><dd><a href=\"../commands/ASK.html#ASK.mood\"><code>ASK.mood</code></a>, ",
        "<dt>Services</dt><dd><a href=\"../services.html#http-store\">store</a></dd>",
        "Who | asks. From <a href=\"../commands/ASK.html#ASK.mood.name\">", "</a>. <code>Bob</code>",
        "<code>\\r\\n</code> A line.", "<p class=\"prose\">Plain *digits*.</p>",
        "whole = concatenate(name, mark, digits)<span class=\"result\">",
        "<span class=\"soft\">whole = </span><b>a</b>",
        "half = half(text whole)", "<a href=\"half.html\"><code>half</code></a>",
        "for each a, b of list: sum = seven, then more", "more = (sum + a + b) mod seven",
        "<th scope=\"row\">1</th><td>3</td>",
        "POST https://store.example.com/buy; send whole as header X-Smile; receive leaf from tree.leaf.content",
        "Otherwise header <code>X-Frown</code>: It | frowns.",
        "<td><a href=\"../commands/ASK.html#ASK.remark\"><code>ASK.remark.payload</code></a></td><td>A leaf.</td>",
        "<li>Do not frown | ever.</li>", "<td>A well-known name.</td>", "<b>Note</b> It is [old].",
        "<a href=\"smile.json\" download>", "<td>Short.</td>", "<td>computed</td>",
    ]) func aPageGoesThroughTheSteps(_ snippet: String) {
        expect(files["algorithms/smile.html"], contains: snippet)
    }

    @Test func anAlgorithmNamesThoseThatUseIt() {
        expect(
            files["algorithms/half.html"],
            contains: "<dt>A step of</dt><dd><a href=\"smile.html\"><code>smile</code></a></dd>")
    }

    @Test func theKnownAnswersCanBeReadByPrograms() throws {
        let text = try #require(files["algorithms/smile.json"])
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let vectors = try #require(json?["vectors"] as? [[String: Any]])
        #expect(vectors.count == 2)
        #expect(vectors[0]["inputs"] as? [String: String] == ["name": "Bob", "weight": "2"])
        let steps = try #require(vectors[0]["steps"] as? [String: Any])
        #expect(steps["half"] as? String == "0102")
        #expect(steps["list"] as? [String] == ["1", "2"])
        #expect(steps["walk"] as? [[String: String]] == [["more": "3"]])
        #expect(vectors[1]["sources"] as? [String] == ["toy"])
        #expect((json?["types"] as? [String: String])?["half"] == "bytes")
    }
}
