import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

struct ExampleTests {
    @Test func everyExampleIsReadAsItsFormAndWrittenAsItWas() throws {
        #expect(Examples.valid.count > 100)
        for (line, form) in Examples.valid {
            do {
                let found = try #require(try frames([line.bytes], line.framing).first, "\(line)")
                let message = try line.decoded(found)
                #expect(message.formName == form, "\(line)")
                #expect(try message.encoded() == line.bytes, "\(line)")
            } catch {
                Issue.record(error, "\(line)")
            }
        }
    }

    @Test func everyInvalidExampleIsRefused() {
        #expect(!Examples.invalid.isEmpty)
        for (line, example) in Examples.invalid {
            do {
                _ = try line.decoded(mode: .strict)
                Issue.record("accepted: \(line)")
            } catch {
                #expect(error.kindName == example.error, "\(line)")
                if let parameter = example.parameter { #expect(error.parameter == parameter, "\(line)") }
            }
        }
    }

    @Test func everyValidVectorIsReadAndWrittenAsItWas() throws {
        var count = 0
        for row in VectorRow.all where row.isValid && row.isDescribed {
            for version in row.versions {
                let line = row.line(version: version)
                count += 1
                do {
                    let found = try frames([row.wire], line.framing)
                    #expect(found.count == 1, "\(row.place) \(line)")
                    guard let first = found.first else { continue }
                    let message = try line.decoded(first)
                    #expect(message.form != nil, "\(row.place) \(line)")
                    #expect(try message.encoded() == row.wire, "\(row.place) \(line)")
                } catch {
                    Issue.record(error, "\(row.place) \(line)")
                }
            }
        }
        #expect(count > 500)
    }

    @Test func everyInvalidVectorIsRefused() {
        var refused = 0
        var others: [String] = []
        for row in VectorRow.all where !row.isValid {
            for version in row.versions {
                let line = row.line(version: version)
                do {
                    let found = try frames([row.wire], line.framing)
                    guard found.count == 1 else {
                        others.append("\(found.count) frames")
                        continue
                    }
                    let message = try line.decoded(found[0])
                    // A command that the grammar does not have is read as unknown, not as a message.
                    guard message.form != nil else {
                        others.append("unknown \(row.command)")
                        continue
                    }
                    // What is wrong may be the payload alone.
                    if let payload = line.payload { try line.validate(payload) }
                    Issue.record("accepted as \(message.formName ?? "unknown"): \(row.place) \(line)")
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > 50)
        // The bytes of one row end inside its payload.
        #expect(others == ["0 frames"])
    }
}
