import TestSupport
import Testing

@testable import ReferenceSite

/// Conversations as sequence diagrams.
struct ConversationPageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        // Each step opens to the line with its form; who cannot see the arrow hears it.
        "aria-label=\"2. Polly's client to main server: ASK 1 Bob%20B NOW\"",
        "<b>Polly's client to main server.</b> She asks. <a href=\"../commands/ASK.html#ASK.mood\">",
        "<a class=\"w\" data-name=\"name\" data-type=\"Text\"",
        // Connections, errors and payloads.
        "<details class=\"step event\" id=\"step-1\">", "1. Polly's client connects to main server",
        "<a href=\"../errors/201.html\">201 invalidMood</a>", "X-Mood: H\n\nBob%20B</pre>",
        "20 bytes: <a href=\"../payloads/note.html\">", "Payload: A | remark.",
        // What is said over HTTP, with its headers and its body.
        "5. Polly's client to store service: POST https://store.example.com/buy",
        "<b>POST https://store.example.com/buy</b>\nX-Smile: Bob%20B\n\n&lt;p&gt;\n  &lt;o&gt;\n    &lt;for&gt;",
        "HTTP service <a href=\"../services.html#http-store\">store</a>",
        "<code>order</code></a> in <a href=\"../payloads/parcel.html\">",
        // Around it.
        "<dt>After it</dt><dd><ul><li>More: <a href=\"more-TOY2.html\">TOY2</a></li></ul></dd>",
        "<a href=\"talk-TOY1.html\" aria-label=\"TOY1\" data-told=\"1\" class=\"tight\">1</a>",
        "data-told=\"2-3\" aria-current=\"page\">2–3</a>", "<b>Note</b> Nobody &lt;heard&gt; it.",
        "<th scope=\"row\"><b>polly</b></th><td>client of <code>Bob%20B</code></td><td>A | parrot.</td>",
    ]) func aPageTellsAllOfAConversation(_ snippet: String) {
        expect(files["conversations/talk-TOY2.html"], contains: snippet)
    }

    @Test func whatIsDifferentInAVersionHasAPageOfItsOwn() {
        expect(files["conversations/talk-TOY1.html"], contains: "She asks | Bob%20B.")
        #expect(files["conversations/talk-TOY3.html"] == nil)
    }

    @Test(arguments: [
        "<dt>Before it</dt><dd><ul><li><a href=\"talk-TOY2.html\">Polly &lt;talks&gt;</a></li></ul></dd>",
        "1. main server closes the connection to Polly's client",
    ]) func aConversationNamesTheOneThatItContinues(_ snippet: String) {
        expect(files["conversations/more-TOY2.html"], contains: snippet)
    }

    @Test(arguments: [
        "<a href=\"conversations/talk-TOY2.html\">Polly &lt;talks&gt;</a>",
        "<li style=\"--a:1;--b:1\"><a href=\"conversations/talk-TOY1.html\"", "In the course of others",
    ]) func theListHasEachConversationWithItsVersions(_ snippet: String) {
        expect(files["conversations.html"], contains: snippet)
    }

    @Test func searchFindsConversationsByTitleAndName() {
        expect(
            files["search-index.js"],
            contains: "[\"Polly <talks> (TOY2 to TOY3)\",\"conversation\",\"conversations/talk-TOY2.html\"")
    }
}
