import MSNP
import ProtocolGrammar
import SampleServer
import TestSupport
import Testing
import WireProtocol

/// Which optional words of a form are there, of those that its version has.
private struct Shape: Hashable, CustomStringConvertible {
    let form: String
    let optional: Set<String>
    let present: Set<String>

    init(_ form: any WireForm, _ version: ProtocolVersion) {
        self.form = "\(type(of: form).command).\(type(of: form).form)"
        let words = type(of: form).table.words.filter { $0.isOptional && $0.versions.contains(version) }
        optional = Set(words.map { "\($0.name)" })
        present = optional.intersection(form.fields.map(\.name))
    }

    /// Each optional word and whether it is there.
    var words: [Word] { optional.sorted().map { Word(form: form, name: $0, isPresent: present.contains($0)) } }

    var description: String { "\(form) with \(present.sorted()) of \(optional.sorted())" }

    /// The same form in all versions with the same optional words.
    var context: [String] { [form] + optional.sorted() }
}

/// An optional word of a form, there or not.
private struct Word: Hashable {
    let form: String
    let name: String
    let isPresent: Bool

    var fullName: String { "\(form).\(name)" }
}

/// The server leaves out and sends the optional words that real servers leave out and send.
@Suite(.timeLimit(.minutes(30)))
struct ShapeTests {
    /// The shapes of the lines that servers were seen to send: the examples of observed forms, and the vectors.
    private static let observed: Set<Shape> = Set(examples() + vectors())

    /// Optional words of lines that the server sends and that no line of a real server has or lacks as known here.
    private static let unobserved: Set<String> = []

    @Test func whatNoRealServerWasSeenToSendIsRightlyListed() {
        let words = Set(Self.observed.flatMap(\.words).map(\.fullName))
        #expect(Self.unobserved.intersection(words).sorted() == [])
        for name in Self.unobserved {
            let parts = name.split(separator: ".").map(String.init)
            let forms = Repository.grammar.forms(named: parts.prefix(2).joined(separator: "."), from: .server)
            #expect(forms.contains { $0.parameters.contains { $0.name == parts.last } }, "\(name)")
        }
    }

    private static func examples() -> [Shape] {
        var shapes: [Shape] = []
        for command in Repository.grammar.commands {
            for example in command.examples {
                for line in example.lines where line.sender == .server {
                    let form = command.forms.first { $0.sender == .server && $0.name == line.form }
                    guard form?.confidence == "observed" else { continue }
                    for version in example.versions.numbers {
                        shapes += shape(line.text, line.payload, version, Service(rawValue: example.service))
                    }
                }
            }
        }
        return shapes
    }

    private static func vectors() -> [Shape] {
        VectorRow.all.filter { $0.sender == .server && $0.isValid }.flatMap { row in
            let end = row.wire.firstIndex(of: 13) ?? row.wire.count
            let payload = row.wire.count > end + 2 ? String(decoding: row.wire[(end + 2)...], as: UTF8.self) : nil
            return row.versions.flatMap {
                shape(String(decoding: row.wire[..<end], as: UTF8.self), payload, $0, row.service)
            }
        }
    }

    /// The shape of a line; none if it cannot be read.
    private static func shape(_ line: String, _ payload: String?, _ version: Int, _ service: MSNP.Service?) -> [Shape] {
        let frame = Frame(line: line, payload: payload.map { Array($0.utf8) })
        let version = ProtocolVersion(UInt8(clamping: version))
        let envelope = try? ServerMessage.decode(frame, version: version, service: service ?? .notification)
        return envelope?.message.form.map { [Shape($0, version)] } ?? []
    }

    @Test(arguments: RawScripts.all)
    func optionalWordsAreThoseOfRealServers(_ version: Int) async throws {
        let known = Set(Self.observed.map(\.context))
        let words = Set(Self.observed.flatMap(\.words))
        let names = Set(words.map(\.fullName))
        try await RawScripts.run { scripts in
            let peers = try await Evening.play(scripts, version)
            let dave = try await scripts.online(.dave, version)
            try await Self.changeLists(peers[0].main, version)
            await dave.send("PRP 40 PHH 555")
            _ = try await dave.settled()
            _ = try await peers[0].main.settled()
            var compared = 0
            for (peer, service) in peers.flatMap({ [($0.main, Service.notification), ($0.chat, .switchboard)] }) {
                for line in await peer.log {
                    let parts = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
                    let payload = parts.count > 1 ? String(parts[1]) : nil
                    let shapes = Self.shape(String(parts[0]), payload, version, service)
                    #expect(shapes.count == 1, "\(parts[0])")
                    for shape in shapes {
                        guard !known.contains(shape.context) else {
                            compared += 1
                            #expect(Self.observed.contains(shape), "\(parts[0]) is \(shape)")
                            continue
                        }
                        // Where no line has the same optional words, each word is compared by itself.
                        for word in shape.words {
                            if names.contains(word.fullName) {
                                compared += 1
                                #expect(words.contains(word), "\(parts[0]): \(word)")
                            } else {
                                #expect(Self.unobserved.contains(word.fullName), "\(parts[0]): \(word)")
                            }
                        }
                    }
                }
            }
            #expect(compared > 20)
        }
    }

    /// Adds, groups, renames and removes a contact, as the version does.
    private static func changeLists(_ alice: Peer, _ version: Int) async throws {
        let dave = "<ml><d n=\"example.com\"><c n=\"dave\" l=\"3\" t=\"1\"/></d></ml>"
        switch version {
        case ..<10:
            for line in ["ADD 30 FL dave@example.com Dave", "ADD 31 AL dave@example.com Dave"] {
                await alice.send(line)
            }
            if version >= 7 {
                await alice.send("ADG 32 Work 0")
                await alice.send("ADD 33 FL bob@example.com Bob 1")
                await alice.send("REG 34 1 Home 0")
                await alice.send("REM 35 FL bob@example.com 1")
                await alice.send("RMG 36 1")
            }
            for line in ["REA 37 alice@example.com Alicia", "REM 38 AL dave@example.com"] { await alice.send(line) }
        case ..<13:
            for line in [
                "ADC 30 FL N=dave@example.com F=Dave", "ADC 31 AL N=dave@example.com", "ADG 32 Work",
                "PRP 37 MFN Alicia", "REM 38 AL dave@example.com", "ADC 39 RL N=dave@example.com",
            ] { await alice.send(line) }
        default:
            await alice.send("ADL 30", payload: dave)
            await alice.send("PRP 37 MFN Alicia")
            if version >= 14 {
                await alice.send("FQY 38", payload: "<ml><d n=\"example.com\"><c n=\"dave\"/></d></ml>")
            }
            await alice.send("RML 39", payload: dave)
        }
        _ = try await alice.settled()
    }
}
