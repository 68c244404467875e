/// What a word at a fixed position of a form may be.
enum WordClass {
    case transaction
    case literal(String)
    case prefix(String)
    case oneOf([String])
    case integer
    case guid(braces: Bool)
    case shapes([TokenShape])
    case composite(ValueType)
    case any
}

/// The words of a form's line in one version that have fixed positions.
struct FormLayout {
    /// The words after the command whose position does not depend on other words.
    var fixed: [WordClass] = []
    var least = 0
    /// Nil for no limit.
    var most: Int? = 0

    init(_ form: Form, version: Int, grammar: Grammar) {
        var isFixed = true
        func place(_ word: WordClass) {
            if isFixed { fixed.append(word) }
        }
        switch form.transaction {
        case .required:
            place(.transaction)
            least = 1
            most = 1
        case .zero:
            place(.literal("0"))
            least = 1
            most = 1
        case .optional:
            isFixed = false
            most = 1
        case .absent: break
        }
        let lengthPlace = form.lengthPlace(in: version)
        func placeLength() {
            place(.integer)
            least += 1
            most = most.map { $0 + 1 }
        }
        for (index, parameter) in form.parameters(in: version).enumerated() {
            if index == lengthPlace { placeLength() }
            if parameter.mayBeAbsent { isFixed = false }
            least += parameter.leastWords
            if parameter.isRest(in: grammar) {
                place(.any)
                most = nil
                continue
            }
            if case .words(let minimum) = parameter.repetition {
                if minimum > 0 { place(Self.wordClass(parameter, version: version, grammar: grammar)) }
                isFixed = false
                most = nil
            } else {
                place(Self.wordClass(parameter, version: version, grammar: grammar))
                most = most.map { $0 + 1 }
            }
        }
        if lengthPlace == form.parameters(in: version).count { placeLength() }
    }

    /// Whether the last word of a line may be a number that could be mistaken for the length of a payload.
    var mayEndInNumber: Bool {
        guard least == most, let last = fixed.last, fixed.count == least else { return least > 0 || most != 0 }
        return FormSelector.mayBeNumber(last)
    }

    static func wordClass(_ parameter: Parameter, version: Int, grammar: Grammar) -> WordClass {
        if let literal = parameter.literal { return .literal(literal) }
        if !parameter.prefix.isEmpty { return .prefix(parameter.prefix) }
        if parameter.allowsEmpty { return .any }
        if case .separated = parameter.repetition { return .any }
        guard let name = parameter.typeName, let type = grammar.type(named: name) else { return .any }
        switch type.kind {
        case .token(_, let shapes):
            return shapes.isEmpty ? .any : .shapes(shapes.filter { $0.versions.contains(version) })
        case .text: return .any
        case .integer, .flags: return .integer
        case .boolean(let falseWord, let trueWord): return .oneOf([falseWord, trueWord])
        case .guid(let braces): return .guid(braces: braces)
        case .enumeration(let values, let isOpen):
            return isOpen ? .any : .oneOf(values.filter { $0.versions.contains(version) }.map(\.wire))
        case .composite: return .composite(type)
        case .rest: return .any
        }
    }
}

/// Chooses the one form that a line can have, by tests that tell the forms of a context apart.
public struct FormSelector: Sendable {
    /// A test on the words after the command; the transaction ID is word 0 where there is one.
    public enum Test: Sendable, Hashable {
        case word(Int, isOneOf: [String])
        case wordHasPrefix(Int, String)
        case wordIsNumber(Int)
        case wordIsGUID(Int, braces: Bool)
        case atLeast(Int)
        case atMost(Int)
    }

    public struct Choice: Sendable {
        public var form: Form
        /// The line has this form if all tests pass and no earlier choice does; the last choice has none.
        public var tests: [Test]
    }

    public var choices: [Choice] = []
    /// Pairs of forms that no test tells apart.
    public var ambiguities: [(Form, Form)] = []

    /// Some forms in one version, and for each two of them the test that the first passes and the second does not.
    struct Tests {
        let forms: [Form]
        let pairs: [[Test?]]

        init(_ forms: [Form], version: Int, grammar: Grammar) {
            self.forms = forms
            let layouts = forms.map { FormLayout($0, version: version, grammar: grammar) }
            pairs = layouts.indices.map { index in
                layouts.indices.map { other in
                    index == other
                        ? nil
                        : FormSelector.test(
                            for: layouts[index], against: layouts[other], grammar: grammar, version: version)
                }
            }
        }
    }

    public init(_ forms: [Form], version: Int, grammar: Grammar) {
        self.init(Array(forms.indices), of: Tests(forms, version: version, grammar: grammar))
    }

    /// The selector of some of the forms.
    init(_ indices: [Int], of tests: Tests) {
        let (forms, pairs) = (tests.forms, tests.pairs)
        var rest = indices
        while !rest.isEmpty {
            var best: (index: Int, tests: [Test], counts: Int)?
            for index in rest {
                var tests: [Test] = []
                var seen: Set<Test> = []
                var isTold = true
                for other in rest where other != index {
                    guard let test = pairs[index][other] else {
                        isTold = false
                        break
                    }
                    if seen.insert(test).inserted { tests.append(test) }
                }
                guard isTold else { continue }
                let counts = tests.count { test in
                    if case .atLeast = test { return true }
                    if case .atMost = test { return true }
                    return false
                }
                if best.map({ counts < $0.counts }) ?? true { best = (index, tests, counts) }
            }
            guard let best else {
                for (place, first) in rest.enumerated() {
                    for second in rest.dropFirst(place + 1)
                    where pairs[first][second] == nil && pairs[second][first] == nil {
                        ambiguities.append((forms[first], forms[second]))
                    }
                }
                if ambiguities.isEmpty, rest.count > 1 { ambiguities.append((forms[rest[0]], forms[rest[1]])) }
                return
            }
            choices.append(Choice(form: forms[best.index], tests: best.tests))
            rest.removeAll { $0 == best.index }
        }
    }

    /// Whether no test tells two forms apart.
    static func areAmbiguous(_ first: FormLayout, _ second: FormLayout, version: Int, grammar: Grammar) -> Bool {
        test(for: first, against: second, grammar: grammar, version: version) == nil
            && test(for: second, against: first, grammar: grammar, version: version) == nil
    }

    /// A test that every line of `form` passes and no line of `other` does.
    private static func test(for form: FormLayout, against other: FormLayout, grammar: Grammar, version: Int) -> Test? {
        for (index, word) in form.fixed.enumerated() {
            guard index < other.fixed.count else { break }
            let against = other.fixed[index]
            func refuses(_ text: String) -> Bool { !accepts(against, text, grammar: grammar, version: version) }
            switch word {
            case .literal(let text):
                if refuses(text) { return .word(index, isOneOf: [text]) }
            case .oneOf(let texts):
                let isDifferent =
                    if case .oneOf(let others) = against {
                        Set(others).isDisjoint(with: texts)
                    } else {
                        texts.allSatisfy(refuses)
                    }
                if !texts.isEmpty, isDifferent { return .word(index, isOneOf: texts) }
            case .prefix(let prefix):
                if !mayStart(against, with: prefix) { return .wordHasPrefix(index, prefix) }
            case .integer, .transaction:
                if !mayBeNumber(against) { return .wordIsNumber(index) }
            case .guid(let braces):
                if !mayBeGUID(against, braces: braces) { return .wordIsGUID(index, braces: braces) }
            case .shapes, .composite, .any: break
            }
        }
        if let most = form.most, most < other.least { return .atMost(most) }
        if let most = other.most, form.least > most { return .atLeast(form.least) }
        return nil
    }

    private static func accepts(_ word: WordClass, _ text: String, grammar: Grammar, version: Int) -> Bool {
        switch word {
        case .transaction: return UInt32(text) != nil
        case .literal(let literal): return literal == text
        case .prefix(let prefix): return text.hasPrefix(prefix)
        case .oneOf(let texts): return texts.contains(text)
        case .integer: return Int(text) != nil
        case .guid(let braces): return ValueParser.isGUID(Array(text.utf8), braces: braces)
        case .shapes(let shapes): return shapes.contains { $0.accepts(text, in: version) }
        case .composite(let type):
            return ValueParser(grammar: grammar, version: version).accepts(text, type: type)
        case .any: return true
        }
    }

    private static func mayStart(_ word: WordClass, with prefix: String) -> Bool {
        switch word {
        case .transaction, .integer: return prefix.utf8.allSatisfy { $0.isDigit || $0 == 0x2D }
        case .literal(let literal): return literal.hasPrefix(prefix)
        case .prefix(let other): return other.hasPrefix(prefix) || prefix.hasPrefix(other)
        case .oneOf(let texts): return texts.contains { $0.hasPrefix(prefix) }
        case .guid: return prefix.utf8.allSatisfy { $0.isHexadecimalDigit || $0 == 0x7B || $0 == 0x2D }
        case .shapes, .composite, .any: return true
        }
    }

    static func mayBeNumber(_ word: WordClass) -> Bool {
        switch word {
        case .transaction, .integer, .composite, .any: return true
        case .literal(let literal): return Int(literal) != nil
        case .prefix(let prefix): return prefix.utf8.allSatisfy { $0.isDigit || $0 == 0x2D }
        case .oneOf(let texts): return texts.contains { Int($0) != nil }
        case .guid: return false
        case .shapes(let shapes):
            return shapes.contains { shape in
                if let literal = shape.literal { return Int(literal) != nil }
                return (shape.prefix + shape.infix + shape.suffix).utf8.allSatisfy(\.isDigit)
                    && shape.characters != .letters
            }
        }
    }

    private static func mayBeGUID(_ word: WordClass, braces: Bool) -> Bool {
        switch word {
        case .transaction, .integer: return false
        case .literal(let literal): return ValueParser.isGUID(Array(literal.utf8), braces: braces)
        case .prefix: return true
        case .oneOf(let texts): return texts.contains { ValueParser.isGUID(Array($0.utf8), braces: braces) }
        case .guid(let other): return other == braces
        case .shapes, .composite, .any: return true
        }
    }

    /// A line that two ambiguous forms both accept, as far as one can be made.
    static func commonLine(_ first: Form, _ second: Form, version: Int, grammar: Grammar) -> String {
        let one = FormLayout(first, version: version, grammar: grammar)
        let two = FormLayout(second, version: version, grammar: grammar)
        let count = max(one.least, two.least)
        var words = [first.command]
        for index in 0..<count {
            let candidates = [one, two].compactMap { index < $0.fixed.count ? $0.fixed[index] : nil }
            let samples = candidates.flatMap(samples)
            words.append(
                samples.first { text in
                    candidates.allSatisfy { accepts($0, text, grammar: grammar, version: version) }
                } ?? samples.first ?? "word")
        }
        return words.joined(separator: " ")
    }

    private static func samples(_ word: WordClass) -> [String] {
        switch word {
        case .transaction: ["1"]
        case .literal(let text): [text]
        case .prefix(let prefix): [prefix + "x"]
        case .oneOf(let texts): texts
        case .integer: ["0", "1"]
        case .guid(let braces):
            [braces ? "{00000000-0000-0000-0000-000000000000}" : "00000000-0000-0000-0000-000000000000"]
        case .shapes(let shapes):
            shapes.map { shape in
                let characters = shape.characters == .letters ? "a" : "1"
                return shape.literal
                    ?? shape.prefix + String(repeating: characters, count: max(1, shape.length)) + shape.infix
                    + shape.suffix
            }
        case .composite: ["a:1"]
        case .any: ["word"]
        }
    }
}
