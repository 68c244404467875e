import YAMLTree

/// A piece of HTML that is right by construction: text becomes part of it only escaped.
struct HTML: Sendable, Hashable {
    /// The markup.
    private(set) var markup: String

    /// Nothing at all.
    init() { markup = "" }

    /// Text for people, escaped, without characters that nobody sees.
    init(_ text: String) { markup = Self.escaped(text) }

    private init(markup: String) { self.markup = markup }

    var isEmpty: Bool { markup.isEmpty }

    /// An element with its content. The name is a literal of this program, never text of a grammar.
    static func element(_ name: StaticString, _ attributes: [Attribute], _ content: HTML) -> HTML {
        HTML(markup: "<\(name)\(markup(of: attributes))>\(content.markup)</\(name)>")
    }

    /// An element that has no content and no end tag.
    static func void(_ name: StaticString, _ attributes: [Attribute]) -> HTML {
        HTML(markup: "<\(name)\(markup(of: attributes))>")
    }

    /// Markup that is a literal of this program.
    static func literal(_ markup: StaticString) -> HTML { HTML(markup: "\(markup)") }

    static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

    static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

    private static func markup(of attributes: [Attribute]) -> String {
        attributes.filter { $0.name != "class" || $0.value != "" }.map { attribute in
            attribute.value.map { " \(attribute.name)=\"\(escaped($0))\"" } ?? " \(attribute.name)"
        }
        .joined()
    }

    private static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var result = ""
        for character in UnsafeCharacter.removed(from: text).unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x26 && byte != 0x3C && byte != 0x3E
    }
}

extension Sequence<HTML> {
    /// The pieces one after the other, with text between them.
    func joined(separator: String = "") -> HTML {
        let between = HTML(separator)
        var result = HTML()
        var isFirst = true
        for piece in self {
            if !isFirst { result += between }
            isFirst = false
            result += piece
        }
        return result
    }
}
