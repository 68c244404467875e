import Testing

/// What the pages of errors say.
struct ErrorPageTests {
    private let files: [String: String]

    init() throws { files = try toySite() }

    @Test(arguments: [
        "<h1>201 invalidMood</h1><p class=\"lede\">No such |mood|.</p>",
        "<dt>Also called</dt><dd><code>BAD</code>, <code>ERR_BAD</code></dd>",
        "<dt>Clients showed</dt><dd><code>0x1</code></dd>",
        "<dt>Connection</dt><dd>stays open</dd><dt>Try again</dt><dd>only with something else in the request</dd>",
        "aria-label=\"errors.yaml, line 2: the grammar's own words\">errors.yaml:2</a>",
    ])
    func anErrorHasItsFacts(_ snippet: String) {
        expect(files["errors/201.html"], contains: snippet)
    }

    @Test func whatNoSourceSaysIsNotMadeUp() {
        expect(
            files["errors/911.html"],
            contains: """
                <dt>Connection</dt><dd><span class="tag closes">closes</span> after the line</dd>\
                <dt>Try again</dt><dd>no source says</dd>
                """)
    }

    @Test func requestsStandWithTheStatesThatAllowThem() {
        expect(
            files["errors/911.html"],
            contains: """
                <tr data-v="2-3"><th scope="row"><a href="../commands/ASK.html#ASK.mood"><code>ASK.mood</code></a></th>\
                <td><a href="../services.html#service-main">main</a></td>\
                <td><a href="../states/chat.html"><code>chat</code></a>: \
                <a href="../states/chat.html#state-open">open</a></td><td>TOY2 to TOY3</td><td>Asks.</td></tr>
                """)
    }

    @Test func rulesThatAnswerWithItSayWhatFollows() {
        expect(
            files["errors/911.html"],
            contains: """
                <tr data-v="2"><th scope="row"><a href="../commands/NMD.html"><code>NMD</code></a></th>\
                <td><a href="../states/chat.html"><code>chat</code></a>: \
                <a href="../states/chat.html#state-open">open</a></td><td>TOY2</td><td>closes</td>\
                <td>Nothing was said.</td></tr>
                """)
        expect(
            files["errors/911.html"],
            contains: "<a href=\"../states/chat.html#state-asked\">asked</a></th><td>closes</td></tr>")
    }

    /// The conversation says the same in two versions; another line in the first one.
    @Test func anExchangeOccursOnceForAllVersionsThatHaveIt() throws {
        let page = try #require(files["errors/201.html"])
        #expect(page.matches(of: /<div class="occasion" data-v="([^"]*)">/).map { String($0.1) } == ["1", "2-3"])
        expect(
            page,
            contains: """
                <a class="w cmd" data-name="invalidMood" data-type="error" data-about="No such |mood|." \
                href="201.html"><span class="t">201</span>
                """)
    }

    @Test func anErrorWithoutAnExchangeHasNone() {
        #expect(files["errors/911.html"]?.contains("<figure") == false)
    }

    @Test func theListHasEveryNumberAndFoldsTheErrors() {
        expect(files["errors.html"], contains: "<a href=\"errors/911.html\" title=\"tooAngry\">911</a>")
        expect(files["errors.html"], contains: "<summary><b>200 to 299</b> <span class=\"soft\">201</span></summary>")
        expect(files["errors.html"], contains: "<td><a href=\"commands/ASK.html\"><code>ASK</code></a></td>")
    }

    @Test func searchFindsNumbersNamesAndAliases() {
        expect(
            files["search-index.js"],
            contains: """
                ["201 invalidMood","error","errors/201.html","No such |mood|.","201 invalidMood BAD ERR_BAD 0x1"]
                """)
    }
}
