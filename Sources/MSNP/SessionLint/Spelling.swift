import WireProtocol

/// Finds what is allowed in a command but spelled in an unusual way.
enum Spelling {
    /// Compares the bytes of a command with what the encoder makes of the decoded command.
    static func remarks(
        raw: [UInt8], line: [UInt8], encoded: [UInt8], transaction: TransactionID?, form: any WireForm
    ) -> [String] {
        var remarks = differences(raw: raw, line: line, encoded: encoded)
        if let transaction, transaction.description != String(transaction.value) {
            remarks.append("the transaction ID has leading zeros")
        }
        if let place = lowerCaseEscape(in: line, form) {
            remarks.append("a percent code has lower-case digits at byte \(place)")
        }
        return remarks
    }

    /// Why the encoder produces other bytes.
    private static func differences(raw: [UInt8], line: [UInt8], encoded: [UInt8]) -> [String] {
        guard raw != encoded else { return [] }
        var remarks: [String] = []
        var rest = raw.dropFirst(line.count)
        if rest.first == 0x0A {
            remarks.append("the line ends with a line feed alone")
            rest = rest.dropFirst()
        } else {
            rest = rest.dropFirst(2)
        }
        guard line + [0x0D, 0x0A] + rest != encoded else { return remarks }
        if let place = line.indices.first(where: { line[$0...].starts(with: [0x20, 0x20]) }) {
            remarks.append("there is more than one blank at byte \(place)")
        }
        if line.last == 0x20 { remarks.append("there is a blank at the end of the line") }
        let usual = Array(line.split(separator: 0x20).joined(separator: [0x20])) + [0x0D, 0x0A] + rest
        if usual != encoded {
            let place = zip(usual, encoded).enumerated().first { $1.0 != $1.1 }?.offset
            let shorter = min(usual.count, encoded.count)
            remarks.append("it is usually written in another way from byte \(place ?? shorter) on")
        }
        return remarks
    }

    /// The position of the first lower-case percent code in a word of percent-encoded text; other words have no codes.
    private static func lowerCaseEscape(in line: [UInt8], _ form: any WireForm) -> Int? {
        var texts: [String]?
        for word in line.split(separator: 0x20) {
            guard let place = word.indices.first(where: { isLowerCaseEscape(word[$0...]) }) else { continue }
            let spelled = String(decoding: word, as: UTF8.self)
            let code = String(decoding: word[place..<place + 3], as: UTF8.self)
            let known = texts ?? readable(form)
            texts = known
            // Other words keep their spelling.
            if !known.contains(where: { $0.contains(code) && spelled.hasSuffix($0) }) { return place }
        }
        return nil
    }

    private static func isLowerCaseEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "%"), bytes.count > 2 else { return false }
        let digits = bytes.dropFirst().prefix(2)
        let isCode = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        return isCode && digits.contains { $0 >= UInt8(ascii: "a") }
    }

    private static func readable(_ form: any WireForm) -> [String] {
        form.fields.flatMap { field in
            switch field.value {
            case .text(let text): [text]
            case .list(let texts): texts
            }
        }
    }
}
