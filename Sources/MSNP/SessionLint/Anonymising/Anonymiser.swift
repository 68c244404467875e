import MSNP
import MSNPSession
import WireProtocol

/// Makes recordings that can be given away: accounts, names, tickets, addresses and texts become others, of the same
/// lengths and kinds, each always the same, so that the recording still says how the programs talk.
///
/// Commands, numbers, versions, states and the names of fields stay, as does what `VER` and `CVR` say about a program.
public struct Anonymiser: Sendable {
    /// The version of connections whose version is in no recording.
    private let version: ProtocolVersion?
    private let random: any RandomNumberGenerator & Sendable

    /// Creates an anonymiser.
    ///
    /// - Parameters:
    ///   - version: The version of connections that do not negotiate one.
    ///   - random: The source of the words; only a test gives one.
    public init(
        version: ProtocolVersion? = nil, random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        (self.version, self.random) = (version, random)
    }

    /// A recording in which nothing names a person, with a row for each command.
    ///
    /// - Throws: `UnknownVersion` if the version of a connection is not known.
    public func anonymised(_ recording: Recording) throws(UnknownVersion) -> Recording {
        var words = AnonymousWords(pseudonyms: Pseudonyms(random: random))
        var blocks: [String: FileBlocks] = [:]
        var result = Recording()
        result.problems = recording.problems
        try recording.visitCommands(version: version) { row, part, line in
            var new = row
            new.wire =
                if let line = part.line {
                    words.line(line)
                } else if row.sender == .server, blocks[row.connection]?.isFinished == false {
                    blocks[row.connection]?.data(in: part.bytes) { words.bytes($0) } ?? []
                } else {
                    words.bytes(part.bytes)
                }
            result.rows.append((new, line))
            if let form = part.line?.form as? any WireForm, FileBlocks.begin(after: form) {
                blocks[row.connection] = FileBlocks()
            }
        }
        return result
    }
}

/// Replaces what names a person in commands.
struct AnonymousWords {
    var pseudonyms: Pseudonyms

    /// The command with other words, as many bytes as before.
    mutating func line(_ line: SessionLine) -> [UInt8] {
        let end = line.raw.firstIndex(of: 10).map { $0 + 1 } ?? line.raw.count
        let head = Array(line.raw[..<end])
        let payload = Array(line.raw[end...])
        guard let form = line.form else {
            let command = head.prefix { $0 > 0x20 }
            return command + others(head[command.endIndex...]) + self.payload(payload, of: nil)
        }
        return words(head, of: form, in: line.version) + self.payload(payload, of: form)
    }

    /// Bytes that are no command.
    mutating func bytes(_ bytes: [UInt8]) -> [UInt8] { pseudonyms.bytes(bytes) }

    // MARK: - Lines

    private mutating func words(
        _ line: [UInt8], of form: any DescribedForm, in version: ProtocolVersion
    ) -> [UInt8] {
        // What programs say about themselves is why people share recordings.
        if form is VER.Offer || form is VER.Accepted { return line }
        let isProgram = form is CVR.Describe || form is CVR.Recommended
        var places: [(range: Range<Int>, new: [UInt8])] = []
        let start = line.prefix { $0 > 0x20 }.count
        for value in form.wireValues(in: version) where !value.bytes.isEmpty {
            let bytes = value.bytes.array
            // A program that is known to change the order of the words may have said it before.
            let place =
                Self.place(of: bytes, in: line, from: places.last?.range.upperBound ?? start)
                ?? Self.place(of: bytes, in: line, from: start)
            guard let place, !places.contains(where: { $0.range.overlaps(place) }) else { continue }
            let isKept = isProgram && !bytes.contains(UInt8(ascii: "@"))
            let word = value.word
            places.append(
                (place, isKept ? bytes : self.word(bytes, word.type, isSensitive: word.isSensitive, word.separator)))
        }
        var (result, position) = (Array(line[..<start]), start)
        for (range, new) in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            // What is joined to a value is its prefix.
            let prefix = line[position..<range.lowerBound].reversed().prefix { $0 > 0x20 }.count
            result += others(line[position..<(range.lowerBound - prefix)])
            result += line[(range.lowerBound - prefix)..<range.lowerBound] + new
            position = range.upperBound
        }
        return result + others(line[position...])
    }

    /// Where a value ends a word, from a position on; a value may have a prefix in its word.
    private static func place(of value: [UInt8], in line: [UInt8], from position: Int) -> Range<Int>? {
        var start = position + 1
        while start + value.count <= line.count {
            let end = start + value.count
            if line[start..<end].elementsEqual(value), end == line.count || line[end] <= 0x20 { return start..<end }
            start += 1
        }
        return nil
    }

    /// Another word of a type.
    mutating func word(
        _ word: [UInt8], _ type: ValueTable, isSensitive: Bool = false, _ separator: UInt8? = nil
    ) -> [UInt8] {
        if let separator {
            return Array(
                word.split(separator: separator, omittingEmptySubsequences: false)
                    .map { self.word(Array($0), type, isSensitive: isSensitive) }.joined(separator: [separator]))
        }
        switch type.kind {
        case .token(let shapes) where shapes.contains { $0.characters == .hexadecimal }: break
        case _ where isSensitive || type.isSensitive: return percentCoded(word) { $0.text($1) }
        default: break
        }
        switch type.kind {
        case .boolean, .digits, .flags: return word
        case .integer: return pseudonyms.number(word)
        case .guid: return pseudonyms.guid(word)
        case .enumeration(let values, let isOpen):
            let isNamed = values.contains { word.elementsEqual("\($0.word)".utf8) }
            return isNamed || !isOpen ? word : percentCoded(word) { $0.token($1) }
        case .token(let shapes):
            guard let shape = shapes.first(where: { $0.matches(WireBytes(word)) }) else {
                return percentCoded(word) { $0.token($1) }
            }
            return shaped(word, shape)
        case .text, .rest: return percentCoded(word) { $0.text($1) }
        case .composite:
            var (result, position) = ([UInt8](), 0)
            for (part, range) in type.parts(of: WireBytes(word)) {
                result += word[position..<range.lowerBound]
                result += self.word(Array(word[range]), part.type)
                position = range.upperBound
            }
            return result + word[position...]
        }
    }

    /// What is between the ends of a shape changes; what it must contain stays.
    private mutating func shaped(_ word: [UInt8], _ shape: WireShape) -> [UInt8] {
        if shape.literal != nil { return word }
        let (first, last) = (shape.prefix.utf8CodeUnitCount, shape.suffix.utf8CodeUnitCount)
        guard first + last <= word.count else { return word }
        let middle = Array(word[first..<word.count - last])
        let new =
            switch shape.characters {
            case .hexadecimal: pseudonyms.guid(middle)
            case .digits: pseudonyms.number(middle)
            case .letters, .any: percentCoded(middle) { $0.token($1) }
            }
        let infix = Array("\(shape.infix)".utf8)
        // An infix of letters, such as a scheme, would be lost.
        return infix.contains(where: \.isLetter) ? word : word[..<first] + new + word[(word.count - last)...]
    }

    /// Changes the characters that percent codes stand for; a document changes as one.
    private mutating func percentCoded(
        _ word: [UInt8], _ change: (inout Pseudonyms, [UInt8]) -> [UInt8]
    ) -> [UInt8] {
        let text = SpelledText(word, .percent)
        guard text.bytes.first == UInt8(ascii: "<") else { return text.spelling(change(&pseudonyms, text.bytes)) }
        return text.spelling(document(text.bytes, nil))
    }

    /// Words of which no parameter is known: those of the protocol stay, and short numbers.
    private mutating func others(_ words: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for (index, word) in words.split(separator: 0x20, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result.append(0x20) }
            let (text, end) = (Array(word.prefix { $0 > 0x20 }), word.drop { $0 > 0x20 })
            let isKept = text.starts(with: "0x".utf8) || ProtocolWords.all.contains(text)
            result += (isKept ? text : percentCoded(text) { $0.token($1) }) + end
        }
        return result
    }
}

/// The words that the grammar itself has.
private enum ProtocolWords {
    static let all: Set<[UInt8]> = {
        var words: Set<[UInt8]> = []
        for command in ClientMessage.protocolTable.commands {
            for word in (command.clientForms + command.serverForms).flatMap(\.words) {
                if let literal = word.literal { words.insert(Array("\(literal)".utf8)) }
                guard case .enumeration(let values, _) = word.type.kind else { continue }
                for value in values { words.insert(Array("\(value.word)".utf8)) }
            }
        }
        return words
    }()
}
