import Testing

/// What the pages of payloads, types, fields and files say.
struct FieldPageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        // A message.
        (
            "payloads/note.html",
            """
            <pre class="outline" tabindex="0" role="group" aria-label="Outline">MIME-Version: 1.0
            Content-Type: text/x-note; charset=UTF-8
            X-Mood: mood
            """
        ),
        (
            "payloads/note.html",
            """
            <tr class="row" id="field.mood" data-v="3"><th scope="row"><code>X-Mood</code></th>\
            <td><code>mood</code></td><td><a href="../types/Mood.html"><code>Mood</code></a></td><td>TOY3</td><td>required</td>\
            <td>How | it is.</td>
            """
        ),
        ("payloads/note.html", "<dt>Follows</dt><dd><a href=\"../commands/ASK.html#ASK.remark\">"),
        ("payloads/note.html", "<dt>Evidence</dt><dd>observed by <a href=\"../sources.html#source-toy\">toy</a></dd>"),
        // A document.
        ("payloads/tree.html", "&lt;b w=&quot;weight&quot;&gt;\n  &lt;b w=&quot;weight&quot;/&gt;*\n  &lt;leaf&gt;"),
        ("payloads/tree.html", "<td>required</td><td>From 1 to 7.</td>"),
        ("payloads/tree.html", "At least 1 of these children in total unless <code>weight</code> is present."),
        ("payloads/tree.html", "<dt>Answers</dt><dd><a href=\"order.html\"><code>order</code></a></dd>"),
        ("payloads/tree.html", "<code>leaf.content</code> in <a href=\"../algorithms/smile.html\">"),
        ("payloads/order.html", "<code>POST https://store.example.com/buy</code>, in <a href=\"parcel.html\">"),
        // Blocks and bytes.
        ("payloads/stack.html", "<tr class=\"row\" id=\"field.routing.version\""),
        ("payloads/packet.html", "<th scope=\"row\">2</th><td><div>1</div></td><td><code>kind</code></td>"),
        ("payloads/packet.html", "00 01 01 41 00 00 00 00                           ...A...."),
        // Types.
        ("types/Bits.html", "<span class=\"field\" title=\"level\"><i>7</i><b>level</b></span>"),
        ("types/Bits.html", "<span class=\"flag\" title=\"first\"><i>0</i><b>first</b></span></div>"),
        ("types/Bits.html", "<th scope=\"row\">4 to 7</th><td><code>0xF0</code></td><td><div><code>level</code></div>"),
        ("types/Bits.html", "<a href=\"../commands/ASK.html#ASK.told.bits\"><code>ASK.told.bits</code></a></th>"),
        ("types/Bits.html", "<a href=\"../payloads/packet.html#field.kind\"><code>packet.kind</code></a></th>"),
        ("types/Mood.html", "<code>H</code></th><td><code>happy</code></td><td></td><td>A &lt;smile&gt;.</td>"),
        ("types/Place.html", "<td>after <code>:</code></td>"),
        ("types/Secret.html", "<dt>Secret</dt><dd>yes: the values are never printed</dd>"),
        // The index has the versions in which a type is used.
        ("fields.html", "<a href=\"types/Mood.html#value.angry\"><code>Mood</code></a></td><td>TOY2</td><td>TOY3</td>"),
        ("fields.html", "<a href=\"payloads/note.html#field.mood\"><code>note.mood</code></a>"),
        ("fields.html", "<a href=\"types/Place.html#value.host\"><code>Place</code></a></td><td>TOY2</td>"),
        // Files.
        ("grammar/errors.yaml.html", "<span class=\"yl\" id=\"L1\"><a href=\"#L1\""),
        ("grammar/errors.yaml.html", ">1</a><b>errors</b>:</span>\n"),
        ("grammar.html", "<a href=\"grammar/commands/ASK.yaml.html\"><code>ASK.yaml</code></a>"),
        // Notation.
        ("notation.html", "<code>TrID</code></th><td>the transaction ID, a decimal number"),
        ("notation.html", "<a class=\"src\" href=\"grammar/protocol.yaml.html#L1\""),
    ])
    func pagesSayWhatTheGrammarSays(_ page: String, _ snippet: String) {
        expect(files[page], contains: snippet)
    }

    @Test(arguments: [
        "[\"note\",\"payload\",\"payloads/note.html\",\"A note.\",\"text/x-note\"]",
        "[\"X-Mood\",\"header\",\"payloads/note.html#field.mood\",\"How | it is.\",\"note.mood\"]",
        "[\"leaf\",\"element\",\"payloads/tree.html#element.leaf\",\"A leaf.\",\"tree.leaf\"]",
        "[\"Mood.happy\",\"value\",\"types/Mood.html#value.happy\",\"A <smile>.\",\"H\"]",
        "[\"Bits.level\",\"bit\",\"types/Bits.html#value.level\",\"How much.\",\"\"]",
        "[\"Mood\",\"type\",\"types/Mood.html\",\"Happy | sad.\",\"\"]",
    ])
    func searchFinds(_ entry: String) {
        expect(files["search-index.js"], contains: entry)
    }

    @Test func aLargeIndexHasAPageForEachLetter() {
        let pages = WholeSite.files.keys.filter { $0.hasPrefix("fields/") }
        #expect(pages.count > 20)
        expect(WholeSite.files["fields.html"], contains: "href=\"fields/u.html#parameter.userHandle\"")
    }
}
