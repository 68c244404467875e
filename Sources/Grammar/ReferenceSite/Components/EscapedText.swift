/// Bytes of the wire as people write them in a line: `\r\n` for a line break, `\xNN` for what is no text.
enum EscapedText {
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        let isText = String(validating: bytes, as: UTF8.self) != nil
        var result: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 0x0D: result += Array("\\r".utf8)
            case 0x0A: result += Array("\\n".utf8)
            case 0x09: result += Array("\\t".utf8)
            case 0x5C: result += Array("\\\\".utf8)
            case 0x20..<0x7F: result.append(byte)
            case 0x80... where isText: result.append(byte)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += Array(("\\x" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
