import MSNP
import WireProtocol

extension AnonymousWords {
    /// A document with other texts and values of attributes; its elements and attributes keep their names.
    mutating func document(_ document: [UInt8], _ root: ElementTable?) -> [UInt8] {
        var result: [UInt8] = []
        var (open, rest) = ([OpenElement](), document[...])
        var type: ValueTable?
        while let first = rest.first {
            guard first == UInt8(ascii: "<") else {
                let text = rest.prefix { $0 != UInt8(ascii: "<") }
                result += value(Array(text), type)
                rest = rest.dropFirst(text.count)
                continue
            }
            let tag = Self.tag(rest)
            rest = rest.dropFirst(tag.count)
            if tag.starts(with: "<![CDATA[".utf8) {
                result += tag.prefix(9) + pseudonyms.text(Array(tag.dropFirst(9).dropLast(3))) + tag.suffix(3)
                continue
            }
            if tag.starts(with: "<!--".utf8) {
                result += tag.prefix(4) + pseudonyms.text(Array(tag.dropFirst(4).dropLast(3))) + tag.suffix(3)
                continue
            }
            let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
            guard !isEnd, tag.dropFirst().first.map({ $0.isLetter || $0 == UInt8(ascii: "_") }) == true else {
                result += tag
                if isEnd { _ = open.popLast() }
                type = nil
                continue
            }
            let name = String(decoding: tag.dropFirst().prefix { Self.isName($0) }, as: UTF8.self)
            let element = open.isEmpty ? OpenElement(table: root) : open.last?.child(named: name) ?? OpenElement()
            type = element.textType
            result += attributes(Array(tag), element.path.isEmpty ? element.table : nil)
            if tag.dropLast().last != UInt8(ascii: "/") { open.append(element) }
        }
        return result
    }

    private static func isName(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x3E && byte != 0x2F && byte != 0x3D }

    /// A tag, a comment or a section, to its end.
    private static func tag(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>")] where rest.starts(with: start.utf8) {
            var index = rest.startIndex + start.utf8.count
            while index < rest.endIndex, !rest[index...].starts(with: end.utf8) { index += 1 }
            return rest[..<min(index + 3, rest.endIndex)]
        }
        var quote: UInt8?
        for index in rest.indices {
            let byte = rest[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return rest[...index]
            }
        }
        return rest
    }

    /// A tag with other values of its attributes.
    private mutating func attributes(_ tag: [UInt8], _ table: ElementTable?) -> [UInt8] {
        var (result, rest) = ([UInt8](), tag[...])
        while let quote = rest.firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) {
            let start = rest.startIndex
            let end = rest[(quote + 1)...].firstIndex(of: rest[quote]) ?? rest.endIndex
            let name =
                rest[start..<quote].filter { Self.isName($0) || $0 == 0x20 }
                .split(separator: 0x20).last.map { String(decoding: $0, as: UTF8.self) } ?? ""
            result += rest[start...quote]
            let old = Array(rest[(quote + 1)..<end])
            result += name.hasPrefix("xmlns") ? old : value(old, table?.attributes.first { $0.name == name }?.type)
            rest = rest[end...]
            if let closing = rest.first {
                result.append(closing)
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }

    /// A text or the value of an attribute.
    private mutating func value(_ text: [UInt8], _ type: ValueTable?) -> [UInt8] {
        let blanks = text.prefix { $0 <= 0x20 }
        guard blanks.count < text.count else { return text }
        let spelled = SpelledText(Array(text.dropFirst(blanks.count)), .entities)
        if spelled.bytes.first == UInt8(ascii: "<") { return blanks + spelled.spelling(document(spelled.bytes, nil)) }
        if let type, type.accepts(WireBytes(spelled.bytes)) {
            return blanks + spelled.spelling(entityText(spelled.bytes, type))
        }
        // What a program writes instead of a number is no name.
        let isPlain =
            type.map { !$0.mayNamePeople && !spelled.bytes.contains(where: \.isLetter) }
            ?? ["true", "false"].contains { spelled.bytes.elementsEqual($0.utf8) }
        return isPlain ? text : blanks + spelled.spelling(pseudonyms.token(spelled.bytes))
    }

    /// A value of a type, in which nothing is percent-coded.
    private mutating func entityText(_ text: [UInt8], _ type: ValueTable) -> [UInt8] {
        if case .text = type.kind { return pseudonyms.text(text) }
        return word(text, type)
    }
}

/// An element whose end has not come, as far as the grammar knows it.
private struct OpenElement {
    /// Its table, or that of the element around it, if the grammar names the way through it.
    var table: ElementTable?
    /// The way from the element with the table to this one, with a slash at its end; empty for that element.
    var path = ""
    /// The type of its text.
    var textType: ValueTable?

    func child(named name: String) -> OpenElement {
        let local = name.split(separator: ":").last.map(String.init) ?? name
        let way = path + local
        if let row = table?.children.first(where: { $0.name == way }) {
            return OpenElement(table: row.elementTable, textType: row.textType)
        }
        let isPassed = table?.children.contains { $0.name.hasPrefix(way + "/") } == true
        return isPassed ? OpenElement(table: table, path: way + "/") : OpenElement()
    }
}

extension ElementTable {
    /// The table of the document that begins with an element of its name.
    static func root(of document: [UInt8]) -> ElementTable? {
        guard let start = document.firstIndex(of: UInt8(ascii: "<")) else { return nil }
        let name = document[(start + 1)...].prefix { $0 > 0x20 && $0 != 0x3E && $0 != 0x2F }
        return Payload.contents.lazy.compactMap { ($0 as? any XMLPayload.Type)?.table }
            .first { name.elementsEqual("\($0.elementName)".utf8) }
    }
}
