/// Spoils lines in the ways that a parser may get wrong.
struct LineMutator {
    let versions: [UInt8]
    let services: [String]
    /// Lines of which words are taken.
    let donors: [Line]

    private static let numbers = [
        "0", "00", "000000000000", "01", "007", "0000000001", "00000000001", "1", "+1", "-1", "-0", "1.", "0x1", "1e3",
        "127", "128", "255", "256", "65535", "65536", "65537", "2147483647", "2147483648", "4294967295", "4294967296",
        "04294967295", "9999999999", "10000000000", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "99999999999999999999999", "١", "1863", "3", "20",
    ]
    private static let escapes = [
        "%", "%%", "%2", "%zz", "%2g", "%g2", "%20", "%00", "%0a", "%0D%0A", "%25", "%252f", "%2F", "%2f", "%C3%A9",
        "%c3%a9", "%C3", "%A9", "%ED%A0%80", "%F5%80%80%80", "%7F", "+", "%+1", "% ",
    ]
    private static let samples = [
        ":", ";", "=", "t=", "=t", ",", "N=", "F=", "C=", "NLN", "OK", "S", "I", "AL", "FL", "MSNP8", "{", "}",
        "a;via=b", "1:a@b", "1:", ":1", "a:b:c", "{00000000-0000-0000-0000-000000000000}",
        "00000000-0000-0000-0000-000000000000", "10.0.0.1:1863", "10.0.0.1:", "10.0.0.1:65536", "a@b", "<", "&", "\"",
        "\\", "'", "0:0", "1342177280:4", "0:", "911", "<msnobj%20Creator%3D%22a%22/>",
    ]
    private static let characters = ["é", "漢", "😀", "\u{FEFF}", "\u{A0}", "\u{2028}", "e\u{301}", "\u{7F}", "\u{85}"]
    private static let badCharacters: [[UInt8]] = [
        [0xC3], [0x80], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80],
        [0xF5], [0xFF], [0xFE, 0xFF], [0xC3, 0x28], [0xE0, 0x80, 0x80],
    ]
    private static let endings: [[UInt8]] = [[10], [10], [13, 13, 10], [13, 10, 13, 10], [13], [10, 10], []]

    func mutate(_ line: inout Line, _ random: inout Random) {
        switch random.below(36) {
        case 0..<12: mutateWords(&line, &random)
        case 12..<24: mutateBytes(&line, &random)
        case 24, 25: line.context.version = random.pick(versions)
        case 26: line.context.version = UInt8(random.below(256))
        case 27, 28: line.context.service = random.pick(services)
        case 29: line.context.isClient.toggle()
        case 30, 31, 32: mutatePayload(&line, &random)
        case 33: line.ending = random.pick(Self.endings)
        case 34 where random.isOnce(in: 4): lengthen(&line, &random)
        default: setNumber(&line, &random)
        }
    }

    private func mutateWords(_ line: inout Line, _ random: inout Random) {
        var words = Self.words(line)
        let index = random.below(words.count)
        switch random.below(12) {
        case 0: words.remove(at: index)
        case 1: words.insert(words[index], at: index)
        case 2: words.swapAt(index, random.below(words.count))
        case 3: words.insert([], at: index)
        case 4: words.append([])
        case 5: words[index] = []
        case 6: words[index] = random.pick(Self.words(random.pick(donors)))
        case 7: words.insert(random.pick(Self.words(random.pick(donors))), at: index)
        case 8: words.removeLast(random.below(words.count))
        case 9: words[0] = Self.words(random.pick(donors))[0]
        case 10: words[index] = Array(random.pick(Self.samples).utf8)
        default: words += Self.words(random.pick(donors)).dropFirst().prefix(1 + random.below(3))
        }
        line.text = Array(words.joined(separator: [0x20]))
    }

    private func mutateBytes(_ line: inout Line, _ random: inout Random) {
        let place = random.below(line.text.count + 1)
        switch random.below(12) {
        case 0, 1: set(UInt8(random.below(256)), at: place, &line)
        case 2: set(UInt8(0x21 + random.below(0x5E)), at: place, &line)
        case 3: line.text.insert(UInt8(random.below(0x20)), at: place)
        case 4: line.text.insert(contentsOf: random.pick(Self.characters).utf8, at: place)
        case 5: line.text.insert(contentsOf: random.pick(Self.badCharacters), at: place)
        case 6, 7: line.text.insert(contentsOf: random.pick(Self.escapes).utf8, at: place)
        case 8: line.text.insert(contentsOf: random.pick(Self.samples).utf8, at: place)
        case 9 where place < line.text.count: line.text.remove(at: place)
        case 10 where place < line.text.count:
            let isLetter = line.text[place] & 0xDF > 0x40 && line.text[place] & 0xDF < 0x5B
            line.text[place] ^= isLetter ? 0x20 : 0x01
        default: line.text.removeLast(min(line.text.count, random.below(8)))
        }
    }

    private func set(_ byte: UInt8, at place: Int, _ line: inout Line) {
        if place < line.text.count { line.text[place] = byte } else { line.text.append(byte) }
    }

    private func setNumber(_ line: inout Line, _ random: inout Random) {
        var words = Self.words(line)
        let numeric = words.indices.filter { index in
            !words[index].isEmpty && words[index].allSatisfy { (0x30...0x39).contains($0) }
        }
        let index = numeric.isEmpty || random.isOnce(in: 3) ? random.below(words.count) : random.pick(numeric)
        if random.isOnce(in: 3) {
            words[index].insert(contentsOf: random.pick(["0", "00", "+", "-", "000000"]).utf8, at: 0)
        } else {
            words[index] = Array(random.pick(Self.numbers).utf8)
        }
        line.text = Array(words.joined(separator: [0x20]))
    }

    private func mutatePayload(_ line: inout Line, _ random: inout Random) {
        var words = Self.words(line)
        switch random.below(6) {
        case 0: line.payload = line.payload == nil ? [1, 2, 3] : nil
        case 1: line.payload = (line.payload ?? []) + Array("\r\nQNG 5".utf8.prefix(random.below(8)))
        case 2: line.payload = line.payload?.dropLast()
        case 3:
            // A length that fits.
            let count = random.below(12)
            line.payload = (0..<count).map { _ in UInt8(random.below(256)) }
            words[words.count - 1] = Array(String(count).utf8)
        case 4:
            let count = Int(String(decoding: words[words.count - 1], as: UTF8.self)) ?? 0
            words[words.count - 1] = Array(String(count &+ random.below(5) &- 2).utf8)
        default:
            words.append(Array(String(line.payload?.count ?? 3).utf8))
            line.payload = line.payload ?? [65, 66, 67]
        }
        line.text = Array(words.joined(separator: [0x20]))
    }

    /// Makes a line of many words, or of a long one.
    private func lengthen(_ line: inout Line, _ random: inout Random) {
        var words = Self.words(line)
        let index = random.below(words.count)
        if random.isOnce(in: 2) {
            let more = Array(repeating: words[index], count: random.pick([10, 61, 62, 63, 64]))
            words.insert(contentsOf: more, at: index)
        } else {
            let count = random.pick([16, 17, 100, 129, 260, 1100, 8200])
            words[index] += Array(repeating: words[index].first ?? 0x61, count: count)
        }
        line.text = Array(words.joined(separator: [0x20]))
    }

    private static func words(_ line: Line) -> [[UInt8]] {
        line.text.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
    }
}
