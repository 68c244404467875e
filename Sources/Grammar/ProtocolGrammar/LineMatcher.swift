import Synchronization

/// Decodes lines by interpreting the grammar. Generated decoders must give the same results.
public struct LineMatcher: Sendable {
    public let grammar: Grammar
    private let selectors = SelectorMemory()

    public init(_ grammar: Grammar) {
        self.grammar = grammar
    }

    /// Decodes one line, without its line break.
    ///
    /// - Parameter payloadCount: the number of payload bytes that followed; nil for no payload.
    /// - Parameter isStrict: whether to refuse known deviations of programs.
    public func match(
        _ line: [UInt8], payloadCount: Int?, sender: Sender, service: String, version: Int, isStrict: Bool = true
    ) throws(MatchFailure) -> MatchedLine {
        do throws(MatchFailure) {
            return try matchStrictly(
                line, payloadCount: payloadCount, sender: sender, service: service, version: version)
        } catch {
            if !isStrict, ![.forbiddenByte, .invalidUTF8, .tooManyParameters].contains(error.kind) {
                let found = deviantReadings(
                    line, payloadCount: payloadCount, sender: sender, service: service, version: version)
                if let first = found.first { return first }
            }
            throw error
        }
    }

    /// The readings of a line by known deviations of programs, the preferred one first.
    ///
    /// First come the forms of the context with other spellings, then deviations of forms in the order of the grammar,
    /// and finally both together.
    func deviantReadings(
        _ line: [UInt8], payloadCount: Int?, sender: Sender, service: String, version: Int
    ) -> [MatchedLine] {
        let name = String(decoding: line.prefix { $0 != 0x20 }, as: UTF8.self)
        guard let command = grammar.command(named: name), !command.isNamedOnly else { return [] }
        let words = Self.words(line, keepsEmpty: command.keepsEmptyWords)
        func read(_ form: Form, isTolerant: Bool) -> MatchedLine? {
            try? self.read(line, words, as: form, payloadCount: payloadCount, version: version, isTolerant: isTolerant)
        }
        var result = grammar.forms(of: command, sender: sender, service: service, version: version)
            .compactMap { read($0, isTolerant: true) }
            .filter { !$0.deviations.isEmpty }
        let deviant = grammar.deviantForms(of: command, sender: sender, service: service, version: version)
        for isTolerant in [false, true] {
            for (deviation, form) in deviant {
                guard var found = read(form, isTolerant: isTolerant) else { continue }
                // Readings without another spelling are already in the result.
                if isTolerant, found.deviations.isEmpty { continue }
                found.deviations.insert(deviation.deviation, at: 0)
                result.append(found)
            }
        }
        return result
    }

    private func matchStrictly(
        _ line: [UInt8], payloadCount: Int?, sender: Sender, service: String, version: Int
    ) throws(MatchFailure) -> MatchedLine {
        for byte in line where byte < 0x20 || byte == 0x7F {
            throw MatchFailure(.forbiddenByte, reason: "the line contains a control character")
        }
        if String(validating: line, as: UTF8.self) == nil {
            throw MatchFailure(.invalidUTF8, reason: "the line is not UTF-8")
        }
        let name = String(decoding: line.prefix { $0 != 0x20 }, as: UTF8.self)
        guard let command = grammar.command(named: name), !command.isNamedOnly else {
            throw MatchFailure(.unknownCommand, reason: "no command is named '\(name)'")
        }
        var words = Self.words(line, keepsEmpty: true)
        if words.contains([]), !command.keepsEmptyWords { words = Self.words(line, keepsEmpty: false) }
        if words.count - 1 > grammar.limits.parameters, !grammar.hasRest(command) {
            throw MatchFailure(
                .tooManyParameters, reason: "more than \(grammar.limits.parameters) words after the command word")
        }
        let context = SelectorMemory.Context(command: name, sender: sender, service: service, version: version)
        let selector = selectors.selector(context) {
            let forms = grammar.forms(of: command, sender: sender, service: service, version: version)
            return forms.isEmpty ? nil : FormSelector(forms, version: version, grammar: grammar)
        }
        guard let selector else {
            throw MatchFailure(
                .notInVersion,
                reason:
                    "a \(sender.rawValue) has no '\(name)' on \(service) in \(grammar.describe(VersionSet([version])))")
        }
        guard let choice = selector.choices.first(where: { $0.tests.allSatisfy { Self.passes($0, words) } }) else {
            throw MatchFailure(.noMatchingForm, reason: "the line matches no form")
        }
        return try read(line, words, as: choice.form, payloadCount: payloadCount, version: version, isTolerant: false)
    }

    static func words(_ line: [UInt8], keepsEmpty: Bool) -> [[UInt8]] {
        line.split(separator: 0x20, omittingEmptySubsequences: !keepsEmpty).map(Array.init)
    }

    static func passes(_ test: FormSelector.Test, _ words: [[UInt8]]) -> Bool {
        func word(_ index: Int) -> [UInt8]? { index + 1 < words.count ? words[index + 1] : nil }
        switch test {
        case .word(let index, let texts):
            return word(index).map { word in texts.contains { Array($0.utf8) == word } } ?? false
        case .wordHasPrefix(let index, let prefix): return word(index)?.starts(with: prefix.utf8) ?? false
        case .wordIsNumber(let index):
            guard let word = word(index), let first = word.first else { return false }
            let digits = first == 0x2D ? word[1...] : word[...]
            return !digits.isEmpty && digits.allSatisfy(\.isDigit)
        case .wordIsGUID(let index, let braces):
            return word(index).map { ValueParser.isGUID($0, braces: braces) } ?? false
        case .atLeast(let count): return words.count - 1 >= count
        case .atMost(let count): return words.count - 1 <= count
        }
    }

    private func read(
        _ line: [UInt8], _ words: [[UInt8]], as form: Form, payloadCount: Int?, version: Int, isTolerant: Bool
    ) throws(MatchFailure) -> MatchedLine {
        var result = MatchedLine(form: form, transaction: nil, values: [], roles: [.command])
        var cursor = 1
        try readTransaction(words, form: form, cursor: &cursor, into: &result)
        result.roles += Array(repeating: .transaction, count: cursor - 1)
        let parameters = form.parameters(in: version)
        let lengthPlace = form.lengthPlace(in: version)
        let parser = ValueParser(grammar: grammar, version: version)
        for (index, parameter) in parameters.enumerated() {
            // Failures name a literal by its word, not by its name for patches.
            let name = parameter.literal ?? parameter.name
            if index == lengthPlace {
                try readLength(words, form: form, cursor: &cursor, payloadCount: payloadCount)
                result.roles.append(.length)
            }
            let lengthWords = lengthPlace.map { $0 > index } == true ? 1 : 0
            let behind = parameters.dropFirst(index + 1).reduce(lengthWords) { $0 + $1.leastWords }
            func remaining() -> Int { words.count - cursor }
            if let condition = parameter.condition, !holds(condition, result, form: form) { continue }
            if parameter.isOptional, !isThere(parameter, words, cursor, behind: behind) {
                if let absent = parameter.absent { result.values.append((name, .one([absent]))) }
                continue
            }
            if case .words(let minimum) = parameter.repetition {
                guard remaining() >= minimum + lengthWords else {
                    throw MatchFailure(.missingParameter, form: form.name, parameter: name, reason: "is missing")
                }
                var items: [MatchedLine.Value] = []
                while remaining() > lengthWords {
                    items.append(.one(try value(words[cursor], parameter, parser, isTolerant, &result)))
                    cursor += 1
                    result.roles.append(.parameter(name))
                }
                result.values.append((name, .list(items)))
                continue
            }
            guard remaining() > 0 else {
                throw MatchFailure(.missingParameter, form: form.name, parameter: name, reason: "is missing")
            }
            var word = words[cursor]
            cursor += 1
            if parameter.isRest(in: grammar) {
                word = Self.rest(of: line, behind: cursor - 1)
                cursor = words.count
            }
            result.roles.append(parameter.literal == nil ? .parameter(name) : .literal)
            if let literal = parameter.literal {
                guard word == Array(literal.utf8) else {
                    throw MatchFailure(
                        .invalidValue, form: form.name, parameter: name, reason: "was expected")
                }
                continue
            }
            if !parameter.prefix.isEmpty {
                guard word.starts(with: parameter.prefix.utf8) else {
                    throw MatchFailure(
                        .invalidValue, form: form.name, parameter: name,
                        reason: "does not start with '\(parameter.prefix)'")
                }
                word.removeFirst(parameter.prefix.utf8.count)
            }
            if case .separated(let separator) = parameter.repetition {
                let byte = separator.utf8.first ?? 0x2C
                var items: [MatchedLine.Value] = []
                for item in word.split(separator: byte, omittingEmptySubsequences: false) {
                    items.append(.one(try value(Array(item), parameter, parser, isTolerant, &result)))
                }
                result.values.append((name, .list(items)))
            } else {
                let value = try value(word, parameter, parser, isTolerant, &result)
                result.values.append((name, .one(value)))
            }
        }
        if lengthPlace == parameters.count {
            try readLength(words, form: form, cursor: &cursor, payloadCount: payloadCount)
            result.roles.append(.length)
        }
        if cursor < words.count {
            throw MatchFailure(.extraParameter, form: form.name, reason: "the line continues after its last parameter")
        }
        try checkHeaderLength(of: result, payloadCount: payloadCount ?? 0)
        return result
    }

    private func readTransaction(
        _ words: [[UInt8]], form: Form, cursor: inout Int, into result: inout MatchedLine
    ) throws(MatchFailure) {
        let word = cursor < words.count ? words[cursor] : nil
        let isNumber = word.map { !$0.isEmpty && $0.allSatisfy(\.isDigit) && $0.count <= 10 } ?? false
        let number = isNumber ? word.flatMap { UInt32(String(decoding: $0, as: UTF8.self)) } : nil
        switch form.transaction {
        case .absent: return
        case .optional where word == nil: return
        case .required, .zero, .optional:
            guard let word else {
                throw MatchFailure(.missingTransactionID, form: form.name, reason: "the line has no transaction ID")
            }
            guard let number, form.transaction != .zero || number == 0 else {
                throw MatchFailure(.invalidTransactionID, form: form.name, reason: "this is not a transaction ID")
            }
            result.transaction = String(decoding: word, as: UTF8.self)
            cursor += 1
        }
    }

    /// Whether the next word is an optional parameter.
    private func isThere(_ parameter: Parameter, _ words: [[UInt8]], _ cursor: Int, behind: Int) -> Bool {
        guard words.count - cursor > behind else { return false }
        if !parameter.prefix.isEmpty, !words[cursor].starts(with: parameter.prefix.utf8) { return false }
        if let literal = parameter.literal { return words[cursor] == Array(literal.utf8) }
        return true
    }

    private func value(
        _ word: [UInt8], _ parameter: Parameter, _ parser: ValueParser, _ isTolerant: Bool, _ line: inout MatchedLine
    ) throws(MatchFailure) -> [String] {
        guard let name = parameter.typeName, let type = grammar.type(named: name) else { return [] }
        do throws(ValueParser.Failure) {
            return try parser.parse(word, type: type, parameter: parameter)
        } catch {
            guard case .reason(let reason) = error else { return [] }
            if isTolerant, let spelled = parser.respelled(word, type: type, parameter: parameter),
                let readings = try? parser.parse(spelled.word, type: type, parameter: parameter)
            {
                line.deviations += spelled.deviations
                return readings
            }
            throw MatchFailure(.invalidValue, form: line.form.name, parameter: parameter.name, reason: reason)
        }
    }

    /// Whether an earlier parameter has the value that a condition requires.
    /// The answers that the values of a request allow.
    public func answers(to line: MatchedLine) -> [Answer] {
        line.form.answers.filter { answer in
            guard let condition = answer.condition else { return true }
            return condition.values.contains { value in
                let wanted = Parameter.Condition(
                    parameter: condition.parameter.name, value: value.name, location: value.location)
                return holds(wanted, line, form: line.form)
            }
        }
    }

    private func holds(_ condition: Parameter.Condition, _ line: MatchedLine, form: Form) -> Bool {
        guard let value = line.values.last(where: { $0.name == condition.parameter })?.value,
            case .one(let readings) = value, let wire = readings.first
        else { return false }
        let parameter = form.parameters.first { $0.name == condition.parameter }
        if let name = parameter?.typeName, let type = grammar.type(named: name), case .flags(let bits, _) = type.kind,
            let bit = bits.first(where: { $0.name == condition.value }).flatMap({ UInt32($0.wire) }),
            let number = UInt32(wire)
        {
            return number & bit != 0
        }
        return readings.contains(condition.value)
    }
}

/// The selectors of a grammar, each made on first use.
private final class SelectorMemory: Sendable {
    struct Context: Hashable {
        var command: String
        var sender: Sender
        var service: String
        var version: Int
    }

    /// `nil` for a context without forms.
    private let selectors = Mutex<[Context: FormSelector?]>([:])

    func selector(_ context: Context, _ make: () -> FormSelector?) -> FormSelector? {
        if let found = selectors.withLock({ $0[context] }) { return found }
        let selector = make()
        selectors.withLock { $0[context] = .some(selector) }
        return selector
    }
}

/// A line read by `LineMatcher`.
public struct MatchedLine: Sendable {
    public indirect enum Value: Sendable {
        /// The wire spelling first, then other readings (decoded, by name).
        case one([String])
        case list([Value])
    }

    /// What a word of a line is.
    public enum WordRole: Sendable, Hashable {
        case command, transaction, literal, length
        /// A value of the parameter with this name; all that is left of the line if its type is the rest.
        case parameter(String)
    }

    public var form: Form
    public var transaction: String?
    public var values: [(name: String, value: Value)]
    /// What each word is, in the order of the line.
    public internal(set) var roles: [WordRole] = []
    /// The known deviations that the line was read by; empty for a correct line.
    public var deviations: [Deviation] = []
}

/// Why a line was refused.
public struct MatchFailure: Error, Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case missingParameter, extraParameter, invalidValue, noMatchingForm, unknownCommand, notInVersion
        case missingTransactionID, invalidTransactionID, forbiddenByte, invalidUTF8, tooManyParameters
        case wrongPayloadLength
    }

    public var kind: Kind
    public var form: String?
    public var parameter: String?
    /// What is wrong: a predicate of the parameter, such as "is missing", or a sentence if there is none.
    public var reason: String

    /// The reason in words, with the parameter.
    public var sentence: String { parameter.map { "'\($0)' \(reason)" } ?? reason }

    init(_ kind: Kind, form: String? = nil, parameter: String? = nil, reason: String) {
        self.kind = kind
        self.form = form
        self.parameter = parameter
        self.reason = reason
    }
}
