import WireProtocol

/// Words that stand for words of people: of the same length and the same kinds of characters, each always the same one,
/// whatever its case.
struct Pseudonyms {
    /// The characters that may stand for those of a word.
    private enum Alphabet {
        case letters
        case hexadecimal
        case digits
        /// The digits of a number that stays in its range.
        case numbers
    }

    /// A word in lower case, and what may stand for it.
    private struct Word: Hashable {
        var bytes: [UInt8]
        var alphabet: Alphabet
    }

    private var words: [Word: [UInt8]] = [:]
    private var used: Set<[UInt8]> = []
    private var random: any RandomNumberGenerator & Sendable

    init(random: any RandomNumberGenerator & Sendable) { self.random = random }

    // MARK: - Texts

    /// A text in which every word and every number is another one; what stands between them stays.
    mutating func text(_ text: [UInt8]) -> [UInt8] { replaced(text, isText: true) }

    /// A word of the protocol, in which short numbers stay, and so do `http://` and the padding of Base64.
    mutating func token(_ token: [UInt8]) -> [UInt8] {
        let start = Self.schemes.first { token.starts(with: $0) }?.count ?? 0
        let word = token[start...]
        if word.count >= 16, word.count % 2 == 0, word.allSatisfy(\.isHexDigit) {
            return token[..<start] + other(Array(word), .hexadecimal)
        }
        // The last character before the padding of Base64 has bits that must be zero.
        let padding = word.count % 4 == 0 && word.last == UInt8(ascii: "=") ? word.count { $0 == UInt8(ascii: "=") } : 0
        let kept = padding > 0 && padding < 3 ? padding + 1 : 0
        return token[..<start] + replaced(Array(word.dropLast(kept)), isText: false) + word.suffix(kept)
    }

    /// Another identifier with the same punctuation.
    mutating func guid(_ word: [UInt8]) -> [UInt8] {
        runs(in: word, of: \.isHexDigit) { $0.other($1, .hexadecimal) }
    }

    /// A number that may name a person is long.
    mutating func number(_ number: [UInt8]) -> [UInt8] {
        let digits = number.drop { !$0.isDigit }
        guard digits.count > 8, digits.allSatisfy(\.isDigit) else { return number }
        return number[..<digits.startIndex] + smaller(Array(digits))
    }

    /// A smaller number of the same length, which fits the same range.
    private mutating func smaller(_ number: [UInt8]) -> [UInt8] {
        let key = Word(bytes: number, alphabet: .numbers)
        if let known = words[key] { return known }
        let least = { (index: Int) in UInt8(ascii: index == 0 ? "1" : "0") }
        guard let lowered = number.indices.first(where: { number[$0] > least($0) }) else { return number }
        var new = number
        new[lowered] = .random(in: least(lowered)..<new[lowered], using: &random)
        for index in (lowered + 1)..<number.count {
            new[index] = .random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &random)
        }
        words[key] = new
        return new
    }

    /// Bytes of which nothing is known: other letters, digits and bytes of other characters in their places.
    mutating func bytes(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { byte in
            switch byte {
            case 0x80...: .random(in: 0x80...0xFF, using: &random)
            case _ where byte.isDigit: .random(in: UInt8(ascii: "0")...UInt8(ascii: "9"), using: &random)
            default: Self.character(like: byte, .letters, &random)
            }
        }
    }

    /// Bytes among which there may be texts, also of two bytes a character; only what looks like one changes.
    mutating func texts(in bytes: [UInt8]) -> [UInt8] {
        var (result, chain) = (bytes, [Int]())
        func change(_ random: inout any RandomNumberGenerator & Sendable) {
            guard chain.count >= 4 else { return }
            for index in chain { result[index] = Self.character(like: bytes[index], .letters, &random) }
        }
        for index in bytes.indices where bytes[index] < 0x80 && (bytes[index].isLetter || bytes[index].isDigit) {
            let isNext = chain.last.map { index - $0 == 1 || index - $0 == 2 && bytes[index - 1] == 0 } ?? false
            if !isNext {
                change(&random)
                chain = []
            }
            chain.append(index)
        }
        change(&random)
        return result
    }

    private static let schemes = ["http://", "https://", "HTTP://", "HTTPS://"].map { Array($0.utf8) }

    /// Replaces identifiers, addresses and words; in texts all numbers, elsewhere those of six digits and more.
    private mutating func replaced(_ text: [UInt8], isText: Bool) -> [UInt8] {
        if let identifier = Self.identifier(in: text) {
            return replaced(Array(text[..<identifier.lowerBound]), isText: isText)
                + guid(Array(text[identifier]))
                + replaced(Array(text[identifier.upperBound...]), isText: isText)
        }
        let letters = runs(in: text, of: \.isLetter) { $0.other($1, .letters) }
        return runs(in: letters, of: { $0.isDigit || $0 == UInt8(ascii: ".") }) { pseudonyms, run in
            if let address = pseudonyms.internetAddress(run) { return address }
            return pseudonyms.runs(in: run, of: \.isDigit) { pseudonyms, digits in
                if isText { return pseudonyms.other(digits, .digits) }
                return digits.count < 6 ? digits : pseudonyms.smaller(digits)
            }
        }
    }

    /// Four numbers with dots, of the same lengths and at most 255.
    private mutating func internetAddress(_ run: [UInt8]) -> [UInt8]? {
        let parts = run.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ (1...3).contains($0.count) }) else { return nil }
        return Array(
            parts.map { part in
                let digits = other(Array(part), .digits)
                return part.count == 3 ? [UInt8(ascii: "1")] + digits.dropFirst() : digits
            }.joined(separator: [UInt8(ascii: ".")]))
    }

    /// The first identifier, 8-4-4-4-12 hexadecimal digits.
    private static func identifier(in text: [UInt8]) -> Range<Int>? {
        let dashes = [8, 13, 18, 23]
        var start = 0
        while text.count - start >= 36 {
            let wrong = (0..<36).last {
                dashes.contains($0) ? text[start + $0] != UInt8(ascii: "-") : !text[start + $0].isHexDigit
            }
            guard let wrong else { return start..<start + 36 }
            let byte = text[start + wrong]
            start = byte.isHexDigit || byte == UInt8(ascii: "-") ? start + 1 : start + wrong + 1
        }
        return nil
    }

    private mutating func runs(
        in text: [UInt8], of isPart: (UInt8) -> Bool,
        _ replace: (inout Pseudonyms, [UInt8]) -> [UInt8]
    ) -> [UInt8] {
        var (result, run) = ([UInt8](), [UInt8]())
        for byte in text {
            if isPart(byte) {
                run.append(byte)
                continue
            }
            if !run.isEmpty { result += replace(&self, run) }
            run = []
            result.append(byte)
        }
        return run.isEmpty ? result : result + replace(&self, run)
    }

    // MARK: - Words

    /// The word that stands for another one, in its case.
    private mutating func other(_ word: [UInt8], _ alphabet: Alphabet) -> [UInt8] {
        let key = Word(bytes: word.map(\.lowercased), alphabet: alphabet)
        let new = words[key] ?? makeWord(like: key.bytes, alphabet)
        words[key] = new
        return zip(word, new).map { old, new in old == old.lowercased ? new : new.uppercased }
    }

    private mutating func makeWord(like key: [UInt8], _ alphabet: Alphabet) -> [UInt8] {
        var word = key
        // A word of one letter has few others; two of them may share one.
        for _ in 1...20 where word == key || used.contains(word) { word = candidate(like: key, alphabet) }
        used.insert(word)
        return word
    }

    private mutating func candidate(like key: [UInt8], _ alphabet: Alphabet) -> [UInt8] {
        guard let text = String(validating: key, as: UTF8.self) else { return key.map { $0 } }
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.utf8.count {
            case 1: result.append(Self.character(like: UInt8(truncatingIfNeeded: scalar.value), alphabet, &random))
            case 2: result += Self.scalar(in: 0xE0...0xF6, &random)
            case 3: result += Self.scalar(in: 0x4E00...0x9FA5, &random)
            default: result += Self.scalar(in: 0x1F600...0x1F64F, &random)
            }
        }
        return result
    }

    private static func character(
        like byte: UInt8, _ alphabet: Alphabet, _ random: inout any RandomNumberGenerator & Sendable
    ) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0"): byte
        case _ where byte.isDigit: .random(in: UInt8(ascii: "1")...UInt8(ascii: "9"), using: &random)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
            .random(in: UInt8(ascii: "A")...UInt8(ascii: "Z"), using: &random)
        case UInt8(ascii: "a")...UInt8(ascii: "z"):
            .random(
                in: UInt8(ascii: "a")...UInt8(ascii: alphabet == .hexadecimal ? "f" : "z"), using: &random)
        default: byte
        }
    }

    private static func scalar(
        in range: ClosedRange<UInt32>, _ random: inout any RandomNumberGenerator & Sendable
    ) -> [UInt8] {
        Unicode.Scalar(UInt32.random(in: range, using: &random)).map { Array(Character($0).utf8) } ?? []
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    /// Whether it is an ASCII letter, or a part of another character.
    var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) || self >= 0x80 }
    var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self | 0x20) }
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
    fileprivate var uppercased: UInt8 { (0x61...0x7A).contains(self) ? self & 0xDF : self }
}
