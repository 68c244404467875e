import Testing

@testable import ReferenceSite

/// The states of sessions: drawn, and each with its rules.
struct StatePageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        // The drawing.
        "class=\"cause client\" data-v=\"1-3\">→ ASK.mood</text>", "<a href=\"#state-asked\"><rect",
        "<text x=\"66\" y=\"30\" class=\"name\">open</text>", "<circle class=\"ring\"",
        // The rules of a state.
        "<dt>Reached from</dt><dd><a href=\"#state-open\"><code>open</code></a></dd>",
        "<dt>Anything else</dt><dd>is ignored</dd>",
        "<th scope=\"row\"><a href=\"../errors/911.html\">911 tooAngry</a></th>",
        "<td><a href=\"#state-closed\"><code>closed</code></a></td>",
        "error <a href=\"../errors/911.html\">911 tooAngry</a>, <span class=\"tag closes\">closes</span>",
        // What programs do.
        "<td>TOY1</td><td><a href=\"../programs/polly.html\">Polly</a></td><td>It tells | unasked.</td>",
    ]) func aPageDrawsAndTellsTheStates(_ snippet: String) {
        expect(files["states/chat.html"], contains: snippet)
    }

    @Test func theServicesLeadToTheStates() {
        expect(
            files["services.html"],
            contains: "<dt>States</dt><dd><a href=\"states/chat.html\"><code>chat</code></a></dd>")
        expect(files["search-index.js"], contains: "[\"chat.asked\",\"state\",\"states/chat.html#state-asked\"")
    }
}
