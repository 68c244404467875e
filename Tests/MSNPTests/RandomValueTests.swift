import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// Random valid values of every form, in every version it has.
struct RandomValueTests {
    @Test func randomValuesOfEveryFormAreReadAndWrittenBack() {
        var generator = LineGenerator(random: SeededGenerator(seed: 0x5641_4C55))
        let matcher = LineMatcher(Repository.grammar)
        var problems: [String] = []
        var count = 0
        let contexts = Repository.grammar.commands.flatMap(\.forms).flatMap { form in
            form.versions.numbers.flatMap { version in form.services.map { (form, version, $0) } }
        }
        let rounds = 60_000 / max(1, contexts.count) + 1
        for (form, version, service) in contexts {
            for _ in 0..<rounds {
                let line = generator.line(of: form, version: version, service: service)
                count += 1
                if let problem = problem(of: line, form, matcher) { problems.append("\(line): \(problem)") }
            }
        }
        #expect(count >= 60_000)
        #expect(problems.isEmpty, "\(problems.count): \(problems.prefix(20).joined(separator: "\n"))")
    }

    private func problem(of line: WireLine, _ form: Form, _ matcher: LineMatcher) -> String? {
        do {
            let matched = try matcher.match(
                line.text, payloadCount: line.payload?.count, sender: form.sender, service: line.service.rawValue,
                version: line.version)
            if matched.form.name != form.name { return "the grammar reads the form '\(matched.form.name)'" }
            let decoded = try line.decoded()
            guard let value = decoded.form, decoded.formName == form.name else {
                return "the code reads the form '\(decoded.formName ?? "none")'"
            }
            if try decoded.encoded() != line.bytes { return "it is written otherwise" }
            return try remade(value, line.wireVersion)
        } catch {
            return "\(error)"
        }
    }

    /// The value made anew from its readable fields must mean the same.
    private func remade(_ value: some WireForm, _ version: ProtocolVersion) throws -> String? {
        var named: [String: FieldValue] = [:]
        for field in value.fields { named[field.name] = field.value }
        let reader = FieldReader(named, payload: value.payloadBytes, version: version, command: "", form: "")
        let copy = try type(of: value).init(fields: reader)
        let texts = copy.fields.map(\.value)
        return texts == value.fields.map(\.value) ? nil : "its fields do not make it again"
    }
}
