/// Limits for one YAML file.
public struct YAMLLimits: Sendable {
    /// The maximum size in bytes.
    public var bytes: Int
    /// The maximum nesting of lists and mappings, at most 256.
    public var depth: Int
    /// The maximum number of scalars, lists and mappings, including keys.
    public var nodes: Int
    /// The maximum number of items of one list, or of keys of one mapping.
    public var items: Int

    /// Makes limits.
    public init(bytes: Int = 262_144, depth: Int = 32, nodes: Int = 20_000, items: Int = 1_000) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.items = items
    }

    /// 256 KiB, 32 levels, 20,000 nodes, 1,000 items.
    public static let `default` = YAMLLimits()
}

/// Reads the small YAML of the grammar: one document, every scalar a text, no anchors, aliases or tags.
public struct YAMLParser {
    /// Parses a file and reports errors to `diagnostics`.
    ///
    /// The identifiers are `file-too-large`, `invalid-utf8`, `empty-file`, `yaml-syntax`, `yaml-alias`, `yaml-tag`,
    /// `yaml-documents`, `yaml-depth`, `yaml-size`, `yaml-key`, `unsafe-character`, `duplicate-key` and, after 100 of
    /// them, `too-many-errors`.
    ///
    /// - Parameter lineKeys: the keys whose texts may contain carriage returns, because they are lines of a wire.
    /// - Returns: the root, or nil if there was an error other than `duplicate-key`; of a duplicate key,
    ///   the root has the first value.
    public static func parse(
        _ file: SourceFile, limits: YAMLLimits = .default, lineKeys: Set<String> = [],
        into diagnostics: inout DiagnosticList
    ) -> YAMLNode? {
        let start = SourceLocation(file: file.path, line: 1, column: 1)
        guard file.bytes.count <= limits.bytes else {
            let message = "the file has \(file.bytes.count) bytes, more than the \(limits.bytes) allowed"
            diagnostics.append(Diagnostic("file-too-large", message, at: start))
            return nil
        }
        let table = LineTable(file.bytes)
        if let offset = firstInvalidByte(file.bytes) {
            let place = table.place(ofByte: offset, in: file.bytes)
            let digits = String(file.bytes[offset], radix: 16, uppercase: true)
            let byte = digits.count == 1 ? "0" + digits : digits
            diagnostics.append(
                Diagnostic(
                    "invalid-utf8", "the byte 0x\(byte) is not valid UTF-8",
                    at: SourceLocation(file: file.path, line: place.line, column: place.column)))
            return nil
        }
        // libyaml counts a byte order mark as a column, which would shift the first line.
        let skipped = LineTable.markLength(file.bytes)
        return file.bytes.withUnsafeBufferPointer { buffer in
            let content = UnsafeBufferPointer(rebasing: buffer[skipped...])
            var builder = TreeBuilder(file: file, table: table, limits: limits, lineKeys: lineKeys, skipped: skipped)
            let root = builder.build(content)
            for diagnostic in builder.diagnostics { diagnostics.append(diagnostic) }
            return root
        }
    }

    /// The offset of the first byte that is not part of well-formed UTF-8.
    static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }
}
