/// The bytes behind a line, as text where they are text, otherwise as a hexadecimal dump.
enum PayloadText {
    static func html(_ bytes: [UInt8]) -> HTML {
        tag(
            "pre", .class("payload"), Attribute("tabindex", "0"), Attribute("role", "group"),
            .label("Payload, \(bytes.count) bytes")
        ) {
            lines(of: bytes).joined(separator: "\n")
        }
    }

    /// The lines of text, or a hexadecimal dump of other bytes.
    static func lines(of bytes: [UInt8]) -> [String] {
        let isText = bytes.allSatisfy { $0 >= 0x20 || [0x09, 0x0A, 0x0D].contains($0) }
        if isText, let text = String(validating: bytes, as: UTF8.self) {
            return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                .map { EscapedText.of($0.utf8) }
        }
        return stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(bytes.count, start + 16)]
            let digits = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
                .joined(separator: " ")
            let characters = row.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            return digits + String(repeating: " ", count: 50 - digits.utf8.count) + characters
        }
    }
}
