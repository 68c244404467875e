import WireProtocol

/// Scans the markup of a document before Foundation's parser sees it.
///
/// The parser alone is not enough: on Linux it accepts a document that ends early, crashes on a processing instruction
/// without content, and forgets the order of attributes.
struct XMLScanner {
    private let bytes: [UInt8]
    private let limits: PayloadLimits
    private var place = 0
    private var open: [Range<Int>] = []
    private var outline = XMLOutline()

    init(_ bytes: [UInt8], limits: PayloadLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Finds the start tags; throws at the first byte that cannot be part of a document.
    mutating func scan() throws(PayloadError) -> XMLOutline {
        guard bytes.count <= limits.documentBytes else {
            throw PayloadError(.tooLong(limit: limits.documentBytes), offset: max(0, limits.documentBytes))
        }
        try checkCharacters()
        if starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
        try skipDeclaration()
        outline.contentStart = place
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "<") {
                try scanMarkup()
            } else {
                try scanText()
            }
        }
        guard open.isEmpty else { throw malformed("it ends inside an element") }
        guard !outline.attributeNames.isEmpty else { throw malformed("there is no element") }
        return outline
    }

    private func checkCharacters() throws(PayloadError) {
        for (offset, byte) in bytes.enumerated()
        where byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D {
            throw PayloadError(.forbiddenByte(byte), offset: offset)
        }
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw PayloadError(.invalidValue(.invalidUTF8), field: "XML", offset: error.byteOffsets.lowerBound)
        }
    }

    /// Checks the declaration and skips it; the parser does not see it.
    private mutating func skipDeclaration() throws(PayloadError) {
        guard starts(with: Array("<?xml".utf8)), isBlank(place + 5) else { return }
        let start = place
        place += 5
        var names: [String] = []
        while try skipBlanksBeforeAttribute(end: UInt8(ascii: "?")) {
            let attribute = try scanAttribute()
            let value = String(decoding: bytes[attribute.value], as: UTF8.self).lowercased()
            let isRight =
                switch attribute.name {
                case "version": names.isEmpty && value == "1.0"
                case "encoding": names == ["version"] && ["utf-8", "us-ascii"].contains(value)
                case "standalone": names.contains("version") && !names.contains("standalone")
                default: false
                }
            guard isRight else { throw malformed("the declaration is not that of XML 1.0 in UTF-8", at: start) }
            names.append(attribute.name)
        }
        guard names.contains("version"), starts(with: Array("?>".utf8)) else {
            throw malformed("the declaration is not that of XML 1.0 in UTF-8", at: start)
        }
        place += 2
    }

    private mutating func scanText() throws(PayloadError) {
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") {
            guard !open.isEmpty || isBlank(place) else { throw malformed("there is text outside of the element") }
            place += 1
        }
    }

    private mutating func scanMarkup() throws(PayloadError) {
        if starts(with: Array("<!--".utf8)) {
            try skip(opening: 4, to: "-->")
        } else if starts(with: Array("<![CDATA[".utf8)), !open.isEmpty {
            try skip(opening: 9, to: "]]>")
        } else if starts(with: Array("<!".utf8)) {
            throw PayloadError(.refusedXML("a document type or another declaration"), offset: place)
        } else if starts(with: Array("<?".utf8)) {
            throw PayloadError(.refusedXML("a processing instruction"), offset: place)
        } else if starts(with: Array("</".utf8)) {
            try scanEndTag()
        } else {
            try scanStartTag()
        }
    }

    private mutating func skip(opening: Int, to end: String) throws(PayloadError) {
        let start = place
        let last = Array(end.utf8)
        place += opening
        while !starts(with: last) {
            guard place < bytes.count else { throw malformed("'\(end)' is missing", at: start) }
            place += 1
        }
        place += last.count
    }

    private mutating func scanStartTag() throws(PayloadError) {
        let start = place
        guard !open.isEmpty || outline.attributeNames.isEmpty else {
            throw malformed("there is more than one element outside of all others")
        }
        guard open.count < limits.depth else {
            throw PayloadError(.nestedTooDeep(limit: limits.depth), offset: start)
        }
        guard outline.attributeNames.count < limits.elements else {
            throw PayloadError(.tooManyElements(limit: limits.elements), offset: start)
        }
        place += 1
        let name = try scanName()
        var attributes: [String] = []
        while try skipBlanksBeforeAttribute(end: UInt8(ascii: "/")) {
            guard attributes.count < limits.attributes else {
                throw PayloadError(.tooManyAttributes(limit: limits.attributes), offset: place)
            }
            attributes.append(try scanAttribute().name)
        }
        outline.attributeNames.append(attributes)
        if starts(with: Array("/>".utf8)) {
            place += 2
        } else if starts(with: Array(">".utf8)) {
            place += 1
            open.append(name)
        } else {
            throw malformed("a tag is not closed", at: start)
        }
    }

    private mutating func scanEndTag() throws(PayloadError) {
        let start = place
        place += 2
        let name = try scanName()
        skipBlanks()
        guard starts(with: Array(">".utf8)) else { throw malformed("a tag is not closed", at: start) }
        place += 1
        guard let opening = open.popLast(), bytes[opening] == bytes[name] else {
            throw malformed("the end tag does not belong to the start tag", at: start)
        }
    }

    /// Skips blanks; returns `false` at the end of the tag, which is `>` or begins with the given byte.
    private mutating func skipBlanksBeforeAttribute(end: UInt8) throws(PayloadError) -> Bool {
        let start = place
        skipBlanks()
        guard place < bytes.count, bytes[place] != end, bytes[place] != UInt8(ascii: ">") else { return false }
        guard place > start else { throw malformed("a blank is missing in a tag") }
        return true
    }

    private mutating func scanAttribute() throws(PayloadError) -> (name: String, value: Range<Int>) {
        let name = try scanName()
        skipBlanks()
        guard starts(with: Array("=".utf8)) else { throw malformed("an attribute has no value", at: name.lowerBound) }
        place += 1
        skipBlanks()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") else {
            throw malformed("the value of an attribute has no quotes")
        }
        let quote = bytes[place]
        place += 1
        let start = place
        while place < bytes.count, bytes[place] != quote {
            guard bytes[place] != UInt8(ascii: "<") else { throw malformed("a value has the character '<'") }
            place += 1
        }
        guard place < bytes.count else { throw malformed("the value of an attribute does not end", at: start) }
        place += 1
        return (String(decoding: bytes[name], as: UTF8.self), start..<place - 1)
    }

    private mutating func scanName() throws(PayloadError) -> Range<Int> {
        let start = place
        while place < bytes.count, !isBlank(place), !Self.endsName.contains(bytes[place]) { place += 1 }
        guard place > start else { throw malformed("a name is missing") }
        return start..<place
    }

    private static let endsName = Array("=/>?<\"'&".utf8)

    private mutating func skipBlanks() {
        while isBlank(place) { place += 1 }
    }

    private func isBlank(_ index: Int) -> Bool {
        index < bytes.count && [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index])
    }

    private func starts(with literal: [UInt8]) -> Bool {
        bytes.count - place >= literal.count && bytes[place..<place + literal.count].elementsEqual(literal)
    }

    private func malformed(_ reason: String, at offset: Int? = nil) -> PayloadError {
        PayloadError(.malformedXML(reason), offset: offset ?? place)
    }
}

/// What the scanner finds in a document and Foundation's parser does not report.
struct XMLOutline: Equatable {
    /// The first byte after the byte order mark and the declaration.
    var contentStart = 0
    /// The names of the attributes of each start tag, in order.
    var attributeNames: [[String]] = []
}
