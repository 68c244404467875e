import Testing

@testable import ReferenceSite

/// Services, programs and sources.
struct FactPageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        ("services.html", "<h3 id=\"service-fileTransfer\">"),
        ("services.html", "The last word of the line is the number"),
        ("services.html", "<tr id=\"behaviour-haste\" data-v=\"2-3\">"),
        ("services.html", "<td>Nobody &lt;speaks&gt;.</td>"),
        ("services.html", "<section aria-labelledby=\"http-gate\" data-v=\"2-3\">"),
        ("services.html", "<pre class=\"message\">GET http://gate.example.com/</pre>"),
        ("services.html", "<dt>In</dt><dd><a href=\"payloads/parcel.html\"><code>parcel</code></a></dd>"),
        ("services.html", "<dt>Algorithms</dt><dd><a href=\"algorithms/smile.html\"><code>smile</code></a></dd>"),
        ("services.html", "<th scope=\"row\">Toy | Client 2</th>"),
        ("services.html", "<td>The *first*. It *rose*.</td>"),
        ("services.html", "<td>Remarks | may follow.</td>"),
        ("programs.html", "<a href=\"programs/polly.html\">Polly</a>"),
        (
            "programs/polly.html",
            "<a href=\"../states/chat.html#state-open\"><code>chat.open</code></a></th><td>TOY1</td>"
        ),
        ("programs/polly.html", "<td><code>ASK 1 H</code></td><td>It tells | unasked.</td>"),
        ("sources.html", "<h3 id=\"source-toy\">"), ("sources.html", "A &lt;toy&gt; | that speaks."),
        ("sources.html", "<summary>1 observed form, 1 documented form, 2 inferred forms, 2 errors,"),
        (
            "sources.html",
            "<dt>Documented forms</dt><dd><a href=\"commands/ASK.html#ASK.told\"><code>ASK.told</code></a></dd>"
        ),
        ("sources.html", "<dt>Conversations</dt><dd><a href=\"conversations/talk-TOY2.html\">"),
        ("sources.html", "<p class=\"prose\">Somewhere else.</p>"),
    ]) func pagesTellWhatFactsRestOn(_ page: String, _ snippet: String) {
        expect(files[page], contains: snippet)
    }
}
