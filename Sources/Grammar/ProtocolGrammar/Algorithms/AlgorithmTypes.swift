import YAMLTree

/// The types of the values of an algorithm, as far as they could be found out.
public struct AlgorithmTypes: Sendable {
    /// The inputs, constants and results of steps by name; not what stands inside of loops.
    public fileprivate(set) var values: [String: AlgorithmType] = [:]
    /// The results that a vector can state, in the order of the steps.
    public fileprivate(set) var results: [String] = []
    /// The results of exchanges, which no computation gives.
    public fileprivate(set) var received: Set<String> = []
    /// The results of the steps in each loop, by the name of the loop.
    public fileprivate(set) var inner: [String: [(name: String, type: AlgorithmType)]] = [:]
}

extension Grammar {
    /// The types in an algorithm; results whose operands are wrong are missing.
    public func types(of algorithm: Algorithm) -> AlgorithmTypes {
        var resolver = AlgorithmTypeResolver(grammar: self, algorithm: algorithm)
        return resolver.resolve()
    }
}

/// Goes through the steps of an algorithm in order and says what is wrong with them.
struct AlgorithmTypeResolver {
    /// What is wrong, and where.
    struct Fault {
        var identifier: String
        var message: String
        var location: SourceLocation
        /// A name that is not known, and what it should name.
        var unknown: (name: String, among: Candidates)?
    }

    /// What a name stands for, for suggestions.
    enum Candidates {
        case values
        case algorithms
        case inputs(of: Algorithm)
    }

    let grammar: Grammar
    let algorithm: Algorithm
    private(set) var types = AlgorithmTypes()
    private(set) var faults: [Fault] = []
    /// What was an operand so far.
    private(set) var used: Set<String> = []
    private var scope: [String: AlgorithmType] = [:]

    init(grammar: Grammar, algorithm: Algorithm) {
        self.grammar = grammar
        self.algorithm = algorithm
    }

    mutating func resolve() -> AlgorithmTypes {
        for input in algorithm.inputs { scope[input.name] = input.type }
        for constant in algorithm.constants { scope[constant.name] = constant.value.type }
        for step in algorithm.steps { resolve(step) }
        types.values = scope
        return types
    }

    private mutating func resolve(_ step: Algorithm.Step) {
        let operands = operands(of: step)
        switch step.operation {
        case .exchange(let exchange):
            if let address = exchange.address { _ = type(of: address, [.text]) }
            for sent in exchange.sends { _ = type(of: sent.operand, [.text]) }
            for received in exchange.receives {
                define(received.name, AlgorithmType(.text))
                types.received.insert(received.name)
            }
        case .forEach(let loop): resolve(loop, of: step, over: operands?.first)
        default:
            if let operands, let result = result(of: step, operands) { define(step.name, result) }
        }
    }

    private mutating func define(_ name: String, _ type: AlgorithmType) {
        scope[name] = type
        types.results.append(name)
    }

    // MARK: - Operands

    /// The types of the operands of a step; nil if one is wrong.
    private mutating func operands(of step: Algorithm.Step) -> [AlgorithmType]? {
        let rule = step.operation.name.operands
        let operands = step.operands.map { type(of: $0, rule.kinds) }
        guard rule.count.contains(operands.count) else {
            let (least, most) = (rule.count.lowerBound, rule.count.upperBound)
            let wanted = least == most ? "\(least)" : "\(least) to \(most)"
            fault(
                "operand-count",
                "'\(step.operation.name.rawValue)' takes \(wanted) operands under 'of', not \(operands.count)",
                at: step.location)
            return nil
        }
        return operands.contains { $0 == nil } ? nil : operands.compactMap(\.self)
    }

    /// The type of a value that a step takes; nil if there is none of these kinds and this length.
    private mutating func type(
        of reference: Reference, _ kinds: [AlgorithmType.Kind], length: Int? = nil
    ) -> AlgorithmType? {
        used.insert(reference.name)
        guard let type = scope[reference.name] else {
            let later = algorithm.steps.contains { $0.results.contains(reference.name) }
            if later {
                fault(
                    "late-operand", "'\(reference.name)' is the result of a later step, or of one with an error",
                    at: reference.location)
            } else {
                faults.append(
                    Fault(
                        identifier: "unknown-operand",
                        message: "no input, constant or earlier step is named '\(reference.name)'",
                        location: reference.location, unknown: (reference.name, .values)))
            }
            return nil
        }
        guard kinds.contains(type.kind) else {
            let wanted = kinds.map(\.rawValue).joined(separator: " or ")
            fault(
                "operand-type", "'\(reference.name)' is \(type.description), but this takes \(wanted)",
                at: reference.location)
            return nil
        }
        if let length, let own = type.length, own != length {
            let wanted = AlgorithmType(type.kind, length: length).description
            fault(
                "operand-length",
                "'\(reference.name)' is \(type.description), but this takes \(wanted)",
                at: reference.location)
            return nil
        }
        return type
    }

    private mutating func fault(_ identifier: String, _ message: String, at location: SourceLocation) {
        faults.append(Fault(identifier: identifier, message: message, location: location, unknown: nil))
    }

    // MARK: - Results

    private mutating func result(of step: Algorithm.Step, _ operands: [AlgorithmType]) -> AlgorithmType? {
        let whole = Self.sum(operands.map(\.length))
        let isText = operands.allSatisfy { $0.kind == .text }
        switch step.operation {
        case .md5: return AlgorithmType(.bytes, length: 16)
        case .sha1: return AlgorithmType(.bytes, length: 20)
        case .hmacSHA1(let key): return type(of: key, [.bytes]).map { _ in AlgorithmType(.bytes, length: 20) }
        case .tripleDES(let key, let initialization):
            let key = type(of: key, [.bytes], length: 24)
            let start = type(of: initialization, [.bytes], length: 8)
            if let whole, !whole.isMultiple(of: 8) {
                fault("operand-length", "the operands have \(whole) bytes, not a multiple of 8", at: step.location)
                return nil
            }
            return key == nil || start == nil ? nil : AlgorithmType(.bytes, length: whole)
        case .base64: return AlgorithmType(.text, length: whole.map { ($0 + 2) / 3 * 4 })
        case .fromBase64, .guidBytes:
            return AlgorithmType(.bytes, length: step.operation.name == .guidBytes ? 16 : nil)
        case .hexadecimal: return AlgorithmType(.text, length: whole.map { $0 * 2 })
        case .concatenate: return AlgorithmType(isText ? .text : .bytes, length: whole)
        case .fill(let mark, let multiple):
            guard mark.utf8.count == 1 else {
                fault("operand-length", "'with' must be one ASCII character", at: step.location)
                return nil
            }
            return AlgorithmType(
                isText ? .text : .bytes, length: whole.map { ($0 + multiple - 1) / multiple * multiple })
        case .take(let first, let count):
            if let whole, whole < first + count {
                fault("operand-length", "the operand has only \(whole) bytes", at: step.location)
                return nil
            }
            return AlgorithmType(isText ? .text : .bytes, length: whole.map { _ in count })
        case .numbers(let layout):
            if let whole, !whole.isMultiple(of: layout.width) {
                fault(
                    "operand-length", "the operands have \(whole) bytes, not a multiple of \(layout.width)",
                    at: step.location)
                return nil
            }
            return AlgorithmType(.numbers, length: whole.map { $0 / layout.width })
        case .bytes(let layout):
            let count = Self.sum(operands.map { $0.kind == .number ? 1 : $0.length })
            return AlgorithmType(.bytes, length: count.map { $0 * layout.width })
        case .item(let index):
            if let count = operands.first?.length, index >= count {
                fault("operand-length", "the list has only \(count) numbers, counted from 0", at: step.location)
                return nil
            }
            return AlgorithmType(.number)
        case .list: return AlgorithmType(.numbers, length: operands.count)
        case .add(let modulo), .multiply(let modulo):
            if let modulo, type(of: modulo, [.number]) == nil { return nil }
            return AlgorithmType(.number)
        case .and, .xor:
            let lists = operands.filter { $0.kind == .numbers }
            let lengths = Set(lists.compactMap(\.length))
            guard lengths.count <= 1 else {
                fault("operand-length", "the two lists have different lengths", at: step.location)
                return nil
            }
            return lists.isEmpty ? AlgorithmType(.number) : AlgorithmType(.numbers, length: lengths.first)
        case .decimal, .percentEncode, .percentDecode, .replace, .field: return AlgorithmType(.text)
        case .guid:
            guard let length = operands.first?.length, length != 16 else { return AlgorithmType(.text, length: 38) }
            fault("operand-length", "a GUID has 16 bytes, not \(length)", at: step.location)
            return nil
        case .algorithm(let reference, let arguments): return use(reference, arguments, in: step)
        case .exchange, .forEach: return nil
        }
    }

    /// The sum of lengths that are known and not absurd.
    private static func sum(_ lengths: [Int?]) -> Int? {
        var sum = 0
        for length in lengths {
            guard let length, sum + length <= 1_000_000 else { return nil }
            sum += length
        }
        return sum
    }

    // MARK: - Other algorithms and loops

    private mutating func use(
        _ reference: Reference, _ arguments: [AlgorithmOperation.Argument], in step: Algorithm.Step
    ) -> AlgorithmType? {
        guard let other = grammar.algorithms[reference.name] else {
            faults.append(
                Fault(
                    identifier: "unknown-algorithm", message: "no algorithm is named '\(reference.name)'",
                    location: reference.location, unknown: (reference.name, .algorithms)))
            return nil
        }
        guard other.used.isEmpty, other.outputs.count == 1, let output = other.outputs.first else {
            fault(
                "nested-algorithm",
                "'\(reference.name)' cannot be a step: it uses other algorithms, or has not exactly one output",
                at: reference.location)
            return nil
        }
        for argument in arguments {
            if let input = other.inputs.first(where: { $0.name == argument.input.name }) {
                _ = type(of: argument.operand, [input.type.kind], length: input.type.length)
            } else {
                faults.append(
                    Fault(
                        identifier: "unknown-operand",
                        message: "'\(other.name)' has no input named '\(argument.input.name)'",
                        location: argument.input.location,
                        unknown: (argument.input.name, .inputs(of: other))))
            }
        }
        for input in other.inputs where !arguments.contains(where: { $0.input.name == input.name }) {
            fault("missing-value", "'\(other.name)' needs its input '\(input.name)'", at: step.location)
        }
        return grammar.types(of: other).values[output.name]
    }

    private mutating func resolve(_ loop: AlgorithmOperation.Loop, of step: Algorithm.Step, over list: AlgorithmType?) {
        let outer = scope
        for kept in loop.keeps where type(of: kept.start, [.number]) != nil {
            scope[kept.name] = AlgorithmType(.number)
        }
        for name in loop.takes { scope[name.name] = AlgorithmType(.number) }
        var inner: [(name: String, type: AlgorithmType)] = []
        for step in loop.steps {
            guard let operands = operands(of: step), let result = result(of: step, operands) else { continue }
            scope[step.name] = result
            inner.append((step.name, result))
        }
        for kept in loop.keeps { _ = type(of: kept.next, [.number]) }
        var rounds: Int?
        if loop.takes.isEmpty {
            fault("operand-count", "a loop takes at least one number of its list", at: step.location)
        } else if let count = list?.length, !count.isMultiple(of: loop.takes.count) {
            fault(
                "operand-length", "the list has \(count) numbers, not a multiple of \(loop.takes.count)",
                at: step.location)
        } else {
            rounds = list?.length.map { $0 / loop.takes.count }
        }
        scope = outer
        types.inner[step.name] = inner
        define(step.name, AlgorithmType(.rounds, length: rounds))
        for kept in loop.keeps { define(kept.name, AlgorithmType(.number)) }
    }
}

extension Algorithm {
    /// The algorithms that are steps of it.
    var used: [Reference] {
        steps.compactMap { step in
            if case .algorithm(let reference, _) = step.operation { reference } else { nil }
        }
    }
}

extension Algorithm.Step {
    /// The names of its results.
    var results: [String] {
        switch operation {
        case .exchange(let exchange): exchange.receives.map(\.name)
        case .forEach(let loop): [name] + loop.keeps.map(\.name)
        default: [name]
        }
    }
}
