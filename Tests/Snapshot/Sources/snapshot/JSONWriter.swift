/// Writes JSON on one line. Texts are UTF-8; bytes are a text of one character a byte, U+0000 to U+00FF.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    mutating func object(_ body: (inout JSONWriter) -> Void) { nest("{", "}", body) }
    mutating func array(_ body: (inout JSONWriter) -> Void) { nest("[", "]", body) }

    mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
    }

    mutating func array(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
        key(name)
        array(body)
    }

    mutating func field(_ name: StaticString, _ text: String?) {
        key(name)
        add(text)
    }

    mutating func field(_ name: StaticString, _ number: Int) {
        key(name)
        add(number)
    }

    mutating func field(_ name: StaticString, _ flag: Bool) {
        key(name)
        add(flag)
    }

    mutating func field(_ name: StaticString, bytes: [UInt8]) {
        key(name)
        add(bytes: bytes)
    }

    mutating func add(_ text: String?) {
        guard var text else { return put("null") }
        separate()
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { for byte in $0 { put(character: byte) } }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    mutating func add(_ number: Int) { put(String(number)) }
    mutating func add(_ flag: Bool) { put(flag ? "true" : "false") }

    mutating func add(bytes content: [UInt8]) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in content {
            if byte < 0x7F { put(character: byte) } else { put(escaped: byte) }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes += $0 }
        bytes += [UInt8(ascii: "\""), UInt8(ascii: ":")]
        needsComma = false
    }

    private mutating func nest(_ opening: Unicode.Scalar, _ end: Unicode.Scalar, _ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: opening))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: end))
        needsComma = true
    }

    private mutating func put(_ word: String) {
        separate()
        bytes += word.utf8
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func put(character byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 10: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case 13: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
        case 0..<0x20: put(escaped: byte)
        default: bytes.append(byte)
        }
    }

    private mutating func put(escaped byte: UInt8) {
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u00".utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
