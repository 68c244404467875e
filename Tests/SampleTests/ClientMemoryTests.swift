import MSNP
import Testing

@testable import SampleClient

/// What a server says is kept only up to a limit.
struct ClientMemoryTests {
    @Test func atMostTenThousandContactsAreKept() {
        var book = ContactBook()
        for number in 0..<10_001 { book.update("a\(number)@example.com") { $0.lists = [.forward] } }
        #expect(book["a9999@example.com"] != nil)
        #expect(book["a10000@example.com"] == nil)
        book.update("a0@example.com") { $0.ownName = "Zero" }
        #expect(book["a0@example.com"]?.name == "Zero")
    }

    @Test func atMostTwoHundredOddLinesAreKept() {
        var oddities = Oddities()
        for number in 0..<201 { oddities.add("odd", Array("LINE \(number)".utf8)) }
        let lines = oddities.list()
        #expect(lines.count == 201)
        #expect(lines.last == "  and 1 more")
    }
}
