import WireProtocol

extension WireProtocol.XMLElement {
    /// Parses a document; throws if it is not well-formed, exceeds a limit or contains anything dangerous.
    ///
    /// Document types, entities, processing instructions, control bytes and encodings other than UTF-8 are refused, so
    /// that a document can neither grow while it is parsed nor refer to another one. Comments are dropped, and white
    /// space is kept.
    public init(parsing bytes: WireBytes, limits: PayloadLimits = .default) throws(PayloadError) {
        try self.init(parsing: bytes.array, limits: limits)
    }

    /// Parses a document; throws if it is not well-formed, exceeds a limit or contains anything dangerous.
    public init(parsing bytes: [UInt8], limits: PayloadLimits = .default) throws(PayloadError) {
        var scanner = XMLScanner(bytes, limits: limits)
        let outline = try scanner.scan()
        self = try XMLTreeBuilder.tree(of: bytes, outline: outline)
    }
}
