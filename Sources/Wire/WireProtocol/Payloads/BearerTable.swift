/// The payloads that the forms of a protocol carry.
public final class BearerTable: Sendable {
    private let rows: [String: [BearerRow]]
    private let messages: [any MIMEPayload.Type]

    /// Creates the table of a protocol from all its kinds of content.
    public init(_ contents: [any PayloadContent.Type], _ rows: [BearerRow] = []) {
        messages = contents.compactMap { $0 as? any MIMEPayload.Type }
        self.rows = Dictionary(grouping: rows) { Self.key("\($0.command)", "\($0.form)") }
    }

    private static func key(_ command: String, _ form: String) -> String { command + "." + form }

    /// What is not as the table says in the payload of a form, and the known deviations of programs in the rest; throws
    /// if nothing of it can be read. An empty payload is always right.
    ///
    /// Looks at MIME messages, header blocks and binary headers. The other overload looks at documents.
    public func inspect(
        _ bytes: WireBytes, command: String, form: String, version: ProtocolVersion, mode: ReadingMode = .checked,
        limits: PayloadLimits
    ) throws(PayloadError) -> PayloadFindings {
        let nothing = PayloadFindings(mode: mode)
        guard !bytes.isEmpty, let rows = rows[Self.key(command, form)] else { return nothing }
        if rows.contains(where: { $0.rule == .message }) {
            let message = try MIMEMessage(reading: bytes, limits: limits, isLenient: true)
            return try message.findings(messages, mode, limits)
        }
        for row in rows where row.versions.contains(version) {
            guard let type = row.type as? any BytesPayload.Type else { continue }
            return try type.init(reading: bytes, limits: limits, isLenient: true).findings(mode)
        }
        return nothing
    }

    /// Throws if the payload of a form is not what the table says; gives the known deviations of programs in it.
    @discardableResult
    public func validate(
        _ bytes: WireBytes, command: String, form: String, version: ProtocolVersion, limits: PayloadLimits
    ) throws(PayloadError) -> [Deviation] {
        try inspect(bytes, command: command, form: form, version: version, limits: limits).checked()
    }

    /// How programs are known to write the documents that a form carries otherwise.
    public func documentDeviations(command: String, form: String, version: ProtocolVersion) -> [DocumentDeviation] {
        (rows[Self.key(command, form)] ?? []).filter { $0.versions.contains(version) }.flatMap { row in
            (row.type as? any XMLPayload.Type)?.table.deviations ?? []
        }
    }

    /// What is not as the table says in a document, and the known deviations of programs in the rest; throws if the
    /// form cannot bear it.
    ///
    /// A form for which the table names no documents may carry any.
    public func inspect(
        _ element: XMLElement, command: String, form: String, version: ProtocolVersion, mode: ReadingMode = .checked
    ) throws(PayloadError) -> PayloadFindings {
        let nothing = PayloadFindings(mode: mode)
        guard let rows = rows[Self.key(command, form)] else { return nothing }
        var roots: [String] = []
        for row in rows where row.versions.contains(version) {
            guard let type = row.type as? any XMLPayload.Type else { continue }
            let root = "\(type.elementName)"
            if root == element.name {
                return type.init(unchecked: element).findings(mode)
            }
            if !roots.contains(root) { roots.append(root) }
        }
        guard rows.contains(where: { $0.rule == .document && $0.type is any XMLPayload.Type }) else { return nothing }
        let expected = roots.map { "'\($0)'" }.joined(separator: " or ")
        throw PayloadError(.otherElement(expected: expected), field: element.name)
    }

    /// Throws if a document is not one that the table allows as the payload of a form.
    @discardableResult
    public func validate(
        _ element: XMLElement, command: String, form: String, version: ProtocolVersion
    ) throws(PayloadError) -> [Deviation] {
        try inspect(element, command: command, form: form, version: version).checked()
    }
}

/// A payload that a form carries in some versions. A form has a row for each; the first that fits counts.
public struct BearerRow: Sendable {
    /// What the payload of the form must be.
    public enum Rule: Sendable {
        /// A MIME message, identified by its content type.
        case message
        /// One of the documents that the rows name.
        case document
        /// Anything, but content that a row fits must be valid.
        case anything
    }

    let command: StaticString
    let form: StaticString
    let rule: Rule
    let type: (any PayloadContent.Type)?
    let versions: VersionSet

    /// Creates a row for some versions, or for all if none are given.
    public init(
        _ command: StaticString, _ form: StaticString, _ rule: Rule, _ type: (any PayloadContent.Type)? = nil,
        in ranges: ClosedRange<UInt8>...
    ) {
        self.command = command
        self.form = form
        self.rule = rule
        self.type = type
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
    }
}
