extension HeaderBlock {
    /// The bytes of blocks and of what follows them; a block that something follows ends with an empty line.
    public static func bytes(
        of blocks: HeaderBlock..., followedBy body: WireBytes
    ) throws(PayloadError) -> [UInt8] {
        try bytes(of: blocks, followedBy: body)
    }

    /// The bytes of blocks and of what follows them; a block that something follows ends with an empty line.
    static func bytes(of blocks: [HeaderBlock], followedBy body: WireBytes) throws(PayloadError) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, block) in blocks.enumerated() {
            let isFollowed =
                !body.isEmpty || blocks[(index + 1)...].contains { !$0.lines.isEmpty || $0.end != .missing }
            try block.write(to: &bytes, isFollowed: isFollowed)
        }
        return bytes + body.array
    }

    /// Appends the lines, and an empty line if something follows; throws if a value would not be read back as it is.
    private func write(to bytes: inout [UInt8], isFollowed: Bool) throws(PayloadError) {
        let end = isFollowed && end == .missing ? .whole : end
        for (index, field) in fields.enumerated() {
            for part in [field.name, field.separator, field.value] {
                let array = part.array
                if let byte = array.first(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) {
                    throw PayloadError(.forbiddenByte(byte), field: field.name.description)
                }
                bytes += array
            }
            // A reader would take it for a blank before the value.
            if !field.name.isEmpty, let byte = field.value.array.first, byte == 0x20 || byte == 0x09 {
                throw PayloadError(.forbiddenByte(byte), field: field.name.description)
            }
            let isLast = index == lines.count - 1 && end == .missing
            bytes += field.lineEnd.isEmpty && !isLast ? EmptyLine.whole.bytes : field.lineEnd.array
        }
        bytes += end.bytes
    }
}
