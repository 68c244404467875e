import ProtocolGrammar
import TestSupport
import Testing
import YAMLTree

struct LineMatcherTests {
    /// Reads a line with one form; returns transaction and values in words, or the failure and its parameter.
    private func read(
        _ line: String, _ parameters: String, rest: String = "", version: Int = 5, payload: Int? = nil,
        service: String = "main", types: String = "Unit: { kind: token }"
    ) -> String {
        let text = """
            command: ABC
            about: A test.
            services: [main]
            versions: 3+
            client:
              ask:
                parameters: [\(parameters)]
                \(rest)
            """
        let files = Base.files(with: "commands/ABC.yaml", Array(text.utf8)) + [Self.seats(and: types)]
        let (grammar, diagnostics) = GrammarReader.read(files)
        let checked = GrammarChecker.check(grammar)
        let found = checked.all.filter { $0.severity == .error && $0.identifier != "unused-type" }
        #expect(diagnostics.isEmpty && found.isEmpty, "\(diagnostics.all) \(found)")
        return Self.read(Array(line.utf8), grammar, version, payload, service)
    }

    @Test(arguments: [
        ("MSG 3 U 0", []), ("MSG 3 N 0", ["NAK.undelivered"]), ("MSG 3 S 0", ["ACK.delivered"]),
        ("MSG 3 A 0", ["ACK.delivered", "NAK.undelivered"]), ("MSG 3 D 0", ["ACK.delivered", "NAK.undelivered"]),
    ])
    func theValuesOfARequestDecideWhatAnswersIt(_ line: String, _ answers: [String]) throws {
        let matcher = LineMatcher(Repository.grammar)
        let found = try matcher.match(
            Array(line.utf8), payloadCount: 0, sender: .client, service: "switchboard", version: 12)
        #expect(matcher.answers(to: found).map(\.name) == answers)
    }

    @Test func aDeviationMayHaveTheWordsOfAVersionAndAnotherType() throws {
        let text = """
            command: ABC
            about: A test.
            client:
              ask:
                parameters:
                  - { name: number, type: Number, versions: 3-4 }
                  - { name: flag, type: Flag, versions: 3-4 }
                  - { name: word, type: Token, versions: 5+ }
                deviations:
                  - programs: [talker]
                    about: Older words are sent, with larger numbers.
                    versions: 6
                    as-in: 4
                    parameters: { number: { type: Wide } }
                    example: { client: ABC 1 500 T }
            """
        let files = Base.files(with: "commands/ABC.yaml", Array(text.utf8))
        let types = Self.seats(and: "Wide: { kind: integer, maximum: 9999 }")
        let (grammar, diagnostics) = GrammarReader.read(files + [types])
        let errors = GrammarChecker.check(grammar).all.filter {
            $0.severity == .error && !["unused-type", "no-example"].contains($0.identifier)
        }
        #expect(diagnostics.isEmpty && errors.isEmpty, "\(diagnostics.all) \(errors)")
        let matcher = LineMatcher(grammar)
        for (version, number, isRead) in [(6, 500, true), (6, 10_000, false), (5, 500, false), (4, 500, false)] {
            let found = try? matcher.match(
                Array("ABC 1 \(number) T".utf8), payloadCount: nil, sender: .client, service: "main", version: version,
                isStrict: false)
            #expect((found != nil) == isRead, "\(version) \(number)")
            if isRead { #expect(found?.deviations.map(\.about) == ["Older words are sent, with larger numbers."]) }
        }
    }

    private static func seats(and types: String) -> SourceFile {
        let text = """
            types:
              \(types)
              Seat:
                kind: composite
                parts:
                  - { name: user, type: Token }
                  - { name: place, type: Token, after: ";", versions: 6+, optional: true, ignorable: true }

            """
        return SourceFile(path: "types/seats.yaml", bytes: Array(text.utf8))
    }

    private static func read(
        _ line: [UInt8], _ grammar: Grammar, _ version: Int, _ payload: Int?, _ service: String
    ) -> String {
        do throws(MatchFailure) {
            let found = try LineMatcher(grammar).match(
                line, payloadCount: payload, sender: .client, service: service, version: version)
            let values = found.values.map { "\($0.name)=\(shown($0.value))" }
            return ([found.transaction ?? "-"] + values).joined(separator: " ")
        } catch {
            return error.kind.rawValue + (error.parameter.map { " \($0)" } ?? "")
        }
    }

    private static func shown(_ value: MatchedLine.Value) -> String {
        switch value {
        case .one(let readings): readings.joined(separator: "|")
        case .list(let items): "(" + items.map(shown).joined(separator: ",") + ")"
        }
    }

    @Test func optionalParametersFillFromTheLeft() {
        let parameters = """
            { name: a, type: Token, optional: true }, { name: b, type: Token }, { name: c, type: Token, optional: true }
            """
        #expect(read("ABC 1", parameters) == "missingParameter b")
        #expect(read("ABC 1 x", parameters) == "1 b=x")
        #expect(read("ABC 1 x y", parameters) == "1 a=x b=y")
        #expect(read("ABC 1 x y z", parameters) == "1 a=x b=y c=z")
        #expect(read("ABC 1 x y z w", parameters) == "extraParameter")
    }

    @Test func prefixesAndLimitsFollowTheVersion() {
        let parameters = """
            { name: a, type: Token, prefix: { 5+: "N=" }, optional: { 6+: true }, empty: { 7: true } },
            { name: n, type: Number, minimum: { 5+: 10 } }
            """
        #expect(read("ABC 1 x 7", parameters, version: 4) == "1 a=x n=7")
        #expect(read("ABC 1 x 70", parameters) == "invalidValue a")
        #expect(read("ABC 1 N=x 70", parameters) == "1 a=x n=70")
        #expect(read("ABC 1 N=x 7", parameters) == "invalidValue n")
        #expect(read("ABC 1 70", parameters) == "invalidValue a")
        #expect(read("ABC 1 70", parameters, version: 6) == "1 n=70")
        #expect(read("ABC 1 N= 70", parameters, version: 6) == "invalidValue a")
        #expect(read("ABC 1 N= 70", parameters, version: 7) == "1 a= n=70")
    }

    @Test func conditionsAndTypesFollowTheVersion() {
        let parameters = """
            { name: f, type: Flag }, { name: a, type: { 3-5: Token, 6+: Short }, when: { 5+: { f: "true" } } },
            { literal: { 3-4: X, 5+: Y } }
            """
        #expect(read("ABC 1 F word X", parameters, version: 4) == "1 f=F|false a=word")
        #expect(read("ABC 1 F Y", parameters) == "1 f=F|false")
        #expect(read("ABC 1 T word Y", parameters) == "1 f=T|true a=word")
        #expect(read("ABC 1 T word Y", parameters, version: 6) == "invalidValue a")
        #expect(read("ABC 1 T wor Y", parameters, version: 6) == "1 f=T|true a=wor")
    }

    @Test func theMarkOfALaterPartEndsAPartInEveryVersion() {
        #expect(read("ABC 1 x", "{ name: a, type: Seat }") == "1 a=x")
        #expect(read("ABC 1 x;y", "{ name: a, type: Seat }") == "invalidValue a")
        #expect(read("ABC 1 x;y", "{ name: a, type: Seat }", version: 6) == "1 a=x;y")
    }

    @Test func anOptionalLiteralMayBeLeftOut() {
        let parameters = "{ literal: X, optional: true }, { name: a, type: Token, optional: true }"
        #expect(read("ABC 1 X", parameters) == "1")
        #expect(read("ABC 1 y", parameters) == "1 a=y")
        #expect(read("ABC 1 X y", parameters) == "1 a=y")
        #expect(read("ABC 1", parameters) == "1")
    }

    @Test func aLiteralIsComparedExactly() {
        #expect(read("ABC 1 OK", "{ literal: OK }") == "1")
        #expect(read("ABC 1 ok", "{ name: mode, literal: OK }") == "invalidValue OK")
        #expect(read("ABC 1", "{ name: mode, literal: OK }") == "missingParameter OK")
    }

    @Test func aPrefixTellsAnOptionalWordFromTheNext() {
        let parameters = """
            { name: n, type: Token, prefix: N=, optional: true }, { name: f, type: Token, prefix: F= }
            """
        #expect(read("ABC 1 N=a F=b", parameters) == "1 n=a f=b")
        #expect(read("ABC 1 F=b", parameters) == "1 f=b")
        #expect(read("ABC 1 X=b", parameters) == "invalidValue f")
        #expect(read("ABC 1 F=", parameters) == "invalidValue f")
    }

    @Test func repeatedWordsTakeTheRestOfTheLine() {
        let some = "{ name: first, type: Token }, { name: list, type: Number, repeated: 1+ }"
        #expect(read("ABC 1 a 2 3", some) == "1 first=a list=(2,3)")
        #expect(read("ABC 1 a", some) == "missingParameter list")
        #expect(read("ABC 1 a 2 x", some) == "invalidValue list")
        let any = "{ name: list, type: Number, repeated: 0+ }"
        #expect(read("ABC 1", any) == "1 list=()")
        #expect(read("ABC 1 1 2 3", any, rest: "payload: { format: text }", payload: 3) == "1 list=(1,2)")
        #expect(read("ABC" + String(repeating: " 1", count: 12), any) == "1 list=(1,1,1,1,1,1,1,1,1,1,1)")
        #expect(read("ABC" + String(repeating: " 1", count: 13), any) == "tooManyParameters")
    }

    @Test func aSeparatedListHasNoEmptyItems() {
        let parameters = "{ name: list, type: Number, separator: ';' }"
        #expect(read("ABC 1 4;5;6", parameters) == "1 list=(4,5,6)")
        #expect(read("ABC 1 4", parameters) == "1 list=(4)")
        #expect(read("ABC 1 4;;6", parameters) == "invalidValue list")
        #expect(read("ABC 1 4,6", parameters) == "invalidValue list")
    }

    @Test func aConditionalParameterFollowsTheValueItDependsOn() {
        let flags = "{ name: caps, type: Capabilities }, { name: ink, type: Token, when: { caps: ink } }"
        #expect(read("ABC 1 5 x", flags) == "1 caps=5 ink=x")
        #expect(read("ABC 1 4", flags) == "missingParameter ink")
        #expect(read("ABC 1 1", flags) == "1 caps=1")
        #expect(read("ABC 1 1 x", flags) == "extraParameter")
        let status = "{ name: status, type: Status }, { name: why, type: Token, when: { status: away } }"
        #expect(read("ABC 1 AWY x", status) == "1 status=AWY|away why=x")
        #expect(read("ABC 1 NLN", status) == "1 status=NLN|online")
        let flag = "{ name: flag, type: Flag }, { name: more, type: Token, when: { flag: 'true' } }"
        #expect(read("ABC 1 T x", flag) == "1 flag=T|true more=x")
        #expect(read("ABC 1 F", flag) == "1 flag=F|false")
    }

    @Test func theMarksOfACompositeSeparateItsParts() {
        let parameters = "{ name: at, type: Address }"
        #expect(read("ABC 1 host:80", parameters) == "1 at=host:80")
        #expect(read("ABC 1 host:80/x", parameters) == "1 at=host:80/x")
        #expect(read("ABC 1 host", parameters) == "invalidValue at")
        #expect(read("ABC 1 host:", parameters) == "invalidValue at")
        #expect(read("ABC 1 :80", parameters) == "invalidValue at")
        #expect(read("ABC 1 host:100", parameters) == "invalidValue at")
        #expect(read("ABC 1 host:80/", parameters) == "invalidValue at")
    }

    @Test func aLeadingPartIsTakenWhereItsVersionsHaveIt() {
        let types =
            "Handle: { kind: composite, parts: [{ name: network, type: Number, before: ':', versions: 5+ },"
            + " { name: user, type: Token }, { name: via, type: Token, after: ';via=', optional: true }] }"
        func read(_ line: String, version: Int) -> String {
            self.read(line, "{ name: h, type: Handle }", version: version, types: types)
        }
        #expect(read("ABC 1 1:a;via=9:b", version: 5) == "1 h=1:a;via=9:b")
        #expect(read("ABC 1 a", version: 4) == "1 h=a")
        #expect(read("ABC 1 tel:1", version: 4) == "1 h=tel:1")
        #expect(read("ABC 1 1:a", version: 4) == "invalidValue h")
        #expect(read("ABC 1 a", version: 5) == "invalidValue h")
        #expect(read("ABC 1 tel:1", version: 5) == "invalidValue h")
        #expect(read("ABC 1 100:a", version: 5) == "invalidValue h")
        #expect(read("ABC 1 1:", version: 5) == "invalidValue h")
    }

    @Test func aShapeFollowsTheVersion() {
        let types =
            "Word: { kind: token, shapes: [{ characters: digits, versions: 2-4 },"
            + " { characters: any, contains: '@', versions: 5+ }] }"
        #expect(read("ABC 1 12", "{ name: w, type: Word }", version: 4, types: types) == "1 w=12")
        #expect(read("ABC 1 a@b", "{ name: w, type: Word }", version: 4, types: types) == "invalidValue w")
        #expect(read("ABC 1 a@b", "{ name: w, type: Word }", version: 5, types: types) == "1 w=a@b")
        #expect(read("ABC 1 12", "{ name: w, type: Word }", version: 5, types: types) == "invalidValue w")
    }

    @Test func anEnumerationFollowsTheVersionAndAnOpenOneTakesAnyWord() {
        let closed = "{ name: status, type: Status }"
        #expect(read("ABC 1 AWY", closed, version: 5) == "1 status=AWY|away")
        #expect(read("ABC 1 AWY", closed, version: 4) == "invalidValue status")
        #expect(read("ABC 1 BSY", closed, version: 5) == "invalidValue status")
        let open = "{ name: kind, type: Transport }"
        #expect(read("ABC 1 U", open) == "1 kind=U|direct")
        #expect(read("ABC 1 Z", open) == "1 kind=Z")
    }

    @Test func parametersFollowTheVersion() {
        let parameters = "{ name: old, type: Token, versions: 3-4 }, { name: new, type: Number, versions: 5+ }"
        #expect(read("ABC 1 x", parameters, version: 4) == "1 old=x")
        #expect(read("ABC 1 x", parameters, version: 5) == "invalidValue new")
    }

    @Test func eachTypeRefusesWhatItDoesNotAllow() {
        #expect(read("ABC 1 a%20b", "{ name: t, type: Text }") == "1 t=a%20b|a b")
        #expect(read("ABC 1 a%2", "{ name: t, type: Text }") == "invalidValue t")
        #expect(read("ABC 1 %FF", "{ name: t, type: Text }") == "invalidValue t")
        #expect(read("ABC 1 abcd", "{ name: t, type: Short }") == "invalidValue t")
        #expect(read("ABC 1 07", "{ name: n, type: Number }") == "invalidValue n")
        #expect(read("ABC 1 +7", "{ name: n, type: Number }") == "invalidValue n")
        #expect(read("ABC 1 7", "{ name: n, type: Number, minimum: 8 }") == "invalidValue n")
        #expect(read("ABC 1 99999999999999999999", "{ name: n, type: Number }") == "invalidValue n")
        #expect(read("ABC 1 4294967296", "{ name: c, type: Capabilities }") == "invalidValue c")
        let guid = "{01234567-89ab-CDEF-0123-456789abcdef}"
        #expect(read("ABC 1 \(guid)", "{ name: g, type: GUID }") == "1 g=\(guid)")
        #expect(read("ABC 1 \(guid.dropFirst().dropLast())", "{ name: g, type: GUID }") == "invalidValue g")
    }

    @Test func blanksCountOnlyWhereAWordMayBeEmpty() {
        let plain = "{ name: a, type: Token }, { name: b, type: Token, optional: true }"
        #expect(read("ABC  1   x ", plain) == "1 a=x")
        let empty = "{ name: a, type: Token, empty: true }, { name: b, type: Token, optional: true }"
        #expect(read("ABC 1  x", empty) == "1 a= b=x")
        #expect(read("ABC 1 ", empty) == "1 a=")
        #expect(read("ABC 1 x ", empty) == "invalidValue b")
        #expect(read("ABC 1", empty) == "missingParameter a")
    }

    @Test func matchingFollowsTheTransactionRules() {
        let word = "{ name: a, type: Token }"
        #expect(read("ABC", word) == "missingTransactionID")
        #expect(read("ABC x y", word) == "invalidTransactionID")
        #expect(read("ABC -1 y", word) == "invalidTransactionID")
        #expect(read("ABC 4294967295 y", word) == "4294967295 a=y")
        #expect(read("ABC 4294967296 y", word) == "invalidTransactionID")
        #expect(read("ABC 1", word, rest: "transaction: none") == "- a=1")
        #expect(read("ABC 0 y", word, rest: "transaction: zero") == "0 a=y")
        #expect(read("ABC 1 y", word, rest: "transaction: zero") == "invalidTransactionID")
        #expect(read("ABC", "", rest: "transaction: optional") == "-")
        #expect(read("ABC 7", "", rest: "transaction: optional") == "7")
        #expect(read("ABC x", "", rest: "transaction: optional") == "invalidTransactionID")
        // Found by a fuzzer: the code reads ten digits at most.
        #expect(read("ABC 00000000007", "") == "invalidTransactionID")
    }

    @Test func thePayloadLengthMustMatchThePayload() {
        let (word, payload) = ("{ name: a, type: Token }", "payload: { format: text, limit: 20 }")
        #expect(read("ABC 1 x 5", word, rest: payload, payload: 5) == "1 a=x")
        #expect(read("ABC 1 x 5", word, rest: payload, payload: 4) == "wrongPayloadLength payload length")
        #expect(read("ABC 1 x 5", word, rest: payload) == "wrongPayloadLength payload length")
        #expect(read("ABC 1 x 0", word, rest: payload) == "1 a=x")
        #expect(read("ABC 1 x 21", word, rest: payload, payload: 21) == "invalidValue payload length")
        #expect(read("ABC 1 x y", word, rest: payload, payload: 1) == "wrongPayloadLength payload length")
        #expect(read("ABC 1 x", word, rest: payload, payload: 1) == "missingParameter payload length")
        #expect(read("ABC 1", "", rest: payload, payload: 1) == "missingParameter payload length")
        #expect(read("ABC 1 4", "", rest: "payload: { format: text, length: 4 }", payload: 4) == "1")
        #expect(
            read("ABC 1 5", "", rest: "payload: { format: text, length: 4 }", payload: 5)
                == "wrongPayloadLength payload length")
        #expect(
            read("ABC 1 101", "", rest: "payload: { format: text }", payload: 101) == "invalidValue payload length")
    }

    @Test func theErrorSaysWhyALineReachesNoForm() {
        let word = "{ name: a, type: Token }"
        #expect(read("XYZ 1", word) == "unknownCommand")
        #expect(read("", word) == "unknownCommand")
        #expect(read("abc 1 x", word) == "unknownCommand")
        #expect(read("ABC 1 x", word, version: 2) == "notInVersion")
        #expect(read("ABC 1 x", word, service: "side") == "notInVersion")
        #expect(read("ABC 1 x\t", word) == "forbiddenByte")
        #expect(read("ABC 1 x\u{7F}", word) == "forbiddenByte")
        let grammar = GrammarReader.read(Base.files()).grammar
        #expect(Self.read(Array("BAS 1 ".utf8) + [0xFF], grammar, 5, nil, "main") == "invalidUTF8")
    }
}
