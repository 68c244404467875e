import Foundation
import MSNP
import MSNPSession
import SessionLint
import TestSupport
import Testing
import WireProtocol

import struct ProtocolGrammar.Grammar
import struct YAMLTree.SourceFile

@testable import msnp

/// Bytes that go through `decode` and `encode` come back as they were, however odd the spelling of the line is.
struct SpellingTests {
    /// Where a line has blanks or a line ending that no writer of this package would write.
    enum Oddity: CaseIterable {
        case none, lineFeed, leading, trailing, firstDouble, all

        func bytes(_ line: [UInt8], _ payload: [UInt8]) -> [UInt8] {
            let words = line.split(separator: 0x20, maxSplits: .max, omittingEmptySubsequences: false)
            let odd: [UInt8] =
                switch self {
                case .none, .lineFeed: line
                case .leading: [0x20] + line
                case .trailing: line + [0x20, 0x20]
                case .firstDouble where words.count > 1:
                    words[0] + [0x20, 0x20] + words.dropFirst().joined(separator: [0x20])
                case .firstDouble: line
                case .all: words.joined(separator: [0x20, 0x20, 0x20]) + [0x20]
                }
            return odd + (self == .lineFeed || self == .all ? [0x0A] : [0x0D, 0x0A]) + payload
        }
    }

    /// Bytes that one end sent, and the context in which they are read.
    private struct Sample: Hashable {
        var wire: [UInt8]
        var service: Service
        var sender: Sender
        var version: ProtocolVersion

        /// The one command as JSON; nil if the bytes are refused.
        func json(showsSecrets: Bool = true) -> String? {
            switch sender {
            case .client: json(ClientMessage.self, showsSecrets)
            case .server: json(ServerMessage.self, showsSecrets)
            }
        }

        private func json<Message: WireMessage>(_ message: Message.Type, _ showsSecrets: Bool) -> String? {
            var decoder = StreamDecoder<Message>(service: service, version: version, showsSecrets: showsSecrets)
            let outputs = decoder.decode(wire) + decoder.finish()
            guard outputs.count == 1, case .command(let json) = outputs[0] else { return nil }
            return json
        }

        func encoded(_ json: String) throws -> [UInt8] {
            try CommandLineJSON(line: json).bytes(from: sender, service: service, version: version)
        }

        /// The line without its line ending, and the payload; nil for bytes without a line.
        var parts: (line: [UInt8], payload: [UInt8])? {
            guard let end = wire.firstIndex(of: 0x0A) else { return nil }
            let line = wire[..<end]
            return (Array(line.last == 0x0D ? line.dropLast() : line), Array(wire[(end + 1)...]))
        }
    }

    /// How many lines were read, by the oddity that they had.
    private struct Tally {
        private var read: [Oddity: Int] = [:]

        /// Checks a line with each of the oddities; does nothing if even the line itself cannot be read.
        mutating func check(_ sample: Sample, _ oddities: [Oddity], _ place: String) throws {
            guard let parts = sample.parts, sample.json() != nil else { return }
            for oddity in oddities {
                var odd = sample
                odd.wire = oddity.bytes(parts.line, parts.payload)
                guard let json = odd.json() else { continue }
                read[oddity, default: 0] += 1
                #expect(odd.wire == sample.wire || json.contains(#","spelling":""#), "\(place): \(oddity): \(json)")
                let encoded = try odd.encoded(json)
                #expect(encoded == odd.wire, "\(place): \(oddity): \(json)")
            }
        }

        /// Whether so many lines were read with each of the oddities; a line may not begin with a blank.
        func expect(atLeast count: Int, _ oddities: [Oddity]) {
            for oddity in oddities where oddity != .leading { #expect(read[oddity, default: 0] >= count) }
            #expect(read[.leading] == nil)
        }
    }

    @Test func everyVectorComesBackByteForByte() throws {
        var tally = Tally()
        for row in VectorRow.all {
            let version = ProtocolVersion.known.first { row.versions.contains(Int($0.number)) }
            guard let version else { continue }
            let sample = Sample(wire: row.wire, service: row.service, sender: row.sender, version: version)
            try tally.check(sample, Oddity.allCases, row.place)
        }
        tally.expect(atLeast: 600, Oddity.allCases)
    }

    @Test func everyRecordedLineComesBackByteForByte() throws {
        let folder = Repository.folder.appending(path: "Tests/Recordings")
        var tally = Tally()
        var seen: Set<Sample> = []
        for file in try Repository.files(in: folder, ending: ".tsv") {
            let numbers = file.path.split(whereSeparator: { !$0.isNumber }).compactMap { UInt8($0) }
            let version = ProtocolVersion.complete.last { numbers.contains($0.number) }
            for row in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n") {
                let columns = row.split(separator: "\t")
                guard columns.count == 3, let service = Service(shortName: String(columns[0].prefix(2))) else {
                    continue
                }
                let sample = Sample(
                    wire: try WireEscapes.bytes(columns[2].utf8), service: service,
                    sender: columns[1] == "C>S" ? .client : .server, version: try #require(version))
                if seen.insert(sample).inserted { try tally.check(sample, [.none, .all], file.path) }
            }
        }
        tally.expect(atLeast: 600, [.none, .all])
    }

    @Test func theLineItselfIsSaidWhereItsMembersDoNotSayAll() {
        func json(_ line: String, _ version: ProtocolVersion = .msnp8) -> String? {
            Sample(wire: Array(line.utf8), service: .notification, sender: .server, version: version).json()
        }
        #expect(json("QNG\r\n") == #"{"command":"QNG","form":"pong","parameters":{}}"#)
        #expect(json("QNG \n") == #"{"command":"QNG","form":"pong","parameters":{},"spelling":"QNG \n"}"#)
        #expect(json("REA 1 2 bob@example.com a%20b\r\n")?.contains("spelling") == false)
        let spelling = #","spelling":"REA 1 2 bob@example.com a%2Fb\r\n""#
        #expect(json("REA 1 2 bob@example.com a%2Fb\r\n")?.contains(spelling) == true)
    }

    /// The parameters show what the version has; the words that only the deviation has stand in the spelling.
    @Test func aLineReadByADeviationComesBack() throws {
        for command in Repository.grammar.commands {
            for form in command.forms {
                for example in form.deviations.flatMap(\.examples) {
                    for version in ProtocolVersion.known where example.versions.contains(Int(version.number)) {
                        let service = try #require(Service(rawValue: form.services.first ?? ""))
                        let sample = Sample(
                            wire: Array("\(example.text)\r\n\(example.payload ?? "")".utf8), service: service,
                            sender: form.sender == .client ? .client : .server, version: version)
                        let json = try #require(sample.json(), "\(example.text)")
                        #expect(json.contains(#""deviations":["#))
                        #expect(try sample.encoded(json) == sample.wire, "\(json)")
                    }
                }
            }
        }
    }

    @Test func aCommandThatWasChangedIsWrittenInTheUsualSpelling() throws {
        let sample = Sample(
            wire: Array("MSG  bob@example.com  Bob  2\nhi".utf8), service: .switchboard, sender: .server,
            version: .msnp8)
        let json = try #require(sample.json())
        #expect(try sample.encoded(json) == sample.wire)
        func text(_ old: String, _ new: String) throws -> String {
            #expect(json.contains(old))
            return String(decoding: try sample.encoded(json.replacing(old, with: new)), as: UTF8.self)
        }
        #expect(try text(#":"Bob""#, #":"Eve""#) == "MSG bob@example.com Eve 2\r\nhi")
        #expect(try text(#":"hi""#, #":"hello""#) == "MSG bob@example.com Bob 5\r\nhello")
        // Nothing but this command can be written by its spelling.
        #expect(try text("MSG  bob", "MSG  eve") == "MSG bob@example.com Bob 2\r\nhi")
        #expect(try text("  2\\n", "  0\\nMSG  bob@example.com  Bob  2\\n") == "MSG bob@example.com Bob 2\r\nhi")
    }

    @Test func theSpellingOfALineWithASecretIsShownOnRequestOnly() throws {
        let sample = Sample(
            wire: Array("USR  3 TWN S t=secret\r\n".utf8), service: .notification, sender: .client, version: .msnp8)
        let hidden = try #require(sample.json(showsSecrets: false))
        #expect(hidden.hasSuffix(#""parameters":{},"redacted":["ticket"]}"#), "\(hidden)")
        let shown = try #require(sample.json())
        #expect(shown.hasSuffix(#","spelling":"USR  3 TWN S t=secret\r\n"}"#), "\(shown)")
        #expect(try sample.encoded(shown) == sample.wire)
    }
}
