import ProtocolGrammar

/// The part of a payload's page about the numbers of a binary header.
struct BinaryFields {
    let content: PayloadType.BinaryContent
    let links: Links

    var html: HTML {
        group {
            Components.table(["Offset", "Bytes", "Name", "Type", "Meaning", "Grammar"], header)
            tag("p", .class("prose")) {
                if let length = content.headerLength {
                    Components.code(length)
                    " is the size of the header in bytes. After these numbers, the header has entries of type, length "
                    "and value. "
                }
                if let entries = content.entryType { HTML("Their types: ") + links.type(entries.name) + HTML(". ") }
                if let length = content.dataLength {
                    Components.code(length)
                    " is the number of data bytes after the header."
                } else {
                    "The data continues to the \(content.footer.isEmpty ? "end" : "footer")."
                }
            }
            if !content.footer.isEmpty {
                Components.prose("After the data:")
                Components.table(
                    ["Offset", "Bytes", "Name", "Type", "Meaning", "Grammar"],
                    content.footer.map { row($0, offset: nil) })
            }
        }
    }

    private var header: [Components.Row] {
        var offset = 0
        return content.numbers.map { number in
            defer { offset += number.width }
            return row(number, offset: offset)
        }
    }

    private func row(_ number: PayloadType.BinaryContent.Number, offset: Int?) -> Components.Row {
        Components.Row(
            HTML(offset.map { "\($0)" } ?? ""),
            Components.stack(
                HTML("\(number.width)"),
                HTML(number.width == 1 ? "" : number.isBigEndian ? "big-endian" : "little-endian")),
            Components.code(number.name), number.type.map(links.type) ?? HTML(), HTML(number.about),
            links.line(number.location, short: true), attributes: [.class("row"), .id("field.\(number.name)")])
    }
}
