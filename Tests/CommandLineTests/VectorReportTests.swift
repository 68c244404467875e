import Foundation
import MSNP
import TestSupport
import Testing
@testable import msnp

/// What `msnp vectors` prints and counts.
struct VectorReportTests {
    private static let right = #"8,9 | NS | C>S | valid | CHG 7 NLN 0\r\n | test"#
    private static let wrong = #"8 | NS | C>S | valid | CHG 7\r\n | test"#
    private static let refused = #"8 | NS | C>S | invalid | CHG 7\r\n | test"#

    /// What an exception repeats of a row.
    private static func key(_ row: String) -> String { row.replacing(" | test", with: "") }

    /// Checks rows, and exceptions if there are any; ` | ` stands for a tab.
    private func check(
        _ rows: [String], exceptions: [String] = [], in report: inout VectorReport
    ) -> [String] {
        func table(_ rows: [String]) -> String {
            rows.map { $0.replacing(" | ", with: "\t") }.joined(separator: "\n") + "\n"
        }
        let list = exceptions.isEmpty ? nil : table([VectorExceptions.heading] + exceptions)
        return report.check(
            table(rows), file: "wire/x.tsv", VectorExceptions(path: "wire/exceptions.tsv", text: list))
    }

    @Test func aValidRowThatIsWrittenBackAndAnInvalidRowThatIsRefusedPass() {
        var report = VectorReport()
        #expect(check([Self.right, "", Self.refused], in: &report) == [])
        #expect(report.totals == "2 passed, 0 failed, 0 excepted")
        #expect(report.isClean)
    }

    @Test(arguments: [
        (
            wrong,
            "wire/x.tsv:1: MSNP8: CHG: parameter 'status' is missing (form 'change', version 8) at byte 5"
        ),
        (
            #"7-8 | NS | C>S | invalid | CHG 7 NLN 0\r\n | test"#,
            "wire/x.tsv:1: MSNP8: accepted, although it is marked invalid"
        ),
        (#"8 | NS | S>C | valid | ZZZ 7\r\n | test"#, "wire/x.tsv:1: MSNP8: ZZZ: unknown command"),
        (#"99 | NS | S>C | valid | OUT\r\n | test"#, "wire/x.tsv:1: MSNP99: unknown version"),
        (#"8 | NS | C>S | valid | PNG\r\nPNG\r\n | test"#, "wire/x.tsv:1: MSNP8: not one whole command"),
        (#"8 | NS | C>S | valid | PNG | test"#, "wire/x.tsv:1: MSNP8: not one whole command"),
        (#"8 | NS | C>S | valid | PNG\n | test"#, #"wire/x.tsv:1: MSNP8: encodes to other bytes: "PNG\r\n""#),
        (#"11 | FT | S>C | valid | \x00\x05\x00a | test"#, "wire/x.tsv:1: FT: not a sequence of whole blocks"),
        (
            #"11 | FT | S>C | invalid | \x00\x01\x00a\x01\x00\x00 | test"#,
            "wire/x.tsv:1: FT: accepted, although it is marked invalid"
        ),
    ])
    func aRowThatIsNotAsMarkedFailsWithPlaceVersionAndReason(_ row: String, _ problem: String) {
        var report = VectorReport()
        #expect(check([row], in: &report) == [problem])
        #expect(report.totals == "0 passed, 1 failed, 0 excepted")
        #expect(!report.isClean)
    }

    @Test(arguments: [
        ("8 | NS | C>S | valid | PNG\\r\\n", "expected six columns, found 5"),
        ("8 | XX | C>S | valid | PNG\\r\\n | test", "unknown server 'XX'"),
        ("8 | NS | C<S | valid | PNG\\r\\n | test", "unknown direction 'C<S'"),
        ("8 | NS | C>S | right | PNG\\r\\n | test", "unknown validity 'right'"),
        ("9-8 | NS | C>S | valid | PNG\\r\\n | test", "invalid versions '9-8'"),
        ("8, | NS | C>S | valid | PNG\\r\\n | test", "invalid versions '8,'"),
        ("8 | NS | C>S | valid | PNG\\q | test", "unknown escape in the wire column"),
    ])
    func aMalformedRowFails(_ row: String, _ problem: String) {
        var report = VectorReport()
        #expect(check([Self.right, row], in: &report) == ["wire/x.tsv:2: \(problem)"])
        #expect(report.totals == "1 passed, 1 failed, 0 excepted")
    }

    @Test func anExceptionExcusesItsRowAlone() {
        var report = VectorReport()
        let key = Self.key(Self.wrong)
        let list = ["x.tsv | \(key) | a reason", "other.tsv | \(key) | a reason"]
        #expect(check([Self.wrong, Self.right], exceptions: list, in: &report) == [])
        #expect(report.totals == "1 passed, 0 failed, 1 excepted")
        #expect(report.isClean)
    }

    @Test func anExceptionThatIsNotNeededFails() {
        var report = VectorReport()
        let key = Self.key(Self.right)
        let list = ["x.tsv | \(key) | a reason", "x.tsv | 8 | NS | C>S | valid | PNG | a reason"]
        #expect(
            check([Self.right], exceptions: list, in: &report) == [
                "wire/x.tsv:1: the row behaves as marked, so its exception at wire/exceptions.tsv:2 is stale",
                "wire/exceptions.tsv:3: no such row in wire/x.tsv",
            ])
        #expect(report.totals == "0 passed, 2 failed, 0 excepted")
    }

    @Test func mistakesInTheListOfExceptionsAreReportedOnce() {
        var report = VectorReport()
        let list = ["x.tsv | 8 | NS"]
        #expect(
            check([Self.right], exceptions: list, in: &report)
                == ["wire/exceptions.tsv:2: expected seven columns, the last one a reason"])
        #expect(check([Self.right], exceptions: list, in: &report) == [])
        #expect(report.totals == "2 passed, 1 failed, 0 excepted")
        let headless = VectorExceptions(path: "exceptions.tsv", text: "x.tsv\n")
        #expect(headless.problems == ["exceptions.tsv:1: the first row must be the heading"])
    }

    @Test func aFileWithOtherColumnsIsSkippedAndAloneIsNoSuccess() {
        var report = VectorReport()
        #expect(
            check(["md5-login | {} | abc | test", "md5-login | {} | abc | test"], in: &report)
                == ["wire/x.tsv: skipped, because no row has the six columns of a wire line"])
        #expect(report.totals == "0 passed, 0 failed, 0 excepted")
        #expect(!report.isClean)
        #expect(check([Self.right], in: &report) == [])
        #expect(report.isClean)
    }

    @Test func everyRowOfTheRepositoryPasses() throws {
        var report = VectorReport()
        var printed: [String] = []
        let folder = Repository.folder.appending(path: "Grammar/vectors")
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where name != VectorExceptions.fileName {
            let path = folder.appending(path: name).path
            printed += report.check(
                try String(contentsOfFile: path, encoding: .utf8), file: path, VectorExceptions(beside: path))
        }
        #expect(printed == [])
        #expect(report.passed == TestSupport.VectorRow.all.count)
    }
}
