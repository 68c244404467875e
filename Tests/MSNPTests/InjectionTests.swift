import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// What somebody types never becomes another parameter, another line or another payload.
struct InjectionTests {
    /// Texts that would do harm if they were written as they are, and some that only look so.
    static let texts: [String] = {
        var result = [
            "", " ", "a b", " a", "a ", "a\tb", "\r", "\n", "\r\n", "a\r\nOUT\r\n", "a\nOUT\n", "\u{0}", "a\u{0}b",
            "\u{7F}",
            "%", "%zz", "%2", "a%", "%20", "%0D%0AOUT%0D%0A", "%00", "%ED%A0%80", "%ED%B0%80%ED%A0%80", "%C0%AF",
            "é", "漢字", "\u{1F600}", "e\u{301}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFD}", "\u{E000}",
            ",", "a,b", ";", "a;b", ":", "a:b", "=", "F=x", "N=x", "12", "007", "-1", "4294967296", "1 2", "OK", "I",
            "{00000000-0000-0000-0000-000000000000}", "<a>&\"'", "]]>", "../..", "\\r\\n",
        ]
        result += [130, 388, 1500, 8193, 70000].map { String(repeating: "a", count: $0) }
        result += [String(repeating: "漢", count: 3000), String(repeating: " ", count: 3000)]
        return result
    }()

    @Test func everyParameterOfEveryFormIsRefusedOrReadBackAsItWasGiven() {
        var generator = LineGenerator(random: SeededGenerator(seed: 0x494E_4A45))
        var written = 0
        var refused = 0
        var problems: [String] = []
        for form in Repository.grammar.commands.flatMap(\.forms) {
            for version in Set([form.versions.numbers.min(), form.versions.numbers.max()].compactMap { $0 }).sorted() {
                guard let service = form.services.first,
                    let (line, value) = template(of: form, version, service, &generator)
                else {
                    problems.append("\(form.command).\(form.name) in \(version): no line of it is read")
                    continue
                }
                for field in value.fields {
                    for text in Self.texts {
                        let outcome = inject(text, into: field, of: value, line)
                        switch outcome {
                        case .written: written += 1
                        case .refused: refused += 1
                        case .broken(let problem):
                            problems.append(
                                "\(form.command).\(form.name) \(field.name) \(text.debugDescription.prefix(40)): \(problem)"
                            )
                        }
                    }
                }
            }
        }
        #expect(written > 4000)
        #expect(refused > 4000)
        #expect(problems.isEmpty, "\(problems.count): \(problems.prefix(20).joined(separator: "\n"))")
    }

    /// A line of a form with as many parameters as chance gives it, and what it decodes to.
    private func template(
        of form: Form, _ version: Int, _ service: String, _ generator: inout LineGenerator
    ) -> (line: WireLine, value: any WireForm)? {
        var best: (line: WireLine, value: any WireForm)?
        for _ in 0..<8 {
            let line = generator.line(of: form, version: version, service: service)
            guard let value = try? line.decoded().form else { continue }
            if value.fields.count > best?.value.fields.count ?? -1 { best = (line, value) }
        }
        return best
    }

    private enum Outcome {
        case written
        case refused
        case broken(String)
    }

    private func inject<Value: WireForm>(_ text: String, into field: Field, of value: Value, _ line: WireLine)
        -> Outcome
    {
        var values: [String: FieldValue] = [:]
        for field in value.fields { values[field.name] = field.value }
        if case .list(let texts) = field.value {
            values[field.name] = .list(texts + [text])
        } else {
            values[field.name] = .text(text)
        }
        var writer = LineWriter(version: line.wireVersion, limits: .grammar)
        do throws(WireEncodingError) {
            let reader = FieldReader(
                values, payload: value.payloadBytes, version: line.wireVersion, command: "\(Value.command)",
                form: "\(Value.form)")
            try Value(fields: reader).encode(
                into: &writer, optionalTransaction: Value.transactionRule == .required ? 7 : nil)
        } catch {
            return writer.bytes.isEmpty ? .refused : .broken("\(error), and something was written")
        }
        let bytes = writer.takeBytes()
        do {
            let found = try frames([bytes + Array("PNG\r\n".utf8)], line.framing)
            guard found.count == 2, found[1].lineBytes == WireBytes("PNG") else {
                return .broken("\(found.count) frames")
            }
            guard let read = try line.decoded(found[0]).form as? Value else { return .broken("another form") }
            var fields: [String: FieldValue] = [:]
            for field in read.fields { fields[field.name] = field.value }
            if read.payloadBytes != value.payloadBytes { return .broken("another payload") }
            // An empty list is no field.
            let wanted = values.filter { $0.value != .list([]) }
            return fields == wanted ? .written : .broken("other values: \(read.fields)")
        } catch {
            return .broken("\(error)")
        }
    }

    /// Found by a fuzzer: a code below 100 was read and could not be made of its fields.
    @Test func anErrorIsMadeOfEachNumberThatIsRead() throws {
        for number in [0, 28, 999] {
            let reader = FieldReader(
                ["code": .text("\(number)")], version: .msnp8, command: "error", form: "error")
            #expect(try Int(ErrorReply(fields: reader).code.number) == number)
        }
    }

    @Test(arguments: ["a:1", ":", "a;b", ""])
    func aPartOfAWordNeverRunsIntoTheNext(_ text: String) throws {
        var writer = LineWriter(version: .msnp18)
        let address = HostPort(host: WireToken(text), port: PortNumber(checked: 5))
        if let mark = text.firstIndex(of: ":") {
            let offset = text.utf8.distance(from: text.startIndex, to: mark)
            #expect(throws: ValueError(.forbiddenCharacter(0x3A), offset: offset)) { try address.write(to: &writer) }
        } else if text.isEmpty {
            #expect(throws: ValueError(.empty)) { try address.write(to: &writer) }
        } else {
            try address.write(to: &writer)
            #expect(try HostPort(wire: WireBytes(writer.bytes), version: .msnp18) == address)
        }
        let format = MessageFormat(font: "a; CO=ff")
        #expect(format.font.wire == WireBytes("a;%20CO=ff"))
        #expect(throws: ValueError(.outOfRange("0...65535"))) {
            try HostPort(host: "a", port: PortNumber(checked: 65536)).write(to: &writer)
        }
    }

    /// Found by a fuzzer: the grammar alone refused an empty part.
    @Test func aPartOfAWordIsNotEmpty() {
        let line = WireLine(
            text: Array("XFR 2 NS :1863".utf8), payload: nil, isClient: false, service: .dispatch, version: 2)
        let error = #expect(throws: WireDecodingError.self) { try line.decoded() }
        #expect(error?.kind == .invalidValue(.empty) && error?.parameter == "address")
    }

    /// Found by a fuzzer: the limit of a part was known to the grammar alone.
    @Test(arguments: [129, 130])
    func aPartOfAWordKeepsItsOwnLimit(_ count: Int) throws {
        let account = String(repeating: "a", count: count)
        let line = WireLine(
            text: Array("UUN 14 \(account);{0ab73364-6ccf-507b-bb66-a967fe28c1d0} 4 2".utf8), payload: [1, 2],
            isClient: true, service: .notification, version: 16)
        var writer = LineWriter(version: .msnp16)
        let endpoint = EndpointHandle(userHandle: Account(checked: WireBytes(account)))
        guard count > 129 else {
            #expect(try line.decoded().form != nil)
            try endpoint.write(to: &writer)
            #expect(writer.bytes == Array(account.utf8))
            return
        }
        let error = #expect(throws: WireDecodingError.self) { try line.decoded() }
        #expect(error?.kind == .invalidValue(.tooLong(limit: 129)))
        #expect(throws: ValueError(.tooLong(limit: 129), offset: 129)) { try endpoint.write(to: &writer) }
    }

    @Test func anErrorIsReadAsItselfOrRefused() throws {
        let payloads = [nil, WireBytes(), WireBytes("OUT\r\n"), WireBytes(Array(repeating: 0x41, count: 65537))]
        var written = 0
        for version in ProtocolVersion.known {
            let table = MSNPFraming(sender: .server, service: .notification, version: version)
            for number in [0, 7, 200, 999, 1000, 1200, UInt16.max] {
                for transaction in [nil, TransactionID(3), 4_294_967_295] {
                    for payload in payloads {
                        let reply = ErrorReply(code: ErrorCode(number), payload: payload)
                        var writer = LineWriter(version: version)
                        guard (try? reply.encode(into: &writer, transaction: transaction)) != nil else {
                            #expect(writer.bytes.isEmpty)
                            continue
                        }
                        let found = try frames([writer.takeBytes()], table)
                        try #require(found.count == 1, "\(version) \(number) \(payload?.count ?? -1)")
                        let read = try ServerMessage.decode(found[0], version: version, service: .notification)
                        #expect(read.message.form as? ErrorReply == reply)
                        #expect(read.transaction == transaction)
                        written += 1
                    }
                }
            }
        }
        #expect(written > 300)
    }
}
