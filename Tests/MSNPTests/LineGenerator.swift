import MSNP
import ProtocolGrammar
import TestSupport
import WireProtocol

/// Makes valid lines of a form at random, straight from the model of the grammar.
struct LineGenerator {
    var random: SeededGenerator
    let grammar = Repository.grammar

    /// A line of a form in one of its versions and services.
    mutating func line(of form: Form, version: Int, service: String) -> WireLine {
        var words = [form.command]
        switch form.transaction {
        case .required: words.append(String(random.next() % 4_294_967_296))
        case .zero: words.append("0")
        case .optional, .absent: break
        }
        var values: [String: String] = [:]
        var areOptionalsOver = false
        for parameter in form.parameters(in: version) {
            if let literal = parameter.literal {
                words.append(literal)
                continue
            }
            if let condition = parameter.condition, !holds(condition, values, form) { continue }
            if parameter.isOptional {
                // An absent one ends all that follow: those would be read in its place.
                areOptionalsOver = areOptionalsOver || random.below(3) == 0
                if areOptionalsOver { continue }
            }
            switch parameter.repetition {
            case .once:
                let value = value(parameter, version: version)
                values[parameter.name] = value
                words.append(parameter.prefix + value)
            case .words(let minimum):
                for _ in 0..<max(minimum, random.below(4)) { words.append(value(parameter, version: version)) }
            case .separated(let separator):
                let items = (0...random.below(3)).map { _ in value(parameter, version: version) }
                words.append(parameter.prefix + items.joined(separator: separator))
            }
        }
        var payload: [UInt8]?
        if let described = form.payload {
            let count = described.length ?? random.below(min(40, described.limit ?? 40) + 1)
            payload = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            words.append(String(count))
        }
        return WireLine(
            text: Array(words.joined(separator: " ").utf8), payload: payload, isClient: form.sender == .client,
            service: MSNP.Service(rawValue: service) ?? .notification, version: version)
    }

    private func holds(_ condition: Parameter.Condition, _ values: [String: String], _ form: Form) -> Bool {
        guard let value = values[condition.parameter],
            let name = form.parameters.first(where: { $0.name == condition.parameter })?.typeName,
            let type = grammar.type(named: name)
        else { return false }
        switch type.kind {
        case .flags(let bits, _):
            let bit = bits.first { $0.name == condition.value }.flatMap { UInt32($0.wire) } ?? 0
            return (UInt32(value) ?? 0) & bit != 0
        case .boolean(let falseWord, let trueWord): return value == (condition.value == "true" ? trueWord : falseWord)
        case .enumeration(let known, _): return known.first { $0.wire == value }?.name == condition.value
        default: return false
        }
    }

    private mutating func value(_ parameter: Parameter, version: Int) -> String {
        if parameter.allowsEmpty, random.below(6) == 0 { return "" }
        guard let type = parameter.typeName.flatMap({ grammar.type(named: $0) }) else { return "x" }
        return value(type, parameter: parameter, version: version, avoiding: avoided(parameter))
    }

    /// What may not stand in a word because it would end it.
    private func avoided(_ parameter: Parameter) -> String {
        if case .separated(let separator) = parameter.repetition { return separator }
        return ""
    }

    private mutating func value(
        _ type: ValueType, parameter: Parameter?, version: Int, avoiding: String
    ) -> String {
        switch type.kind {
        case .token(let limit, let shapes):
            let known = shapes.filter { $0.versions.contains(version) }
            guard let shape = known.isEmpty ? nil : random.pick(known) else {
                return word(limit, avoiding: avoiding + (parameter?.isOptional == true ? "=" : ""))
            }
            if let literal = shape.literal { return literal }
            let letters = shape.characters == .digits ? "0123456789" : shape.characters == .letters ? "abXY" : "09afAF"
            let count = shape.length > 0 ? shape.length : 1 + random.below(8)
            return shape.prefix + text(of: Array(letters), count) + shape.infix + shape.suffix
        case .text(let limit):
            let plain = word(min(limit / 9, 40), avoiding: "%" + avoiding)
            return random.below(2) == 0 ? plain : plain + random.pick(["%20", "%2f", "%C3%A9", "é", "%25", "+"])
        case .integer(let minimum, let maximum):
            let lower = parameter?.minimum ?? minimum
            let upper = parameter?.maximum ?? maximum
            let width = UInt64(clamping: upper - lower)
            let offset = random.below(4) == 0 ? (random.below(2) == 0 ? 0 : width) : random.next() % (width &+ 1)
            return String(lower + Int(offset))
        case .boolean(let falseWord, let trueWord): return random.below(2) == 0 ? falseWord : trueWord
        case .guid(let braces):
            let digits = Array("0123456789abcdefABCDEF")
            let guid = [8, 4, 4, 4, 12].map { text(of: digits, $0) }.joined(separator: "-")
            return braces ? "{\(guid)}" : guid
        case .enumeration(let values, let isOpen):
            if isOpen, random.below(4) == 0 { return word(12, avoiding: avoiding) }
            let known = values.filter { $0.versions.contains(version) }
            return known.isEmpty ? "x" : random.pick(known).wire
        case .flags: return String(random.next() % 4_294_967_296)
        case .rest(let limit): return word(limit, avoiding: avoiding)
        case .composite(let parts):
            var result = ""
            for part in parts where part.versions.contains(version) {
                if !part.before.isEmpty {
                    result += "\(random.below(40))\(part.before)"
                    continue
                }
                if part.isOptional, random.below(2) == 0 { break }
                guard let partType = grammar.type(named: part.type) else { continue }
                let marks = parts.map { $0.after + $0.before }.joined() + avoiding
                result += part.after + value(partType, parameter: nil, version: version, avoiding: marks)
            }
            return result
        }
    }

    private mutating func word(_ limit: Int, avoiding: String) -> String {
        let characters = Array("abcXYZ019@._-!$*()[]{}~é漢:;=,/").filter { !avoiding.contains($0) }
        return text(of: characters, 1 + random.below(max(1, min(limit / 3, 24))))
    }

    private mutating func text(of characters: [Character], _ count: Int) -> String {
        String((0..<count).map { _ in random.pick(characters) })
    }
}
