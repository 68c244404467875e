import Foundation
import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

/// What the site shows of contradictions and open questions.
struct QuestionPageTests {
    @Test func readingsStandSideBySideWithTheirSources() throws {
        expect(
            try toySite()["questions.html"],
            contains: """
                <ul class="readings"><li class="reading preferred"><p>Since *2*.</p>\
                <p class="who-says"><b>The grammar follows this.</b> <a href="sources.html#source-toy">toy</a></p></li>\
                <li class="reading"><p>Since &lt;3&gt;.</p>\
                <p class="who-says"><a href="sources.html#source-elsewhere">elsewhere</a></p></li></ul>\
                <p class="note"><b>Why</b> Somebody | saw it.</p>
                """)
    }

    @Test func aQuestionLinksToWhatItIsAboutAndToItsLine() throws {
        let page = try toySite()["questions.html"]
        expect(
            page,
            contains: """
                about <a href="commands/ASK.html#ASK.mood.place"><code>ASK.mood.place</code></a>, \
                <a href="errors/201.html">201 invalidMood</a>
                """)
        expect(page, contains: "href=\"grammar/questions.yaml.html#L2\"")
        expect(page, contains: "<h4 id=\"question-placeSince\">Since when is there a &lt;place&gt;? ")
    }

    @Test func contradictionsAndOpenQuestionsAreApart() throws {
        let page = try #require(try toySite()["questions.html"])
        let open = try #require(page.range(of: "<h2 id=\"open\">"))
        let decided = try #require(page.range(of: "<h2 id=\"contradictions\">"))
        func place(_ id: String) throws -> String.Index {
            try #require(page.range(of: "<h4 id=\"question-\(id)\">")).lowerBound
        }
        #expect(decided.lowerBound < (try place("placeSince")))
        #expect(try place("placeSince") < open.lowerBound)
        #expect(open.lowerBound < (try place("bits")))
        #expect(open.lowerBound < (try place("whole")))
    }

    @Test func theCommandShowsItsQuestionsAndMarksTheirPlaces() throws {
        let page = try toySite()["commands/ASK.html"]
        expect(page, contains: "<h2 id=\"questions\">Contradictions and open questions ")
        expect(page, contains: "<h3 id=\"question-placeSince\">")
        expect(page, contains: "<a class=\"asked\" href=\"#question-placeSince\"")
        expect(page, contains: ">open question<span class=\"sr\">: What are the bits?</span></a>")
        #expect(page?.contains("question-whole") == false)
    }

    @Test(arguments: [
        ("errors/201.html", "placeSince"), ("types/Bits.html", "bits"), ("payloads/note.html", "whole"),
        ("states/chat.html", "whole"), ("versions/TOY4.html", "whole"), ("services.html", "whole"),
    ]) func otherPagesShowTheQuestionsAboutThem(_ path: String, _ question: String) throws {
        expect(try toySite()[path], contains: "<h3 id=\"question-\(question)\">")
    }

    @Test func aCommandWithoutQuestionsHasNoSection() throws {
        #expect(try toySite()["commands/NMD.html"]?.contains("open questions") == false)
    }

    @Test func searchFindsQuestionsByWhatTheyAreAbout() throws {
        expect(
            try toySite()["search-index.js"],
            contains: """
                ["Since when is there a <place>?","question","questions.html#question-placeSince","Since *2*.",\
                "ASK.mood.place invalidMood"]
                """)
    }

    @Test func aGrammarWithoutQuestionsHasNoPageOfThem() throws {
        let files = ToyGrammar.texts.filter { $0.path != "questions.yaml" }
            .map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }
        let site = try site(of: files)
        #expect(site["questions.html"] == nil)
        #expect(site["index.html"]?.contains("questions.html") == false)
    }

    @Test func everyQuestionOfTheGrammarIsOnThePageOnce() throws {
        let page = ReadPage(try #require(WholeSite.files["questions.html"]))
        let ids = page.ids.filter { $0.hasPrefix("question-") }
        #expect(ids.sorted() == Repository.grammar.questions.map { "question-\($0.name)" }.sorted())
    }
}
