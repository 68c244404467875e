import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// What stands on each kind of page.
struct PageTests {
    private let pages: [String: String]

    init() throws {
        pages = ReferenceEmitterTests.pages(try toyGrammar())
    }

    @Test(arguments: [
        "README.md", "matrix.md", "errors.md", "types.md", "payloads.md", "states.md", "commands/ASK.md",
        "commands/NMD.md", "versions/TOY1.md", "versions/TOY4.md", "payloads/note.md", "payloads/packet.md",
        "algorithms.md", "algorithms/smile.md", "algorithms/half.md",
    ])
    func everyKindOfPageIsWritten(_ name: String) {
        #expect(pages[name]?.hasPrefix("# ") == true)
        #expect(pages[name]?.hasSuffix("\n") == true)
        #expect(pages[name]?.contains("\n\n\n") == false)
    }

    @Test(arguments: [
        // A line for each generation, and only literals that come and go among the parameters.
        """
        | Versions | Line |
        |---|---|
        | TOY1 | `ASK TrID name` |
        | TOY2 to TOY3 | `ASK TrID name NOW [place]` |

        | Parameter | Type | Versions | Meaning |
        |---|---|---|---|
        | `name` | [Text](../types.md#text) | all | A name_with_underscores and \\_one\\_ more. |
        | `NOW` | literal | TOY2 to TOY3 | |
        | `place` | [Place](../types.md#place) | TOY2 to TOY3 | Optional. |
        """,
        // Errors with their meaning.
        """
        | Error | Meaning | Closes |
        |---|---|---|
        | [201 invalidMood](../errors.md#error-201) | No such \\|mood\\|. | |
        | [911 tooAngry](../errors.md#error-911) | | yes |
        """,
        // Answers with their number and versions.
        """
        | Answer | Number | Versions | Meaning |
        |---|---|---|---|
        | [ASK.told](#asktold) | one | all | Tells. |
        | [ASK.remark](#askremark) | any number | TOY2 to TOY3 | Remarks. |

        - Services: [main](../README.md#service-main)
        - Sources: toy
        - Confidence: observed
        - Algorithms: `name` in [smile](../algorithms/smile.md)

        Note: Sources disagree \\[1\\].
        """,
        // A payload with the contents it may have.
        """
        Payload: a MIME message, at most 100 bytes. The last word of the line is their number.

        | Content | Versions | Meaning |
        |---|---|---|
        | [note](../payloads/note.md) | all | A note. |

        - Services: [main](../README.md#service-main)
        - Transaction: none
        - Answers to: [ASK.mood](#askmood)
        """,
        "Payload: arbitrary bytes, exactly 3 bytes. The last word of the line is their number.",
        // Changes in words and by forms.
        """
        | Version | Change | Forms |
        |---|---|---|
        | [TOY2](../versions/TOY2.md) | A place \\| follows. | new: [ASK.remark](#askremark); changed: [ASK.mood](#askmood), [ASK.told](#asktold) |
        """,
        // Examples as a conversation with its values.
        """
        ### Of \\<Bob\\>

        TOY2 to TOY3, main:

        ```text
        C: ASK 1 Bob%20B NOW
        S: ASK 1 H 3
        S: ASK 3
           a
           b
        ```

        - [ASK.mood](#askmood): `name` is `Bob B`
        - [ASK.told](#asktold): `mood` is `happy`; `bits` is `first`, `second`
        """,
        "| `C: ASK 1` | TOY1 | main | missing parameter (name) |",
    ])
    func commandPagesTellAllOfAForm(_ snippet: String) {
        expect(pages["commands/ASK.md"], contains: snippet)
    }

    @Test func aVersionIsComparedWithItsBase() throws {
        let texts = ToyGrammar.texts.map { path, text in
            let more = "  5: { name: TOY5, based-on: 2, about: Ours. }\nclients:"
            return SourceFile(
                path: path, bytes: Array((path == "versions.yaml" ? text.replacing("clients:", with: more) : text).utf8)
            )
        }
        let page = ReferenceEmitterTests.pages(try readGrammar(texts))["versions/TOY5.md"]
        expect(
            page,
            contains: """
                - Number: 5
                - Known: parts of it
                - Based on: [TOY2](TOY2.md), whose every fact holds here unless another is given
                """)
        expect(page, contains: "## Since TOY2\n\nNo differences.\n")
    }

    @Test func commandsKnownByNameSaySo() {
        expect(
            pages["commands/NMD.md"],
            contains: "Only its name is known, so its lines are not decoded.\n\nNote: Nobody knows \\*more\\*.\n")
    }

    @Test(arguments: [
        ("versions/TOY2.md", "A | and a \\*star\\*."),
        (
            "versions/TOY2.md",
            """
            ## Since TOY1

            - [ASK](../commands/ASK.md): A place | follows.

            ### New

            | Kind | Name | Meaning |
            |---|---|---|
            | command | [NMD](../commands/NMD.md) | Known by name. |
            | form | [ASK.remark](../commands/ASK.md#askremark) | Remarks. |
            | value | `2` of [Bits](../types.md#bits) | second |
            | value | `A` of [Mood](../types.md#mood) | angry |
            | error | [911 tooAngry](../errors.md#error-911) | |
            | payload | [note](../payloads/note.md) | A note. |

            ### Changed

            | Form | TOY1 | TOY2 | New |
            |---|---|---|---|
            | [ASK.mood](../commands/ASK.md#askmood) | `ASK TrID name` | `ASK TrID name NOW [place]` | `'NOW'`, `place: Place` |
            """
        ),
        (
            "versions/TOY1.md",
            """
            | Conversation | Meaning |
            |---|---|
            | [Polly \\<talks\\>](../conversations/talk-TOY1.md) | A \\| story. |
            """
        ),
        ("versions/TOY3.md", "- Known: parts of it"), ("versions/TOY4.md", "- Known: little more than its name"),
        ("versions/TOY4.md", "| [NMD](../commands/NMD.md) |"),
    ])
    func versionPagesTellWhatIsDifferent(_ page: String, _ snippet: String) {
        expect(pages[page], contains: snippet)
    }

    @Test(arguments: [
        ("matrix.md", "| Command | [1](versions/TOY1.md) | [2](versions/TOY2.md) |"),
        ("matrix.md", "| [ASK](commands/ASK.md) | CS | **CS** | CS | |"),
        ("matrix.md", "| [NMD](commands/NMD.md) | | ? | ? | ? |"),
        ("errors.md", "| <a id=\"error-201\"></a>201 | `invalidMood` | No such \\|mood\\|. | all | no |"),
        ("errors.md", "[ASK.mood](commands/ASK.md#askmood) | `BAD`, `ERR_BAD` | `0x1` | toy |"),
        (
            "README.md",
            """
            | Client | Build | Date | Versions | Meaning | Confidence | Sources |
            |---|---|---|---|---|---|---|
            | Toy Client | 1\\.0 | 2001 | TOY2 | The \\*first\\*. It \\*rose\\*. | inferred | toy |
            | Toy \\| Client 2 | | | TOY2 to TOY3 | | observed | toy |
            """
        ),
        (
            "README.md",
            """
            | Behaviour | Versions | Meaning | Confidence | Sources |
            |---|---|---|---|---|
            | `silence` | all | Nobody \\<speaks\\>. | observed | toy |
            | `haste` | TOY2 to TOY3 | Everybody speaks. | inferred | toy |
            """
        ),
        ("README.md", "| [TOY3](versions/TOY3.md) | Toy \\| Client 2 | | parts of it | |"),
        ("versions/TOY2.md", "- Client: Toy Client\n- Date: 2001\n- Sources: toy\n"),
        ("versions/TOY2.md", "Note: It \\<leaked\\>."),
        ("types.md", "| `H` | `happy` | all | A \\<smile\\>. |"), ("types.md", "Happy | sad."),
        ("types.md", "Used by [ASK.told](commands/ASK.md#asktold), [note](payloads/note.md)."),
        ("types.md", "| 4 to 7 | `level` | [Level](#level) | TOY2 to TOY3 | How much. |"),
        ("types.md", "Used by [Bits](#bits)."), ("types.md", "Sensitive: the values are never printed."),
        ("states.md", "    s0 --> s1: client ASK.mood\n    s1 --> [*]: server ASK.told, server error.911\n"),
        ("states.md", "| `asked` | server | [911 tooAngry](errors.md#error-911) | all | `closed` |"),
        (
            "states.md",
            """
            | State | Sender | Known deviation | Versions | Programs | Meaning |
            |---|---|---|---|---|---|
            | `open` | server | [ASK.told](commands/ASK.md#asktold) | TOY1 | [Polly](programs/polly.md) | It tells \\| unasked. |
            """
        ),
        (
            "programs/polly.md",
            """
            | Session | State | Versions | Difference | Line |
            |---|---|---|---|---|
            | [chat](../states.md) | `open` | TOY1 | It tells \\| unasked. | `ASK 1 H` |
            """
        ),
        (
            "README.md",
            """
            ## Facts of versions

            | Fact | Versions | Meaning |
            |---|---|---|
            | `remarks` | TOY2 to TOY3 | Remarks \\| may follow. |
            """
        ),
        ("README.md", "| [ASK.remark](commands/ASK.md#askremark) | server | TOY2 to TOY3 |"),
        ("README.md", "### Service fileTransfer\n\nFiles.\n\n[ASK](commands/ASK.md)"),
        ("README.md", "| [TOY1](versions/TOY1.md) | | | all that is public | The first \\<one\\>. |"),
        ("payloads.md", "| [note](payloads/note.md) | MIME message | `text/x-note` | TOY2 to TOY3 |"),
    ])
    func sharedPagesLinkAndEscape(_ page: String, _ snippet: String) {
        expect(pages[page], contains: snippet)
    }

    @Test(arguments: [
        ("note", "Content-Type: text/x-note; charset=UTF-8\nX-Mood: mood\n"),
        ("note", "| `X-Mood` | `mood` | [Mood](../types.md#mood) | TOY3 | required | How \\| it is. |"),
        ("note", "X-Mood: H\n\nHi\n"),
        ("tree", "<b w=\"weight\">\n  <b w=\"weight\"/>*\n  <leaf>...</leaf>\n  <l>...</l>\n</b>\n"),
        ("tree", "| `w` | `weight` | [Number](../types.md#number) | required | From 1 to 7. |"),
        ("tree", "| [\\<leaf\\>](#leaf) | `leaf` | | 0 or 1 |"),
        ("tree", "| `<l>` | `label` | [Token](../types.md#token) | 0 or 1 |"),
        ("tree", "At least 1 of these children in total unless `weight` is present."),
        ("stack", "Routing: 1.0\nTo: receiver\n"),
        ("packet", "| 0 | 2 | big-endian | `size` | | |"),
        ("packet", "| 2 | 1 | | `kind` | [Bits](../types.md#bits) | What it is. |"),
        ("packet", "`size` is the number of data bytes after the header."),
        ("packet", "| 4 | little-endian | `sum` |"),
        ("packet", "00 01 01 41 00 00 00 00                           ...A....\n"),
    ])
    func payloadPagesShowTheContent(_ name: String, _ snippet: String) {
        expect(pages["payloads/\(name).md"], contains: snippet)
    }

    @Test(arguments: [
        ("README", "[Algorithms](algorithms.md)"),
        ("algorithms", "| [half](algorithms/half.md) | TOY1 to TOY3 | Takes two bytes. | 1 |"),
        ("algorithms/half", "- A step of [smile](smile.md)"),
        (
            "algorithms/smile",
            "Proves a \\<smile\\>.\n\n- Versions: TOY2 to TOY3\n- Sources: toy\n- Confidence: observed\n"
        ),
        (
            "algorithms/smile",
            "| `name` | text | [ASK.mood.name](../commands/ASK.md#askmood) | Who \\| asks. | `Bob` |"
        ),
        (
            "algorithms/smile",
            "| `weight` | a number | [tree.branch.weight](../payloads/tree.md) | | `2` |"
        ),
        ("algorithms/smile", "| `mark` | `\\x0D\\x0A` | A line. |"),
        (
            "algorithms/smile",
            "### 1. digits\n\nPlain \\*digits\\*.\n\n```text\ndigits = decimal(weight)\n  digits = 2\n```"
        ),
        ("algorithms/smile", "half = half(text whole)\n  half = 0102\n"),
        ("algorithms/smile", "for each a, b of list: sum = seven, then more\n  sum = 3\n"),
        ("algorithms/smile", "more = (sum + a + b) mod seven\n```\n\n- `more`: It grows.\n\n| Round | `more` |"),
        (
            "algorithms/smile",
            "POST https://store.example.com/buy; send whole as header X-Smile; receive leaf from tree.leaf.content\n"
                + "  leaf = L\n"
        ),
        (
            "algorithms/smile",
            "- Service: [HTTP service store](../README.md#http-services)\n"
                + "- `leaf`: [tree.leaf.content](../payloads/tree.md)\n- Otherwise header `X-Frown`: It | frowns."
        ),
        ("README", "| `gate` | GET | http | `gate.example.com` | `/` | TOY2 to TOY3 | A gate. | | |"),
        (
            "payloads/order",
            "- Posted to: `https://store.example.com/buy`, [HTTP service store](../README.md#http-services), in "
                + "[parcel](parcel.md)\n- Answered by: [tree](tree.md)"
        ),
        ("algorithms/smile", "| `leaf` | text | [ASK.remark.payload](../commands/ASK.md#askremark) | A leaf. |"),
        ("algorithms/smile", "## Traps\n\n- Do not frown | ever."),
        ("algorithms/smile", "| `Bob` | TOY3 | A well-known name. | toy |"),
        ("algorithms/smile", "| `Bob` | `2` | `3` | `L` | | computed |\n| `Al` | `1` | `5` | `M` | Short. | toy |"),
        ("algorithms/smile", "Note: It is \\[old\\]."),
        ("commands/ASK", "- Algorithms: `name` in [smile](../algorithms/smile.md)"),
        ("payloads/tree", "- Algorithms: `branch.weight` in [smile](../algorithms/smile.md), `leaf.content` in"),
        ("versions/TOY2", "## Algorithms\n\n| Algorithm | Purpose |\n|---|---|\n| [half](../algorithms/half.md) |"),
    ])
    func algorithmsAreShownWithTheirValuesAndLinked(_ name: String, _ snippet: String) {
        expect(pages["\(name).md"], contains: snippet)
    }

    @Test(arguments: [
        ("talk-TOY1", "# Conversation in TOY1: Polly \\<talks\\>"),
        ("talk-TOY1", "- In other versions: [TOY2 to TOY3](talk-TOY2.md)"),
        ("talk-TOY1", "- Sources: toy\n\nNote: Nobody \\<heard\\> it.\n"),
        ("talk-TOY1", "| `polly` | client of `Bob%20B` | A \\| parrot. |"),
        ("talk-TOY1", "| `cage` | [main](../README.md#service-main) server | The cage. |"),
        ("talk-TOY1", "| `store` | [HTTP service store](../README.md#http-services) | |"),
        ("talk-TOY1", "| 1 | polly | cage | connects | | |"),
        (
            "talk-TOY1",
            "| 2 | polly | cage | `ASK 1 Bob%20B` | [ASK.mood](../commands/ASK.md#askmood) | She asks \\| Bob%20B. |"
        ),
        ("talk-TOY1", "| 4 | cage | polly | `201 1` | [201 invalidMood](../errors.md#error-201) | |"),
        (
            "talk-TOY1",
            "| 5 | polly | store | `POST https://store.example.com/buy`, `X-Smile: Bob%20B`, with "
                + "[order](#payload-order) | [order](../payloads/order.md) | |"
        ),
        ("talk-TOY1", "| 6 | store | polly | `200 OK`, with [tree](#payload-tree) | [tree](../payloads/tree.md) | |"),
        (
            "talk-TOY1",
            "### Payload order\n\n32 bytes: [order](../payloads/order.md) in [parcel](../payloads/parcel.md). Blanks "
                + "and line breaks between elements are not sent; they help to read.\n\n```xml\n<p>\n  <o>\n"
                + "    <for>a&amp;b</for>\n  </o>\n</p>\n```"
        ),
        ("talk-TOY2", "| 3 | cage | polly | `ASK 20`, with [remark](#payload-remark) |"),
        (
            "talk-TOY2",
            "### Payload remark\n\nA | remark.\n\n20 bytes: [note](../payloads/note.md).\n\n```text\nX-Mood: H\n\nBob%20B\n```"
        ),
        ("more-TOY2", "- Before it: [Polly \\<talks\\>](talk-TOY2.md) (TOY2 to TOY3)"),
        ("more-TOY2", "| 1 | cage | polly | closes the connection |"),
    ])
    func conversationPagesTellEachStep(_ name: String, _ snippet: String) {
        expect(pages["conversations/\(name).md"], contains: snippet)
    }

    @Test func commandPagesNameTheirConversations() {
        let links = "[TOY1](../conversations/talk-TOY1.md), [TOY2 to TOY3](../conversations/talk-TOY2.md)"
        expect(pages["commands/ASK.md"], contains: "## Conversations\n\n- Polly \\<talks\\>: " + links)
        expect(pages["README.md"], contains: "[TOY1](conversations/talk-TOY1.md), ")
    }

    @Test(arguments: ["missing parameter (dialects)", "invalid transaction ID", "not in version"])
    func reasonsReadAsWords(_ words: String) {
        expect(WholeReference.pages["commands/VER.md"], contains: words)
    }

    @Test func answersSayWhatTheyDependOn() {
        expect(
            WholeReference.pages["commands/MSG.md"],
            contains: "| none or one, if `acknowledgement` is `both` or `positive` or `data` | all |")
    }

    @Test func everyParameterOfTheGrammarHasAMeaning() {
        for (path, page) in WholeReference.pages where path.hasPrefix("commands/") {
            for row in page.split(separator: "\n") where row.hasPrefix("| `") && row.hasSuffix("| |") {
                #expect(row.contains("| literal |"), "\(path): \(row)")
            }
        }
    }

    @Test func pagesAreTheSameEachTime() throws {
        #expect(try ReferenceEmitterTests.pages(toyGrammar()) == pages)
    }
}
