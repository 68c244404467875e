import ProtocolGrammar
import YAMLTree

/// A named part of a payload: a header field, an element, an attribute, a number.
struct PayloadPart {
    enum Kind: String {
        case header, line, element, attribute, child, number
    }

    var kind: Kind
    /// What it is called on the wire.
    var wire: String
    /// Its name, with that of its block or element in front of it.
    var name: String
    var type: String?
    var versions: VersionSet
    var about: String
    /// Its place on the page of the payload.
    var anchor: String
    /// The shared file that has it; nil for a part of the payload itself.
    var home: String?
    var location: SourceLocation
}

extension PayloadType {
    /// All named parts, in the order of the payload.
    var parts: [PayloadPart] {
        switch content {
        case .mime(let content): content.fields.map { part($0, in: nil) }
        case .blocks(let content): content.blocks.flatMap(parts)
        case .xml(let content): content.all.flatMap { parts(of: $0, in: content) }
        case .binary(let content):
            (content.numbers + content.footer).map { number in
                PayloadPart(
                    kind: .number, wire: number.name, name: number.name, type: number.type, versions: versions,
                    about: number.about, anchor: "field.\(number.name)", location: number.location)
            }
        }
    }

    private func part(_ field: Field, in block: String?) -> PayloadPart {
        let name = (block.map { $0 + "." } ?? "") + field.name
        return PayloadPart(
            kind: .header, wire: field.header, name: name, type: field.type,
            versions: field.versions.intersection(versions), about: field.about, anchor: "field.\(name)",
            location: field.location)
    }

    private func parts(of block: HeaderBlock) -> [PayloadPart] {
        let line = block.startLine.map { line in
            PayloadPart(
                kind: .line, wire: line.name, name: "\(block.name).\(line.name)", type: line.type, versions: versions,
                about: line.about, anchor: "field.\(block.name).\(line.name)", location: line.location)
        }
        return (line.map { [$0] } ?? []) + block.fields.map { part($0, in: block.name) }
    }

    private func parts(of element: Element, in content: XMLContent) -> [PayloadPart] {
        func part(
            _ kind: PayloadPart.Kind, _ wire: String, _ name: String, _ type: String?, _ about: String,
            _ location: SourceLocation
        ) -> PayloadPart {
            PayloadPart(
                kind: kind, wire: wire, name: name, type: type, versions: versions, about: about,
                anchor: "element.\(name)", home: element.home, location: location)
        }
        var parts = [part(.element, element.element, element.name, nil, element.about, element.location)]
        for attribute in element.attributes {
            parts.append(
                part(
                    .attribute, attribute.attribute, "\(element.name).\(attribute.name)", attribute.type,
                    attribute.about, attribute.location))
        }
        for child in element.children {
            let wire = content.all.first { child.type == nil && $0.name == child.element }?.element ?? child.element
            parts.append(
                part(
                    .child, wire, "\(element.name).\(child.name)", child.type, child.meaning(among: content.all),
                    child.location))
        }
        return parts
    }
}
