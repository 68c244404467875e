import ProtocolGrammar

/// The part of a payload's page about header fields.
struct HeaderFields {
    let payload: PayloadType
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    func message(_ content: PayloadType.MIMEContent) -> HTML {
        let type = content.charset.map { "\(content.contentType); charset=\($0)" } ?? content.contentType
        var lines = ["MIME-Version: 1.0", "Content-Type: " + type]
        if content.fieldsInBody { lines.append("") }
        lines += content.fields.map(Self.line) + [""]
        return group {
            Components.outline(lines)
            if content.fieldsInBody { Components.prose("The fields are in the body, after an empty line.") }
            table(content.fields, in: nil)
        }
    }

    func blocks(_ content: PayloadType.BlocksContent) -> HTML {
        group {
            tag("p", .class("prose")) {
                "Each block ends with an empty line. The body follows the last block."
                if let type = content.contentType {
                    HTML(" The payload around it says ") + Components.code(type) + HTML(" in Content-Type.")
                }
                if let length = content.bodyLength {
                    HTML(" ") + Components.code(length.name) + HTML(" is the number of bytes in the body.")
                }
                if !content.body.isEmpty {
                    HTML(" The body of a new one is ") + Self.bytes(content.body) + HTML(".")
                }
            }
            Components.outline(
                content.blocks.flatMap { ($0.startLine.map { [$0.name] } ?? []) + $0.fields.map(Self.line) + [""] })
            for block in content.blocks {
                Components.heading(3, block.name, id: "block.\(block.name)")
                Components.prose(block.about)
                if let line = block.startLine {
                    tag("p", .class("prose"), .id("field.\(block.name).\(line.name)")) {
                        Components.code(line.name)
                        " is the line before the fields, of the type "
                        links.type(line.type)
                        ". " + line.about
                    }
                }
                table(block.fields, in: block.name)
            }
        }
    }

    private static func bytes(_ bytes: [UInt8]) -> HTML {
        bytes.count == 1 && bytes[0] == 0
            ? HTML("a zero byte") : Components.code(bytes.map(String.init).joined(separator: " "))
    }

    private static func line(of field: PayloadType.Field) -> String {
        "\(field.header): \(field.initial ?? field.name)"
    }

    private func table(_ fields: [PayloadType.Field], in block: String?) -> HTML {
        Components.table(
            ["Field", "Name", "Type", "Versions", "Presence", "Initially", "Meaning", "Grammar"],
            fields.map { field in
                Components.Row(
                    Components.code(field.header), Components.code(field.name), links.type(field.type),
                    grammar.versionCell(field.versions, within: payload.versions),
                    HTML(field.isRequired ? "required" : "optional"), Components.code(field.initial ?? ""),
                    HTML(field.about)
                        + Questions(links: links).mark(
                            .field, "\(payload.name).\(block.map { $0 + "." } ?? "")\(field.name)"),
                    links.line(field.location, short: true),
                    attributes: [.class("row"), .id("field.\(block.map { $0 + "." } ?? "")\(field.name)")]
                        + grammar.shown(in: field.versions))
            })
    }
}

extension Components {
    /// What a payload looks like, with the names of its parts in place of their values.
    static func outline(_ lines: [String]) -> HTML {
        tag(
            "pre", .class("outline"), Attribute("tabindex", "0"), Attribute("role", "group"), .label("Outline")
        ) { lines.joined(separator: "\n") }
    }
}
