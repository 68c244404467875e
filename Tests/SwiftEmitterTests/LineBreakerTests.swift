import Testing
@testable import SwiftEmitter

struct LineBreakerTests {
    private func broken(_ code: String) -> String {
        LineBreaker(room: 30).lines(of: code).joined(separator: "\n")
    }

    @Test func aLineThatFitsStaysWhole() {
        #expect(broken("call(first, second, third: 3)") == "call(first, second, third: 3)")
    }

    @Test func argumentsFillLinesOfTheirOwn() {
        #expect(
            broken("let x = call(first, second, third: 3, fourth: 4),") == """
                let x = call(
                    first, second, third: 3,
                    fourth: 4),
                """)
    }

    @Test func argumentsAreBrokenInsideWhereOneAloneIsTooLong() {
        #expect(
            broken(#"call(one: ["first", "second", "third"], two)"#) == """
                call(
                    one: [
                        "first", "second",
                        "third"], two)
                """)
    }

    @Test func argumentsWithoutACallAreBrokenWhereTheyAre() {
        #expect(
            broken(#""NAME", on: [.one, .two], in: 1...20, last: call(1, 2))"#) == """
                "NAME", on: [.one, .two],
                in: 1...20, last: call(1, 2))
                """)
    }

    @Test func aTextIsNoCode() {
        #expect(
            broken(#"row("one, (two] three \"", four)"#) == #"""
                row(
                    "one, (two] three \"",
                    four)
                """#)
    }

    @Test func aLongTextStandsOnLinesOfItsOwn() {
        #expect(
            broken(#"row(1, two: "one two three four five six seven")"#) == #"""
                row(
                    1,
                    two: """
                    one two three four five \
                    six seven
                    """)
                """#)
    }
}
