import WireProtocol

extension WireProtocol.XMLElement {
    /// Reads one document; throws on anything that is not well-formed, over a limit or a danger.
    ///
    /// Document types, entities, processing instructions, control bytes and encodings other than UTF-8 are refused,
    /// so that a document can neither grow while it is read nor reach for another one. Comments are left out, and
    /// white space is kept.
    public init(parsing bytes: WireBytes, limits: PayloadLimits = .default) throws(PayloadError) {
        try self.init(parsing: bytes.array, limits: limits)
    }

    /// Reads one document; throws on anything that is not well-formed, over a limit or a danger.
    public init(parsing bytes: [UInt8], limits: PayloadLimits = .default) throws(PayloadError) {
        var scanner = XMLScanner(bytes, limits: limits)
        let outline = try scanner.scan()
        self = try XMLTreeBuilder.tree(of: bytes, outline: outline)
    }
}
