/// A word that was brought into the spelling that its type has.
struct Respelling {
    var word: [UInt8]
    var deviations: [Deviation]
}

extension ValueParser {
    /// The word as its type spells it, if known deviations of spelling are all that is wrong with it.
    func respelled(_ word: [UInt8], type: ValueType, parameter: Parameter?) -> Respelling? {
        var result = Respelling(word: word, deviations: [])
        if case .composite(let parts) = type.kind {
            guard let whole = respelled(word, parts: parts) else { return nil }
            result = whole
        }
        for entry in type.deviations where entry.versions.contains(version) {
            guard let spelled = entry.spelling.respelled(result.word, kind: type.kind, version: version) else {
                continue
            }
            result.word = spelled
            result.deviations.append(entry.deviation)
        }
        guard !result.deviations.isEmpty, (try? parse(result.word, type: type, parameter: parameter)) != nil else {
            return nil
        }
        return result
    }

    private func respelled(_ word: [UInt8], parts: [CompositePart]) -> Respelling? {
        guard let pieces = try? pieces(of: word, parts) else { return nil }
        var result = Respelling(word: [], deviations: [])
        for (part, value) in pieces {
            guard let type = grammar.type(named: part.type) else { return nil }
            result.word += Array(part.after.utf8)
            if (try? parse(value, type: type, parameter: nil)) != nil {
                result.word += value
            } else if let spelled = respelled(value, type: type, parameter: nil) {
                result.word += spelled.word
                result.deviations += spelled.deviations
            } else {
                return nil
            }
            result.word += Array(part.before.utf8)
        }
        return result
    }
}

extension Spelling {
    /// The word in the spelling of the type; `nil` if it is not spelled in this other way.
    func respelled(_ word: [UInt8], kind: ValueType.Kind, version: Int) -> [UInt8]? {
        switch self {
        case .bare:
            return ValueParser.isGUID(word, braces: false) ? [0x7B] + word + [0x7D] : nil
        case .leadingZeros:
            let zeros = word.prefix { $0 == 0x30 }.count
            guard zeros > 0, word.count > 1, word.allSatisfy(\.isDigit) else { return nil }
            return Array(word[min(zeros, word.count - 1)...])
        case .fraction:
            guard let point = word.firstIndex(of: 0x2E), point > 0, point + 1 < word.count,
                word[..<point].allSatisfy(\.isDigit), word[(point + 1)...].allSatisfy(\.isDigit)
            else { return nil }
            return Array(word[..<point])
        case .strayPercent: return Self.escapingStrayPercents(word)
        case .letterCase: return Self.folded(word, kind: kind, version: version)
        }
    }

    private static func escapingStrayPercents(_ word: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        for (index, byte) in word.enumerated() {
            result.append(byte)
            let isEscape =
                index + 2 < word.count && word[index + 1].isHexadecimalDigit && word[index + 2].isHexadecimalDigit
            if byte == 0x25, !isEscape { result += [0x32, 0x35] }
        }
        return result.count > word.count ? result : nil
    }

    private static func folded(_ word: [UInt8], kind: ValueType.Kind, version: Int) -> [UInt8]? {
        let words: [String]
        switch kind {
        case .enumeration(let values, _): words = values.filter { $0.versions.contains(version) }.map(\.wire)
        case .boolean(let falseWord, let trueWord): words = [falseWord, trueWord]
        default: return nil
        }
        func lowered(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
        let found = words.first { $0.utf8.map(lowered) == word.map(lowered) }
        return found.flatMap { Array($0.utf8) == word ? nil : Array($0.utf8) }
    }
}
