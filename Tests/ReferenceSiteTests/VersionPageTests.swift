import Testing

/// What the pages of versions and the table of commands by version say.
struct VersionPageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        "<dt>First client</dt><dd>Toy Client</dd><dt>Date</dt><dd>2001</dd><dt>Known</dt><dd>all that is public</dd>",
        "<dt>Before</dt><dd><a href=\"TOY1.html\">TOY1</a></dd><dt>After</dt><dd><a href=\"TOY3.html\">TOY3</a></dd>",
        "<p class=\"note\"><b>Note</b> It &lt;leaked&gt;.</p>",
        "<h2 id=\"since\">New since TOY1 ",
        // In words, then new commands and forms.
        "<li><a href=\"../commands/ASK.html\"><code>ASK</code></a>: A place | follows.</li>",
        "<code>NMD</code></a></th><td><ins>new</ins></td><td>Known by name.</td></tr>",
        "<code>ASK.remark</code></a> <span class=\"tag server\">server</span></th><td><ins>new</ins></td>",
        // A line with what came.
        "<code translate=\"no\">ASK TrID name <ins>NOW [place]</ins></code>",
        // Parameters, values, errors, payloads, rules.
        "<a href=\"../commands/ASK.html#ASK.mood.place\"><code>ASK.mood.place</code></a></th><td><ins>new</ins></td>",
        "<a href=\"../types/Mood.html#value.angry\"><code>Mood.angry</code></a></th><td><ins>new</ins></td><td>A</td>",
        "<a href=\"../types/Bits.html#value.level\"><code>Bits.level</code></a></th><td><ins>new</ins></td>",
        "<a href=\"../errors/911.html\">911 tooAngry</a></th><td><ins>new</ins></td>",
        "<a href=\"../payloads/note.html\"><code>note</code></a></th><td><ins>new</ins></td><td>A note.</td>",
        "<code>chat</code></a>.open server ASK.told</th><td><del>gone</del></td>",
        // What people do, and the clients.
        "<a href=\"../conversations/talk-TOY2.html\">",
        "<tr><th scope=\"row\">Toy Client</th><td>1.0</td><td>2001</td><td>TOY2</td><td>The *first*.</td>",
    ])
    func aVersionTellsWhatIsDifferent(_ snippet: String) {
        expect(files["versions/TOY2.html"], contains: snippet)
    }

    @Test func aVersionLeadsToWhatTheNextOneChanges() {
        expect(
            files["versions/TOY1.html"],
            contains: "<a href=\"TOY2.html#since\">All that TOY2 changes</a>. New commands: ")
    }

    @Test func thePartsOfWhatIsNewAreNotToldOneByOne() {
        let page = WholeSite.files["versions/MSNP13.html"]
        expect(page, contains: "<code>ADL</code></a></th><td><ins>new</ins></td>")
        #expect(page?.contains("<code>ADL.") == false)
    }

    /// The page is about one version, whichever is chosen in the header.
    @Test func nothingOnItDisappearsWithAnotherVersion() throws {
        let page = try #require(files["versions/TOY2.html"])
        let main = try #require(page.firstMatch(of: /<main(?s:.*)<\/main>/)).0
        #expect(!main.contains("data-v="))
    }

    @Test func theFirstVersionHasNoDifference() {
        #expect(files["versions/TOY1.html"]?.contains("New since") == false)
        #expect(files["versions/TOY4.html"]?.contains("New since") == false)
    }

    @Test func theTableMarksWhereCommandsChange() {
        expect(
            files["matrix.html"],
            contains: """
                <code>ASK</code></a></th><td><b class="c">C</b><b class="s">S</b></td>\
                <td><ins><b class="c">C</b><b class="s">S</b></ins></td>
                """)
        expect(files["matrix.html"], contains: "<code>NMD</code></a></th><td></td><td>?</td><td>?</td><td>?</td>")
    }

    @Test func searchFindsAVersionByItsNumber() {
        expect(files["search-index.js"], contains: "[\"TOY2\",\"version\",\"versions/TOY2.html\",")
        expect(files["search-index.js"], contains: "\"2 Toy Client Toy | Client 2\"]")
    }
}
