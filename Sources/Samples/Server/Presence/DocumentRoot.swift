#if Network
import WireProtocol

/// The outermost element of a document that nobody has to be able to read.
enum DocumentRoot {
    /// The name in the first start tag; nil unless nothing but blanks, comments and declarations comes before it.
    static func name(of document: WireBytes) -> String? {
        var rest = document.array[...]
        while true {
            rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
            guard rest.first == UInt8(ascii: "<") else { return nil }
            rest = rest.dropFirst()
            if rest.starts(with: "!--".utf8) {
                while !rest.isEmpty, !rest.starts(with: "-->".utf8) { rest = rest.dropFirst() }
                rest = rest.dropFirst(3)
            } else if let first = rest.first, first == UInt8(ascii: "?") || first == UInt8(ascii: "!") {
                rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
            } else {
                break
            }
        }
        let name = rest.prefix { ![0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "/"), UInt8(ascii: ">")].contains($0) }
        return name.count < rest.count && !name.isEmpty ? String(validating: name, as: UTF8.self) : nil
    }
}
#endif
