import ProtocolGrammar

/// Makes valid lines of the forms of a grammar at random, from the model alone.
struct LineGenerator {
    /// A form with one of its versions and services.
    struct Place {
        var form: Form
        var version: Int
        var service: String
    }

    let grammar: Grammar
    let places: [Place]

    init(_ grammar: Grammar) {
        self.grammar = grammar
        places = grammar.commands.flatMap(\.forms).flatMap { form in
            form.versions.numbers.flatMap { version in
                form.services.map { Place(form: form, version: version, service: $0) }
            }
        }
    }

    func line(at place: Place, _ random: inout Random) -> Line {
        let form = place.form
        var words = [form.command]
        switch form.transaction {
        case .required: words.append(String(random.next() % 4_294_967_296))
        case .zero: words.append("0")
        case .optional where random.isOnce(in: 2): words.append(String(random.below(1000)))
        case .optional, .absent: break
        }
        var values: [String: String] = [:]
        var areOptionalsOver = false
        for parameter in form.parameters(in: place.version) {
            if let literal = parameter.literal {
                words.append(literal)
                continue
            }
            if let condition = parameter.condition, !holds(condition, values, form) { continue }
            if parameter.isOptional {
                areOptionalsOver = areOptionalsOver || random.isOnce(in: 3)
                if areOptionalsOver { continue }
            }
            switch parameter.repetition {
            case .once:
                let value = value(parameter, place.version, &random)
                values[parameter.name] = value
                words.append(parameter.prefix + value)
            case .words(let minimum):
                for _ in 0..<max(minimum, random.below(4)) { words.append(value(parameter, place.version, &random)) }
            case .separated(let separator):
                var items: [String] = []
                for _ in 0...random.below(3) { items.append(value(parameter, place.version, &random)) }
                words.append(parameter.prefix + items.joined(separator: separator))
            }
        }
        var payload: [UInt8]?
        if let described = form.payload {
            let count = described.length ?? random.below(min(40, described.limit ?? 40) + 1)
            payload = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            words.append(String(count))
        }
        return Line(
            text: Array(words.joined(separator: " ").utf8), payload: payload,
            context: Context(
                isClient: form.sender == .client, service: place.service, version: UInt8(clamping: place.version)))
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

    private func value(_ parameter: Parameter, _ version: Int, _ random: inout Random) -> String {
        if parameter.allowsEmpty, random.isOnce(in: 6) { return "" }
        guard let type = parameter.typeName.flatMap({ grammar.type(named: $0) }) else { return "x" }
        var avoided = ""
        if case .separated(let separator) = parameter.repetition { avoided = separator }
        return value(type, parameter, version, avoiding: avoided, &random)
    }

    private func value(
        _ type: ValueType, _ parameter: Parameter?, _ version: Int, avoiding: String, _ random: inout Random
    ) -> String {
        switch type.kind {
        case .token(let limit, let shapes):
            guard !shapes.isEmpty else {
                return word(limit, avoiding: avoiding + (parameter?.isOptional == true ? "=" : ""), &random)
            }
            return shaped(random.pick(shapes), &random)
        case .text(let limit):
            let plain = word(min(limit / 9, 40), avoiding: "%" + avoiding, &random)
            let tail = random.pick(["%20", "%2f", "%C3%A9", "é", "%25", "+"])
            return random.isOnce(in: 2) ? plain : plain + tail
        case .integer(let minimum, let maximum):
            let lower = parameter?.minimum ?? minimum
            let upper = parameter?.maximum ?? maximum
            let width = UInt64(clamping: upper - lower)
            let isEnd = random.isOnce(in: 4)
            let offset = isEnd ? (random.isOnce(in: 2) ? 0 : width) : random.next() % (width &+ 1)
            return String(lower + Int(offset))
        case .boolean(let falseWord, let trueWord): return random.isOnce(in: 2) ? falseWord : trueWord
        case .guid(let braces):
            let digits = Array("0123456789abcdefABCDEF")
            var groups: [String] = []
            for count in [8, 4, 4, 4, 12] { groups.append(text(of: digits, count, &random)) }
            let guid = groups.joined(separator: "-")
            return braces ? "{\(guid)}" : guid
        case .enumeration(let values, let isOpen):
            if isOpen, random.isOnce(in: 4) { return word(12, avoiding: avoiding, &random) }
            let known = values.filter { $0.versions.contains(version) }
            return known.isEmpty ? "x" : random.pick(known).wire
        case .flags: return String(random.next() % 4_294_967_296)
        case .rest(let limit): return word(limit, avoiding: avoiding, &random)
        case .composite(let parts):
            var result = ""
            for part in parts where part.versions.contains(version) {
                if !part.before.isEmpty {
                    result += "\(random.below(40))\(part.before)"
                    continue
                }
                if part.isOptional, random.isOnce(in: 2) { break }
                guard let partType = grammar.type(named: part.type) else { continue }
                let marks = parts.map { $0.after + $0.before }.joined() + avoiding
                result += part.after + value(partType, nil, version, avoiding: marks, &random)
            }
            return result
        }
    }

    private func shaped(_ shape: TokenShape, _ random: inout Random) -> String {
        if let literal = shape.literal { return literal }
        let letters = shape.characters == .digits ? "0123456789" : shape.characters == .letters ? "abXY" : "09afAF"
        let count = shape.length > 0 ? shape.length : 1 + random.below(8)
        return shape.prefix + text(of: Array(letters), count, &random) + shape.infix + shape.suffix
    }

    private func word(_ limit: Int, avoiding: String, _ random: inout Random) -> String {
        let characters = Self.characters.filter { !avoiding.contains($0) }
        return text(of: characters, 1 + random.below(max(1, min(limit / 3, 24))), &random)
    }

    private static let characters = Array("abcXYZ019@._-!$*()[]{}~é漢:;=,/")

    private func text(of characters: [Character], _ count: Int, _ random: inout Random) -> String {
        var result = ""
        for _ in 0..<count { result.append(random.pick(characters)) }
        return result
    }
}
