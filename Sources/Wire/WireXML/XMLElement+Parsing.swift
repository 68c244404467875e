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

    /// Parses a document, if need be by the known deviations of programs, which are added to those found.
    ///
    /// Throws what is wrong with the document as it stands if they do not account for it.
    public init(
        parsing bytes: WireBytes, tolerating deviations: [DocumentDeviation], found: inout [Deviation],
        limits: PayloadLimits = .default
    ) throws(PayloadError) {
        do throws(PayloadError) {
            try self.init(parsing: bytes, limits: limits)
        } catch {
            guard case .malformedXML = error.kind else { throw error }
            for deviation in deviations {
                guard let repaired = deviation.repaired(bytes.array),
                    let element = try? Self(parsing: repaired.document, limits: limits)
                else { continue }
                found.append(repaired.found)
                self = element
                return
            }
            throw error
        }
    }
}

extension XMLPayload {
    /// Reads a document as far as possible, if need be by the known deviations of programs.
    ///
    /// Throws if it is not well-formed, exceeds a limit, or has another root. A strict reader accepts no deviations and
    /// throws the first problem.
    public static func read(
        _ bytes: WireBytes, mode: ReadingMode = .checked, limits: PayloadLimits = .default
    ) throws(PayloadError) -> ReadPayload<Self> {
        var found: [Deviation] = []
        let element = try WireProtocol.XMLElement(
            parsing: bytes, tolerating: mode == .strict ? [] : table.deviations, found: &found, limits: limits)
        guard element.isNamed("\(elementName)") else {
            throw PayloadError(.otherElement(expected: "'\(elementName)'"), field: element.name)
        }
        let content = Self(unchecked: element)
        var findings = PayloadFindings(mode: mode)
        findings.add(found)
        findings.add(content.findings(mode))
        return try ReadPayload(content, of: bytes, findings, mode: mode)
    }
}
