import CLibYAMLSystem

extension TreeBuilder {
    mutating func next() throws(Stop) -> Event {
        var raw = yaml_event_t()
        guard yaml_parser_parse(parser, &raw) == 1 else {
            try stop(syntaxError())
            return Event(kind: .end)
        }
        defer { yaml_event_delete(&raw) }
        var event = Event(start: raw.start_mark, end: raw.end_mark)
        switch raw.type {
        case YAML_SCALAR_EVENT:
            let scalar = raw.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.value == nil ? 0 : scalar.length)
            let text = String(decoding: bytes, as: UTF8.self)
            event.kind = .scalar(text, isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE)
            event.hasAnchor = scalar.anchor != nil
            event.hasTag = scalar.tag != nil
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: lastQuoted = (event.start, event.end)
            default: break
            }
        case YAML_SEQUENCE_START_EVENT:
            let sequence = raw.data.sequence_start
            event.kind = .sequence
            event.hasAnchor = sequence.anchor != nil
            event.hasTag = sequence.tag != nil
            event.isFlow = sequence.style == YAML_FLOW_SEQUENCE_STYLE
        case YAML_MAPPING_START_EVENT:
            let mapping = raw.data.mapping_start
            event.kind = .mapping
            event.hasAnchor = mapping.anchor != nil
            event.hasTag = mapping.tag != nil
            event.isFlow = mapping.style == YAML_FLOW_MAPPING_STYLE
        case YAML_ALIAS_EVENT: event.kind = .alias
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: event.kind = .collectionEnd
        case YAML_DOCUMENT_START_EVENT: event.kind = .document
        case YAML_STREAM_END_EVENT, YAML_NO_EVENT: event.kind = .end
        default: event.kind = .other
        }
        return event
    }

    func syntaxError() -> Diagnostic {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "libyaml cannot read the file"
        let context = state.context.map { String(cString: $0) }
        let text = context.map { "\(problem) \($0)" } ?? problem
        if state.error == YAML_READER_ERROR {
            let place = table.place(ofByte: state.problem_offset + skipped, in: file.bytes)
            return Diagnostic(
                "yaml-syntax", text, at: SourceLocation(file: file.path, line: place.line, column: place.column))
        }
        let place = location(state.problem_mark)
        if let tab = tabPlace(state.problem_mark, problem) {
            return Diagnostic("yaml-syntax", "YAML does not allow tabs for indentation (\(text))", at: tab)
        }
        if context == "while scanning a quoted scalar", problem.hasPrefix("found unexpected") {
            return Diagnostic(
                "yaml-syntax", "this quote is never closed (\(text))", at: location(state.context_mark))
        }
        // The next opening quote closed this one, and the error is right after it.
        if let (start, end) = lastQuoted, start.line < end.line, end.line == state.problem_mark.line {
            return Diagnostic(
                "yaml-syntax",
                "this quote is not closed before line \(end.line + 1), and what follows is invalid (\(text))",
                at: location(start), notes: [.init(message: problem, location: place)])
        }
        var notes: [Diagnostic.Note] = []
        if let context, state.context_mark.line != state.problem_mark.line {
            notes.append(.init(message: "\(context) that begins here", location: location(state.context_mark)))
        }
        if let advice = Self.advice(on: problem) { notes.append(.init(message: advice)) }
        return Diagnostic("yaml-syntax", text, at: place, notes: notes)
    }

    /// What to do about a problem that libyaml words for people who know its grammar.
    private static func advice(on problem: String) -> String? {
        switch problem {
        case "did not find expected key": "the keys of a mapping begin in the same column"
        case "did not find expected '-' indicator":
            "the items of a list begin with '- ' in the same column, and what follows the list is indented less"
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            "a comma or a closing bracket is missing before this"
        case "mapping values are not allowed in this context":
            "write 'key: value' with a blank, and quotes around a text with a colon"
        case "could not find expected ':'": "write 'key: value' with a blank"
        default: nil
        }
    }

    /// The place of the tab that causes a syntax error; nil if none does.
    func tabPlace(_ mark: yaml_mark_t, _ problem: String) -> SourceLocation? {
        let line = characters(of: mark.line)
        if mark.column < line.count, line[mark.column] == "\t" { return location(mark) }
        guard problem.hasPrefix("mapping values are not allowed") else { return nil }
        let margin = line.prefix { $0 == " " || $0 == "\t" }
        guard let column = margin.firstIndex(of: "\t") else { return nil }
        return SourceLocation(file: file.path, line: mark.line + 1, column: column + 1)
    }
}
