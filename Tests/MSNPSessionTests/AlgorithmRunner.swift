import Crypto
import Foundation
import ProtocolGrammar

@testable import MSNPSession

/// Runs the steps of an algorithm as the grammar states them.
struct AlgorithmRunner {
    /// A step that cannot be run: an operand is missing or of another kind, or a number has no 64 bits.
    struct Failure: Error {
        var step: String
        var reason: String
    }

    let grammar: Grammar
    /// The inputs, the constants and all results so far.
    private(set) var values: [String: AlgorithmValue]
    private let received: [String: AlgorithmValue]
    private var step = ""

    /// The inputs, constants and results of an algorithm.
    ///
    /// - Parameter received: what each exchange received, by name.
    static func run(
        _ algorithm: Algorithm, inputs: [String: AlgorithmValue], received: [String: AlgorithmValue] = [:],
        in grammar: Grammar
    ) throws(Failure) -> [String: AlgorithmValue] {
        var runner = AlgorithmRunner(grammar: grammar, values: inputs, received: received)
        for constant in algorithm.constants { runner.values[constant.name] = constant.value }
        for step in algorithm.steps { try runner.run(step) }
        return runner.values
    }

    private mutating func run(_ step: Algorithm.Step) throws(Failure) {
        self.step = step.name
        switch step.operation {
        case .exchange(let exchange):
            for operand in [exchange.address].compactMap(\.self) + exchange.sends.map(\.operand) {
                _ = try text([value(operand)])
            }
            for part in exchange.receives {
                guard let value = received[part.name] else { throw failure("'\(part.name)' was not received") }
                values[part.name] = value
            }
        case .forEach(let loop): try run(loop, over: try numbers(of: step), named: step.name)
        default: values[step.name] = try result(of: step)
        }
    }

    private mutating func run(
        _ loop: AlgorithmOperation.Loop, over list: [UInt64], named name: String
    ) throws(Failure) {
        let outer = values
        var rounds: [[String: AlgorithmValue]] = []
        for kept in loop.keeps { values[kept.name] = try value(kept.start) }
        for start in stride(from: 0, to: list.count, by: loop.takes.count) {
            for (offset, taken) in loop.takes.enumerated() { values[taken.name] = .number(list[start + offset]) }
            for step in loop.steps { try run(step) }
            rounds.append(values.filter { entry in loop.steps.contains { $0.name == entry.key } })
            let next = try loop.keeps.map { kept throws(Failure) in (kept.name, try value(kept.next)) }
            for (name, value) in next { values[name] = value }
        }
        let kept = values.filter { entry in loop.keeps.contains { $0.name == entry.key } }
        values = outer.merging(kept) { $1 }
        values[name] = .rounds(rounds)
    }

    // MARK: - Operations

    private func result(of step: Algorithm.Step) throws(Failure) -> AlgorithmValue {
        let operands = try step.operands.map { operand throws(Failure) in try value(operand) }
        switch step.operation {
        case .md5: return .bytes(Array(Insecure.MD5.hash(data: try bytes(operands))))
        case .sha1: return .bytes(Array(Insecure.SHA1.hash(data: try bytes(operands))))
        case .hmacSHA1(let key):
            let key = SymmetricKey(data: try bytes([value(key)]))
            return .bytes(Array(HMAC<Insecure.SHA1>.authenticationCode(for: try bytes(operands), using: key)))
        case .tripleDES(let key, let initialization):
            let cipher = TripleDES.encrypt(
                try bytes(operands), key: try bytes([value(key)]), initialization: try bytes([value(initialization)]))
            guard let cipher else { throw failure("a size is wrong") }
            return .bytes(cipher)
        case .base64: return .text(Data(try bytes(operands)).base64EncodedString())
        case .fromBase64:
            guard let data = Data(base64Encoded: try text(operands)) else { throw failure("not base64") }
            return .bytes(Array(data))
        case .hexadecimal: return .text(AlgorithmValue.bytes(try bytes(operands)).description)
        case .concatenate: return isText(operands) ? .text(try text(operands)) : .bytes(try bytes(operands))
        case .fill(let mark, let multiple):
            var filled = try bytes(operands)
            while !filled.count.isMultiple(of: multiple) { filled += Array(mark.utf8) }
            return isText(operands) ? .text(String(decoding: filled, as: UTF8.self)) : .bytes(filled)
        case .take(let first, let count):
            let part = Array(try bytes(operands).dropFirst(first).prefix(count))
            return isText(operands) ? .text(String(decoding: part, as: UTF8.self)) : .bytes(part)
        case .numbers(let layout): return .numbers(Self.numbers(in: try bytes(operands), layout))
        case .bytes(let layout):
            return .bytes(try numbers(operands).flatMap { Self.bytes(of: $0, layout) })
        case .item(let index):
            let list = try numbers(operands)
            guard list.indices.contains(index) else { throw failure("no number \(index)") }
            return .number(list[index])
        case .list: return .numbers(try numbers(operands))
        case .add(let modulo): return try calculate(operands, modulo) { $0.addingReportingOverflow($1) }
        case .multiply(let modulo): return try calculate(operands, modulo) { $0.multipliedReportingOverflow(by: $1) }
        case .and: return try combine(operands, &)
        case .xor: return try combine(operands, ^)
        case .decimal: return .text(try numbers(operands).map { String($0) }.joined())
        case .percentEncode: return .text(Self.percentCoded(try text(operands)))
        case .percentDecode:
            guard let plain = try text(operands).removingPercentEncoding else { throw failure("not percent-coded") }
            return .text(plain)
        case .replace(let old, let new): return .text(try text(operands).replacing(old, with: new))
        case .field(let name, let separator, let quote):
            let fields = try text(operands).components(separatedBy: separator)
            guard let field = fields.first(where: { $0.hasPrefix(name + "=") }) else { throw failure("no \(name)") }
            return .text(field.dropFirst(name.count + 1).trimmingCharacters(in: .init(charactersIn: quote)))
        case .guid: return .text(Self.guid(try bytes(operands)))
        case .guidBytes:
            let digits = try text(operands).filter(\.isHexDigit)
            guard let number = AlgorithmRunner.bytes(hexadecimal: digits), number.count == 16 else {
                throw failure("no GUID")
            }
            return .bytes(Self.swapped(number))
        case .algorithm(let reference, let arguments):
            guard let other = grammar.algorithms[reference.name], let output = other.outputs.first else {
                throw failure("no algorithm \(reference.name)")
            }
            var inputs: [String: AlgorithmValue] = [:]
            for argument in arguments { inputs[argument.input.name] = try value(argument.operand) }
            guard let result = try Self.run(other, inputs: inputs, in: grammar)[output.name] else {
                throw failure("no \(output.name)")
            }
            return result
        case .exchange, .forEach: throw failure("not one result")
        }
    }

    private func calculate(
        _ operands: [AlgorithmValue], _ modulo: ProtocolGrammar.Reference?,
        _ operation: (UInt64, UInt64) -> (partialValue: UInt64, overflow: Bool)
    ) throws(Failure) -> AlgorithmValue {
        let numbers = try numbers(operands)
        let modulus = try modulo.map { name throws(Failure) in try self.numbers([value(name)])[0] }
        var result = numbers[0]
        for number in numbers.dropFirst() {
            let (next, overflows) = operation(result, number)
            if overflows { throw failure("more than 64 bits") }
            result = modulus.map { next % $0 } ?? next
        }
        return .number(result)
    }

    private func combine(
        _ operands: [AlgorithmValue], _ operation: (UInt64, UInt64) -> UInt64
    ) throws(Failure) -> AlgorithmValue {
        switch (operands[0], operands[1]) {
        case (.number(let left), .number(let right)): return .number(operation(left, right))
        case (.numbers(let left), .number(let right)), (.number(let right), .numbers(let left)):
            return .numbers(left.map { operation($0, right) })
        case (.numbers(let left), .numbers(let right)) where left.count == right.count:
            return .numbers(zip(left, right).map(operation))
        default: throw failure("no numbers, or lists of different lengths")
        }
    }

    // MARK: - Operands

    private func failure(_ reason: String) -> Failure { Failure(step: step, reason: reason) }

    private func value(_ reference: ProtocolGrammar.Reference) throws(Failure) -> AlgorithmValue {
        guard let value = values[reference.name] else { throw failure("no '\(reference.name)'") }
        return value
    }

    private func numbers(of step: Algorithm.Step) throws(Failure) -> [UInt64] {
        try numbers(try step.operands.map { operand throws(Failure) in try value(operand) })
    }

    private func isText(_ values: [AlgorithmValue]) -> Bool { values.allSatisfy { $0.type.kind == .text } }

    private func bytes(_ values: [AlgorithmValue]) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        for value in values {
            switch value {
            case .text(let text): result += Array(text.utf8)
            case .bytes(let bytes): result += bytes
            default: throw failure("neither text nor bytes")
            }
        }
        return result
    }

    private func text(_ values: [AlgorithmValue]) throws(Failure) -> String {
        guard isText(values) else { throw failure("not text") }
        return values.map(\.description).joined()
    }

    private func numbers(_ values: [AlgorithmValue]) throws(Failure) -> [UInt64] {
        var result: [UInt64] = []
        for value in values {
            switch value {
            case .number(let number): result.append(number)
            case .numbers(let numbers): result += numbers
            default: throw failure("no number")
            }
        }
        return result
    }

    // MARK: - Formats

    private static func numbers(in bytes: [UInt8], _ layout: AlgorithmOperation.Layout) -> [UInt64] {
        stride(from: 0, to: bytes.count, by: layout.width).map { start in
            let part = bytes[start..<min(bytes.count, start + layout.width)]
            let ordered = layout.isBigEndian ? Array(part) : part.reversed()
            return ordered.reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private static func bytes(of number: UInt64, _ layout: AlgorithmOperation.Layout) -> [UInt8] {
        let little = (0..<layout.width).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        return layout.isBigEndian ? little.reversed() : little
    }

    private static func percentCoded(_ text: String) -> String {
        let kept = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
        return text.addingPercentEncoding(withAllowedCharacters: kept) ?? text
    }

    /// Bytes of which the first three parts of a GUID are reversed.
    private static func swapped(_ bytes: [UInt8]) -> [UInt8] {
        bytes[0..<4].reversed() + bytes[4..<6].reversed() + bytes[6..<8].reversed() + bytes[8...]
    }

    private static func guid(_ bytes: [UInt8]) -> String {
        let digits = AlgorithmValue.bytes(swapped(bytes)).description.uppercased()
        var text = "{"
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return text + "}"
    }

    private static func bytes(hexadecimal digits: String) -> [UInt8]? {
        let digits = Array(digits)
        guard digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 }
    }
}
