import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// The interpreter of the grammar and the generated code are two programs that must never differ.
struct AgreementTests {
    @Test func generatedDecodersAgreeWithTheGrammarOnMutatedLines() {
        var generator = SeededGenerator(seed: 0x4D53_4E50)
        let matcher = LineMatcher(Repository.grammar)
        let seeds =
            Examples.valid.map(\.line) + Examples.invalid.map(\.line) + DeviantExample.all.map(\.line)
            + VectorRow.all.flatMap { row in row.versions.prefix(3).map { row.line(version: $0) } }
        var accepted = 0
        var deviant = 0
        var differences: [String] = []
        for index in 0..<140_000 {
            var line = seeds[index % seeds.count]
            for _ in 0..<generator.below(4) { mutate(&line, &generator) }
            line.payload = payload(of: line)
            let name = String(decoding: line.text.prefix { $0 != 0x20 }, as: UTF8.self)
            guard Repository.grammar.command(named: name)?.isNamedOnly == false else { continue }
            let expected = Result { () throws(MatchFailure) in
                try matcher.match(
                    line.text, payloadCount: line.payload?.count, sender: line.isClient ? .client : .server,
                    service: line.service.rawValue, version: line.version, isStrict: false
                )
            }
            let actual = Result { () throws(WireDecodingError) in try line.decoded() }
            if case .success(let left) = expected, !left.deviations.isEmpty { deviant += 1 }
            switch (expected, actual) {
            case (.success(let left), .success(let right))
            where left.form.name == right.formName && left.deviations.map(\.about) == right.deviations:
                accepted += 1
            case (.failure(let left), .failure(let right))
            where left.kind.rawValue == right.kindName && agree(left.parameter, right.parameter): break
            default: differences.append("\(line) (payload \(line.payload?.count ?? -1)): \(expected), \(actual)")
            }
            if let difference = differenceInStream(line) { differences.append(difference) }
        }
        #expect(accepted > 14_000)
        #expect(deviant > 100)
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))")
    }

    /// Whether both name the same parameter; the matcher gives a literal no name.
    private func agree(_ matched: String?, _ read: String?) -> Bool {
        matched == read || matched == "" && read != nil || matched == "payload length" && read == "payload"
    }

    /// How the reader of streams differs from the reader of frames about a line that a stream can hold as it is.
    private func differenceInStream(_ line: WireLine) -> String? {
        guard !line.text.contains(0x0A), line.text.last != 0x0D, !line.text.isEmpty, let streamed = line.streamed(),
            streamed.isWhole
        else { return nil }
        let framed = Result { () throws(WireDecodingError) in try line.described() }
        switch (streamed.found, framed) {
        case (.success(let left), .success(let right)) where left == right: return nil
        case (.failure(.decoding(let left, _)), .failure(let right)) where left == right: return nil
        case (.failure(.framing), _): return nil
        default: return "\(line) (payload \(line.payload?.count ?? -1)): \(streamed.found), \(framed)"
        }
    }

    @Test(arguments: [0, 1, 62, 63, 64, 65, 66, 200])
    func bothAllowSixtyFourWordsBehindTheCommandWord(count: Int) {
        let words = (0..<count).map { $0 == 0 ? "1" : "MSNP8" }
        let line = WireLine(
            text: Array((["VER"] + words).joined(separator: " ").utf8), payload: nil, isClient: true,
            service: .notification, version: 8)
        let expected = try? LineMatcher(Repository.grammar).match(
            line.text, payloadCount: nil, sender: .client, service: line.service.rawValue, version: line.version
        ).form.name
        let found = try? line.decoded().formName
        #expect(expected == found)
        #expect((found != nil) == (2...64).contains(count))
    }

    /// The payload that a framer would give to the line.
    private func payload(of line: WireLine) -> [UInt8]? {
        let words = line.text.split(separator: 0x20)
        let code = CommandCode(bytes: Array(line.text.prefix { $0 != 0x20 })) ?? .invalid
        let rule = line.framing.rule(for: code)
        guard rule.place != .absent else { return nil }
        guard rule.mayLack else { return line.payload ?? [] }
        let isNumber = words.last?.allSatisfy { (0x30...0x39).contains($0) } ?? false
        return isNumber && words.count >= rule.minimumWords ? line.payload ?? [] : nil
    }

    private func mutate(_ line: inout WireLine, _ generator: inout SeededGenerator) {
        var words = line.text.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        let index = generator.below(words.count)
        switch generator.below(12) {
        case 0: words.remove(at: index)
        case 1: words.insert(words[index], at: index)
        case 2: words.swapAt(index, generator.below(words.count))
        case 3 where !words[index].isEmpty:
            words[index][generator.below(words[index].count)] = UInt8(generator.below(256))
        case 4: words.insert([], at: index)
        case 5: words.append([])
        case 6:
            let numbers = ["0", "1", "01", "-1", "255", "65535", "65536", "4294967295", "4294967296", "1863"]
            words[index] = Array(generator.pick(numbers).utf8)
        case 7: line.version = Int(generator.pick(ProtocolVersion.known).number)
        case 8: line.service = generator.pick(MSNP.Service.allCases)
        case 9: line.isClient.toggle()
        case 10:
            let samples = [
                "%", "%2", "%zz", "%20", "é", ":", ";", "t=", "NLN", "OK", "S", "I", "{", "a;via=b", "1:a@b",
            ]
            words[index] += Array(generator.pick(samples).utf8)
        default: line.payload = generator.below(2) == 0 ? nil : [1, 2, 3]
        }
        line.text = Array(words.joined(separator: [0x20]))
    }
}
