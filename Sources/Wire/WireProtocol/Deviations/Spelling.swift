/// Another spelling of the values of a type, which some programs use.
public struct SpellingDeviation: Sendable {
    /// The kinds of spellings.
    public enum Kind: Sendable {
        /// A GUID without its braces.
        case bare
        /// Zeros in front of a number.
        case leadingZeros
        /// A fraction behind a whole number.
        case fraction
        /// A `%` that starts no escape.
        case strayPercent
        /// A word in other letter case.
        case letterCase
    }

    let kind: Kind
    let versions: VersionSet
    let rule: DeviationRule

    /// Creates a spelling of some versions; of all where none are given.
    public init(
        _ kind: Kind, in ranges: ClosedRange<UInt8>..., by programs: [PeerProgram], about: StaticString
    ) {
        self.kind = kind
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
        rule = DeviationRule(programs, about)
    }
}

/// A value in the spelling that its type has, and where in it the programs spell it otherwise.
struct Respelling {
    var bytes: [UInt8] = []
    var found: [(rule: DeviationRule, offset: Int)] = []
}

extension ValueTable {
    /// The value as the type spells it, if known spellings of programs are all that is wrong with it.
    func respelled(_ bytes: Span<UInt8>, in version: ProtocolVersion?, range: ClosedRange<Int64>? = nil) -> Respelling?
    {
        var result = Respelling()
        if case .composite(let parts, let partsMayBeEmpty) = kind {
            guard let whole = Self.respelled(bytes, parts, partsMayBeEmpty: partsMayBeEmpty, in: version) else {
                return nil
            }
            result = whole
        } else {
            for index in bytes.indices { result.bytes.append(bytes[index]) }
        }
        for spelling in spellings where spelling.versions.has(version) {
            guard let spelled = spelling.respelled(result.bytes, self, in: version) else { continue }
            result.bytes = spelled
            result.found.append((spelling.rule, 0))
        }
        guard !result.found.isEmpty, !result.bytes.isEmpty, result.bytes.count <= limit else { return nil }
        let failure =
            if let range {
                Self.failure(of: result.bytes.span, in: range)
            } else {
                failure(of: result.bytes.span, in: version)
            }
        return failure == nil ? result : nil
    }

    private static func respelled(
        _ bytes: Span<UInt8>, _ parts: [CompositePart], partsMayBeEmpty: Bool, in version: ProtocolVersion?
    ) -> Respelling? {
        var reader = CompositeReader(parts)
        var result = Respelling()
        for part in parts {
            guard part.versions.has(version) else {
                reader.skip()
                continue
            }
            guard let range = reader.next(in: bytes) else {
                if part.isOptional { continue }
                return nil
            }
            part.mark.withUTF8Buffer { result.bytes += $0 }
            let value = bytes.extracting(range)
            if let spelled = part.type.respelled(value, in: version) {
                result.bytes += spelled.bytes
                result.found += spelled.found.map { ($0.rule, $0.offset &+ range.lowerBound) }
            } else {
                for index in value.indices { result.bytes.append(value[index]) }
            }
            part.endMark.withUTF8Buffer { result.bytes += $0 }
        }
        return reader.position == bytes.count ? result : nil
    }
}

extension SpellingDeviation {
    /// The word in the spelling of the type; `nil` if it is not spelled in this other way.
    fileprivate func respelled(_ word: [UInt8], _ type: ValueTable, in version: ProtocolVersion?) -> [UInt8]? {
        switch kind {
        case .bare:
            return isGUID(word.span, braces: false) ? [UInt8(ascii: "{")] + word + [UInt8(ascii: "}")] : nil
        case .leadingZeros:
            let zeros = word.prefix { $0 == 0x30 }.count
            guard zeros > 0, word.count > 1, Self.areDigits(word[...]) else { return nil }
            return Array(word[min(zeros, word.count &- 1)...])
        case .fraction:
            guard let point = word.firstIndex(of: UInt8(ascii: ".")), Self.areDigits(word[..<point]),
                Self.areDigits(word[(point + 1)...])
            else { return nil }
            return Array(word[..<point])
        case .strayPercent: return Self.escaped(word)
        case .letterCase:
            let right = Self.words(of: type, in: version).first { Self.fold($0) == Self.fold(word) }
            return right == word ? nil : right
        }
    }

    private static func areDigits(_ word: ArraySlice<UInt8>) -> Bool {
        !word.isEmpty && word.allSatisfy { $0 &- 0x30 <= 9 }
    }

    /// The word with each `%` that starts no escape as `%25`.
    private static func escaped(_ word: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        for (index, byte) in word.enumerated() {
            result.append(byte)
            guard byte == UInt8(ascii: "%") else { continue }
            let isEscape =
                index + 2 < word.count && hexadecimalValue(word[index + 1]) != nil
                && hexadecimalValue(word[index + 2]) != nil
            if !isEscape { result += [UInt8(ascii: "2"), UInt8(ascii: "5")] }
        }
        return result.count > word.count ? result : nil
    }

    private static func words(of type: ValueTable, in version: ProtocolVersion?) -> [[UInt8]] {
        switch type.kind {
        case .enumeration(let values, _):
            values.filter { $0.versions.has(version) }.map { Array("\($0.word)".utf8) }
        case .boolean(let falseWord, let trueWord): [Array("\(falseWord)".utf8), Array("\(trueWord)".utf8)]
        default: []
        }
    }

    private static func fold(_ word: [UInt8]) -> [UInt8] {
        word.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    }
}
