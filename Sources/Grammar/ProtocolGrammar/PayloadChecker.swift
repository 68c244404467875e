import YAMLTree

extension GrammarChecker {
    mutating func checkPayloads() {
        var seen: [String: SourceLocation] = [:]
        var contentTypes: [String: PayloadType] = [:]
        checkEnvelopes()
        for payload in grammar.payloads {
            checkName(payload.name, as: .payload, at: payload.location)
            if let twin = seen[payload.name] {
                error(
                    "duplicate-name", "the payload '\(payload.name)' is described twice", at: payload.location,
                    notes: [.init(message: "the first is here", location: twin)])
            }
            seen[payload.name] = payload.location
            for reference in payload.commands { checkBearer(reference) }
            if let request = payload.serviceRequest { check(request, of: payload) }
            checkBearers(of: payload)
            switch payload.content {
            case .mime(let content):
                if let twin = contentTypes.updateValue(payload, forKey: content.contentType) {
                    error(
                        "duplicate-name", "the content type '\(content.contentType)' is described twice",
                        at: payload.location, notes: [.init(message: "the first is here", location: twin.location)])
                }
                for text in [content.contentType, content.charset].compactMap(\.self)
                where !GrammarName.isContentType(text) {
                    error("bad-name", "'\(text)' is not a content type or character set", at: payload.location)
                }
                checkFields(content.fields, of: payload.name)
            case .blocks(let content): checkBlocks(content, of: payload)
            case .xml(let content): checkDocument(content, of: payload)
            case .binary(let content): checkNumbers(content, of: payload)
            }
        }
        for set in grammar.elementSets {
            checkName(set.name, as: .payload, at: set.location)
            if let twin = seen.updateValue(set.location, forKey: set.name) {
                error(
                    "duplicate-name", "the payload '\(set.name)' is described twice", at: set.location,
                    notes: [.init(message: "the first is here", location: twin)])
            }
            checkElements(set.elements, beside: [], of: set.name)
            checkPrefixes(of: set.elements, among: set.prefixes)
        }
    }

    /// The payload around the messages of a service is a document of its versions.
    mutating func checkEnvelopes() {
        for service in grammar.httpServices {
            guard let name = service.envelope else { continue }
            guard let envelope = grammar.payloads.first(where: { $0.name == name.name }) else {
                diagnostics.unknown(
                    "unknown-payload", "no payload is named '\(name.name)'", name.name,
                    among: grammar.payloads.map(\.name), at: name.location)
                continue
            }
            guard case .xml = envelope.content, service.versions.isSubset(of: envelope.versions) else {
                error(
                    "wrong-service", "'\(name.name)' cannot be around messages: it is no document of the same versions",
                    at: name.location)
                continue
            }
        }
    }

    mutating func checkPayloadExamples() {
        for payload in grammar.payloads where payload.examples.isEmpty {
            diagnostics.append(
                Diagnostic(.warning, "no-example", "'\(payload.name)' has no example; add one", at: payload.location))
        }
    }

    private mutating func check(_ request: PayloadType.ServiceRequest, of payload: PayloadType) {
        let services = grammar.httpServices.map(\.name)
        if let service = grammar.httpServices[request.service.name] {
            if !payload.versions.isSubset(of: service.versions) {
                error(
                    "versions-outside", "'\(service.name)' exists in \(grammar.describe(service.versions)) only",
                    at: request.service.location)
            }
            if service.method != "POST" {
                error(
                    "wrong-service", "nothing is posted to '\(service.name)', since its method is \(service.method)",
                    at: request.service.location)
            }
        } else {
            diagnostics.unknown(
                "unknown-service", "no HTTP service is named '\(request.service.name)'", request.service.name,
                among: services, at: request.service.location)
        }
        guard let answer = grammar.payloads.first(where: { $0.name == request.answer.name }) else {
            diagnostics.unknown(
                "unknown-payload", "no payload is named '\(request.answer.name)'", request.answer.name,
                among: grammar.payloads.map(\.name), at: request.answer.location)
            return
        }
        guard case .xml = answer.content, payload.versions.isSubset(of: answer.versions) else {
            error(
                "bad-answer", "'\(answer.name)' cannot answer: it is no document of the same versions",
                at: request.answer.location)
            return
        }
    }

    private mutating func checkBearer(_ reference: Reference) {
        let forms = Sender.allCases.flatMap { self.forms(reference.name, from: $0) }
        if !forms.contains(where: { $0.payload != nil }) {
            var known: [String] {
                grammar.commands.flatMap { command in
                    command.forms.filter { $0.payload != nil }.map { "\(command.name).\($0.name)" }
                }
            }
            diagnostics.unknown(
                "unknown-form", "no form with a payload is named '\(reference.name)'", reference.name,
                among: known, at: reference.location)
        }
    }

    mutating func checkType(_ name: String, at location: SourceLocation) {
        checkIsWord(name, at: location)
        guard grammar.types[name] == nil else { return }
        diagnostics.unknown(
            "unknown-type", "no type is named '\(name)'", name, among: grammar.types.map(\.name), at: location)
    }

    private mutating func checkBlocks(_ content: PayloadType.BlocksContent, of payload: PayloadType) {
        checkNames(content.blocks.map { ($0.name, payload.location) }, of: payload.name)
        if let type = content.contentType, !GrammarName.isContentType(type) {
            error("bad-name", "'\(type)' is not a content type or character set", at: payload.location)
        }
        for block in content.blocks {
            checkFields(block.fields, of: block.name, beside: block.startLine.map { [($0.name, $0.location)] } ?? [])
            if let line = block.startLine { checkType(line.type, at: line.location) }
        }
        if let length = content.bodyLength, !content.fields.contains(where: { $0.name == length.name }) {
            diagnostics.unknown(
                "unknown-parameter", "the payload has no field named '\(length.name)'", length.name,
                among: content.fields.map(\.name), at: length.location)
        }
    }

    private mutating func checkFields(
        _ fields: [PayloadType.Field], of owner: String, beside others: [(String, SourceLocation)] = []
    ) {
        checkNames(others + fields.map { ($0.name, $0.location) }, of: owner)
        for field in fields {
            checkType(field.type, at: field.location)
            if !GrammarName.isHeaderName(field.header) {
                error(
                    "bad-name", "'\(field.header)' is not a valid header name; use letters, digits, '-' and '_'",
                    at: field.location)
            }
        }
    }

    private mutating func checkNumbers(_ content: PayloadType.BinaryContent, of payload: PayloadType) {
        let numbers = content.numbers + content.footer
        checkNames(numbers.map { ($0.name, $0.location) }, of: payload.name)
        for name in [content.headerLength, content.dataLength].compactMap({ $0 })
        where !content.numbers.contains(where: { $0.name == name }) {
            error("unknown-parameter", "the payload has no number named '\(name)'", at: payload.location)
        }
        if let entries = content.entryType { checkNumberType(entries.name, at: entries.location) }
        for number in numbers {
            guard let type = number.type else { continue }
            checkType(type, at: number.location)
            if number.width > 4 {
                error("wrong-kind", "a set of flags has at most 4 bytes", at: number.location)
            } else if let kind = grammar.type(named: type)?.kind {
                if case .flags = kind { continue }
                checkNumberType(type, at: number.location)
            }
        }
    }
}
