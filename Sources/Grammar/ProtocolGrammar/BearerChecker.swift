import YAMLTree

extension GrammarChecker {
    /// The payloads that a payload may be inside of can bear it, and none is inside of itself.
    mutating func checkBearers(of payload: PayloadType) {
        for bearer in payload.bearers {
            let reference = bearer.payload
            guard let around = grammar.payloads.first(where: { $0.name == reference.name }) else {
                diagnostics.unknown(
                    "unknown-payload", "no payload is named '\(reference.name)'", reference.name,
                    among: grammar.payloads.map(\.name), at: reference.location)
                continue
            }
            if isInside(around, of: payload) {
                error(
                    "recursive-payload", "'\(payload.name)' would be inside of itself", at: reference.location)
            } else if around.versions.intersection(payload.versions).isEmpty {
                error(
                    "versions-outside", "'\(around.name)' exists in \(grammar.describe(around.versions)) only",
                    at: reference.location)
            } else if let complaint = complaint(about: payload, in: around) {
                error("bad-bearer", complaint, at: reference.location)
            } else {
                check(bearer, around)
            }
        }
    }

    /// Whether a payload is another one, or may be inside of it.
    private func isInside(_ payload: PayloadType, of other: PayloadType) -> Bool {
        var seen: Set<String> = []
        var pending = [payload.name]
        while let name = pending.popLast() {
            if name == other.name { return true }
            guard seen.insert(name).inserted else { continue }
            pending += grammar.payloads.first { $0.name == name }?.bearers.map(\.payload.name) ?? []
        }
        return false
    }

    /// Why a payload cannot be inside of another one.
    private func complaint(about payload: PayloadType, in around: PayloadType) -> String? {
        let type: String? = if case .blocks(let content) = payload.content { content.contentType } else { nil }
        switch around.content {
        case .xml: return "'\(around.name)' is a document, which has no body"
        case .mime(let content) where content.fieldsInBody:
            return "the body of '\(around.name)' consists of its fields"
        case .blocks(let content):
            let hasType = content.fields.contains { $0.header.lowercased() == "content-type" }
            guard let type else { return nil }
            if !hasType { return "'\(around.name)' has no field Content-Type that could say '\(type)'" }
            let twins = grammar.payloads.filter { other in
                guard case .blocks(let content) = other.content, content.contentType == type else { return false }
                return other.bearers.contains { $0.payload.name == around.name }
            }
            return twins.count > 1 ? "'\(around.name)' has several payloads with the content type '\(type)'" : nil
        case .mime, .binary:
            return type.map { "'\(around.name)' has no field Content-Type that could say '\($0)'" }
        }
    }

    private mutating func check(_ bearer: PayloadType.Bearer, _ around: PayloadType) {
        let numbers: [String]
        let fields: [String]
        switch around.content {
        case .mime(let content): (numbers, fields) = ([], content.fields.map(\.name))
        case .blocks(let content): (numbers, fields) = ([], content.fields.map(\.name))
        case .binary(let content): (numbers, fields) = ((content.numbers + content.footer).map(\.name), [])
        case .xml: return
        }
        for condition in bearer.conditions {
            let names: [String]
            switch condition.requirement {
            case .present, .absent: names = fields
            case .number: names = numbers
            case .equal(let other):
                names = numbers
                if !numbers.contains(other) { unknownMember(other, of: around, among: numbers, condition.location) }
            }
            if !names.contains(condition.name) {
                unknownMember(condition.name, of: around, among: names, condition.location)
            }
        }
    }

    private mutating func unknownMember(
        _ name: String, of around: PayloadType, among names: [String], _ location: SourceLocation
    ) {
        let what = names.isEmpty ? "nothing that a condition could name" : "no such '\(name)'"
        diagnostics.unknown(
            "unknown-parameter", "'\(around.name)' has \(what)", name, among: names, at: location)
    }
}
