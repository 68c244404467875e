/// Parses one word as a value of a type in one version.
struct ValueParser {
    let grammar: Grammar
    let version: Int

    /// The spellings of a value that an example may state: as on the wire, decoded, by name.
    typealias Readings = [String]

    enum Failure: Error {
        case reason(String)
    }

    func accepts(_ word: String, type: ValueType) -> Bool {
        (try? parse(Array(word.utf8), type: type, parameter: nil)) != nil
    }

    func parse(_ word: [UInt8], type: ValueType, parameter: Parameter?) throws(Failure) -> Readings {
        guard let text = String(validating: word, as: UTF8.self) else { throw .reason("is not UTF-8") }
        if word.isEmpty {
            if parameter?.allowsEmpty == true { return [""] }
            throw .reason("is empty")
        }
        switch type.kind {
        case .token(let limit, let shapes):
            if word.count > limit { throw .reason("is longer than \(limit) bytes") }
            if !shapes.isEmpty, !shapes.contains(where: { $0.accepts(text, in: version) }) {
                throw .reason("does not have the shape of \(type.name)")
            }
            return [text]
        case .text(let limit):
            if word.count > limit { throw .reason("is longer than \(limit) bytes") }
            return [text, try Self.percentDecoded(word)]
        case .integer(let minimum, let maximum):
            guard let number = Self.integer(word) else { throw .reason("is not a number") }
            let range = (parameter?.minimum ?? minimum, parameter?.maximum ?? maximum)
            if number < range.0 || number > range.1 {
                throw .reason("is not in \(range.0) to \(range.1)")
            }
            return [text]
        case .boolean(let falseWord, let trueWord):
            if text == falseWord { return [text, "false"] }
            if text == trueWord { return [text, "true"] }
            throw .reason("is neither '\(falseWord)' nor '\(trueWord)'")
        case .guid(let braces):
            if !Self.isGUID(word, braces: braces) { throw .reason("is not a GUID\(braces ? " in braces" : "")") }
            return [text]
        case .enumeration(let values, let isOpen):
            if let value = values.first(where: { $0.wire == text }) {
                if value.versions.contains(version) { return [text, value.name] }
                if !isOpen { throw .reason("is '\(text)', which does not exist in this version") }
            }
            if isOpen { return [text] }
            let known = values.filter { $0.versions.contains(version) }.map(\.wire).joined(separator: ", ")
            throw .reason("is not one of \(known)")
        case .flags:
            guard let number = Self.integer(word), number >= 0, number <= Int(UInt32.max) else {
                throw .reason("is not a number from 0 to 4294967295")
            }
            return [text]
        case .rest(let limit):
            if word.count > limit { throw .reason("is longer than \(limit) bytes") }
            return [text]
        case .composite(let parts):
            for piece in try pieces(of: word, parts) { try parse(piece.value, of: piece.part) }
            return [text]
        }
    }

    /// The present parts of a composite word.
    func pieces(
        of word: [UInt8], _ parts: [CompositePart]
    ) throws(Failure) -> [(part: CompositePart, value: [UInt8])] {
        var result: [(part: CompositePart, value: [UInt8])] = []
        var rest = word[...]
        // The mark of a part ends the preceding part even in a version that lacks the part.
        if let first = parts.first, !first.before.isEmpty {
            let digits = rest.prefix(while: \.isDigit)
            let isThere = !digits.isEmpty && rest[digits.endIndex...].starts(with: first.before.utf8)
            let isKnown = first.versions.contains(version)
            if isThere, !isKnown { throw .reason("has the part '\(first.name)', which this version lacks") }
            if isThere {
                result.append((first, Array(digits)))
                rest = rest[(digits.endIndex + first.before.utf8.count)...]
            } else if isKnown, !first.isOptional {
                throw .reason("lacks the part '\(first.name)' with '\(first.before)'")
            }
        }
        for (index, part) in parts.enumerated() where part.versions.contains(version) && part.before.isEmpty {
            let after = Array(part.after.utf8)
            if !rest.starts(with: after) || (index > 0 && rest.isEmpty && !after.isEmpty) {
                if part.isOptional { continue }
                throw .reason("lacks the part '\(part.name)'")
            }
            rest = rest.dropFirst(after.count)
            var end = rest.endIndex
            for next in parts.dropFirst(index + 1) {
                if let place = Self.find(Array(next.after.utf8), in: rest) { end = min(end, place) }
            }
            result.append((part, Array(rest[..<end])))
            rest = rest[end...]
        }
        if !rest.isEmpty { throw .reason("continues after its last part in this version") }
        return result
    }

    private func parse(_ bytes: [UInt8], of part: CompositePart) throws(Failure) {
        guard let type = grammar.type(named: part.type) else { throw .reason("has a part of an unknown type") }
        do throws(Failure) {
            _ = try parse(bytes, type: type, parameter: nil)
        } catch {
            if case .reason(let reason) = error { throw .reason("has the part '\(part.name)', which \(reason)") }
            throw error
        }
    }

    private static func find(_ needle: [UInt8], in hay: ArraySlice<UInt8>) -> Int? {
        guard !needle.isEmpty else { return nil }
        return hay.indices.first { hay[$0...].starts(with: needle) }
    }

    /// A decimal number in canonical spelling, without a plus sign or leading zeros.
    static func integer(_ word: [UInt8]) -> Int? {
        guard let text = String(validating: word, as: UTF8.self), let number = Int(text), String(number) == text
        else { return nil }
        return number
    }

    static func isGUID(_ word: [UInt8], braces: Bool) -> Bool {
        var bytes = word[...]
        if braces {
            guard bytes.first == 0x7B, bytes.last == 0x7D else { return false }
            bytes = bytes.dropFirst().dropLast()
        }
        guard bytes.count == 36 else { return false }
        return zip(0..., bytes).allSatisfy { place, byte in
            [8, 13, 18, 23].contains(place) ? byte == 0x2D : byte.isHexadecimalDigit
        }
    }

    static func percentDecoded(_ word: [UInt8]) throws(Failure) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < word.count {
            if word[index] == 0x25 {
                guard index + 2 < word.count, let high = hexadecimal(word[index + 1]),
                    let low = hexadecimal(word[index + 2])
                else { throw .reason("has a '%' without two hexadecimal digits") }
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(word[index])
                index += 1
            }
        }
        guard let text = String(validating: result, as: UTF8.self) else {
            throw .reason("is not UTF-8 after percent-decoding")
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        guard byte.isHexadecimalDigit else { return nil }
        return byte.isDigit ? byte - 0x30 : (byte | 0x20) - 0x57
    }
}

extension Grammar {
    /// The present parts of a composite word in a version; empty if the word is invalid.
    public func pieces(of word: String, _ parts: [CompositePart], in version: Int) -> [(
        part: CompositePart, word: String
    )] {
        let pieces = try? ValueParser(grammar: self, version: version).pieces(of: Array(word.utf8), parts)
        return (pieces ?? []).map { ($0.part, String(decoding: $0.value, as: UTF8.self)) }
    }
}
