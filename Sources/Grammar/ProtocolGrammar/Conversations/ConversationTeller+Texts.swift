import YAMLTree

/// The bytes of a payload of a conversation in one version.
struct ToldPayload {
    var bytes: [UInt8]
    /// The payload of the grammar that it is, and that around it.
    var kind: String?
    var envelope: String?
    /// What it says, in words.
    var about = ""
}

extension ConversationTeller {
    mutating func refuse(
        _ identifier: String, _ message: String, at place: SourceLocation, in part: Conversation
    ) {
        if part.name == told.conversation.name {
            diagnostics.appendOnce(Diagnostic(identifier, message, at: place))
        }
    }

    /// Puts the values of the conversation into a text, and a few of its own.
    mutating func expanded(
        _ text: String, at place: SourceLocation, in part: Conversation, _ own: [String: String] = [:],
        isDocument: Bool = false, limit: Int? = nil
    ) -> String? {
        let limit = limit ?? grammar.limits.line
        do throws(ConversationText.Problem) {
            return try ConversationText(text).expanded(atMost: limit) { name in
                own[name] ?? values[name].map { isDocument ? Self.escaped($0) : $0 }
            }
        } catch {
            switch error {
            case .unclosed:
                refuse("conversation-text", "'$(' needs the name of a value and ')' behind it", at: place, in: part)
            case .tooLong:
                refuse("conversation-text", "with its values it has more than \(limit) bytes", at: place, in: part)
            case .unknown(Self.lengthName):
                refuse("conversation-text", "there is no payload whose length it could be", at: place, in: part)
            case .unknown(Self.contentName):
                refuse("conversation-text", "no other payload stands in it", at: place, in: part)
            case .unknown(let name): refuseUnknown(name, at: place, in: part)
            }
            return nil
        }
    }

    /// A value as the text of an element or attribute.
    private static func escaped(_ value: String) -> String {
        var result = ""
        for character in value {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }

    private mutating func refuseUnknown(_ name: String, at place: SourceLocation, in part: Conversation) {
        guard part.name == told.conversation.name else { return }
        let isDeclared = chain.contains { $0.values.contains { $0.name == name } }
        let message =
            isDeclared
            ? "'\(name)' has no text in \(grammar.describe(VersionSet([told.version])))"
            : "no value is named '\(name)'"
        diagnostics.unknown("unknown-value", message, name, among: values.keys.sorted(), at: place, once: true)
    }

    // MARK: - Payloads

    /// A payload with its values, in the one that it stands in.
    mutating func tell(_ payload: Conversation.Payload, of part: Conversation) -> ToldPayload {
        let bytes = bytes(of: payload, in: part)
        guard let name = payload.envelope else { return ToldPayload(bytes: bytes, kind: payload.kind?.name) }
        let found = chain.lazy.compactMap { part in
            part.payloads.first { $0.name == name.name }.map { (part: part, envelope: $0) }
        }.first
        guard let (home, envelope) = found else {
            refuseUnknownPayload(name, in: part)
            return ToldPayload(bytes: bytes, kind: payload.kind?.name)
        }
        let isPlain = payload.header == nil && payload.bytes.isEmpty && payload.footer.isEmpty
        let names = ConversationText(envelope.text ?? "").names
        let isUsable = envelope.envelope == nil && names.contains(Self.contentName)
        if !isPlain || !isUsable {
            refuse(
                "conversation-envelope",
                isPlain
                    ? "nothing can stand in '\(name.name)'; it needs '$(\(Self.contentName))' and no 'within'"
                    : "what stands in another payload has text alone", at: name.location, in: part)
        }
        let whole = self.bytes(
            of: envelope, in: home, [Self.contentName: String(decoding: bytes, as: UTF8.self)])
        return ToldPayload(bytes: whole, kind: payload.kind?.name, envelope: envelope.kind?.name)
    }

    mutating func refuseUnknownPayload(_ name: Reference, in part: Conversation) {
        guard part.name == told.conversation.name else { return }
        diagnostics.unknown(
            "unknown-payload", "no payload here is named '\(name.name)'", name.name,
            among: chain.flatMap(\.payloads).map(\.name), at: name.location, once: true)
    }

    private mutating func bytes(
        of payload: Conversation.Payload, in part: Conversation, _ own: [String: String] = [:]
    ) -> [UInt8] {
        let isDocument = isDocument(payload.kind?.name)
        func expanded(_ text: String, _ own: [String: String]) -> [UInt8] {
            let text = self.expanded(
                text, at: payload.location, in: part, own, isDocument: isDocument, limit: grammar.limits.payload)
            return Array((text ?? "").utf8)
        }
        let body = payload.bytes + (payload.text.map { expanded($0, own) } ?? []) + payload.footer
        guard let header = payload.header else { return body }
        var result: [UInt8] = []
        for byte in expanded(header, [Self.lengthName: "\(body.count)"]) {
            result += byte == 0x0A ? [0x0D, 0x0A] : [byte]
        }
        if result.last != 0x0A { result += [0x0D, 0x0A] }
        return result + [0x0D, 0x0A] + body
    }

    /// Whether a payload of the grammar is an XML document.
    private func isDocument(_ kind: String?) -> Bool {
        guard let kind, case .xml = grammar.payloads.first(where: { $0.name == kind })?.content else { return false }
        return true
    }
}
