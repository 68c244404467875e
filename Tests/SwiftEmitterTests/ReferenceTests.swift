import Foundation
import ProtocolGrammar
import SwiftEmitter
import Testing
import YAMLTree

struct ReferenceTests {
    /// With `UPDATE_REFERENCE=1` in the environment the files are written and not compared.
    @Test func theOutputIsTheCheckedInFilesByteForByte() throws {
        let files = try Reference.files()
        let (grammar, diagnostics) = GrammarReader.read(files)
        let report = diagnostics.rendered(sources: files)
        try #require(!diagnostics.hasErrors, "\(report)")
        let problems = GrammarChecker.check(grammar).rendered(sources: files)
        #expect(problems.isEmpty, "\(problems)")
        let output = SwiftEmitter.emit(grammar)
        if ProcessInfo.processInfo.environment["UPDATE_REFERENCE"] == "1" {
            for file in output {
                try Data(file.text.utf8).write(to: Reference.generated.appending(path: file.name))
            }
            return
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: Reference.generated.path)
        #expect(Set(names) == Set(output.map(\.name)))
        for file in output {
            let data = try Data(contentsOf: Reference.generated.appending(path: file.name))
            guard data != Data(file.text.utf8) else { continue }
            let old = String(decoding: data, as: UTF8.self).components(separatedBy: "\n")
            Issue.record("\(file.name)\n\(lineDiff(file.text.components(separatedBy: "\n"), old))")
        }
    }

    @Test func theOutputIsTheSameEachTime() throws {
        let files = try Reference.files()
        let first = SwiftEmitter.emit(GrammarReader.read(files).grammar)
        #expect(first == SwiftEmitter.emit(GrammarReader.read(files).grammar))
    }
}
