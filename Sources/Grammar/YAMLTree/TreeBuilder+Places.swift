import CLibYAMLSystem

extension TreeBuilder {
    /// Adds a diagnostic after which the tree can still be used.
    mutating func report(_ diagnostic: Diagnostic) throws(Stop) {
        diagnostics.append(diagnostic)
        guard diagnostics.count > DiagnosticList.limit else { return }
        throw Stop()
    }

    /// Adds a diagnostic after which reading goes on, but no tree is handed out.
    mutating func refuse(_ identifier: String, _ message: String, at place: SourceLocation) throws(Stop) {
        isUsable = false
        try report(Diagnostic(identifier, message, at: place))
    }

    /// Adds a diagnostic and ends the parse.
    mutating func stop(_ diagnostic: Diagnostic) throws(Stop) {
        diagnostics.append(diagnostic)
        throw Stop()
    }

    /// Refuses a scalar with characters that its reader cannot see.
    mutating func checkCharacters(_ text: String, _ event: Event, mayHaveReturns: Bool) throws(Stop) {
        guard !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return }
        let found = text.unicodeScalars.first {
            UnsafeCharacter.isUnsafe($0) && !(mayHaveReturns && $0 == "\r")
        }
        guard let found else { return }
        var place = location(event)
        let line = characters(of: event.start.line)
        if event.start.column < line.count, let column = line[event.start.column...].firstIndex(of: found) {
            place = SourceLocation(file: file.path, line: place.line, column: column + 1)
        }
        let message = "the text contains the invisible character \(UnsafeCharacter.name(found)); remove it"
        try refuse("unsafe-character", message, at: place)
    }

    func characters(of line: Int) -> [Unicode.Scalar] {
        Array(table.text(line + 1, in: file.bytes).unicodeScalars)
    }

    func location(_ mark: yaml_mark_t, length: Int = 1) -> SourceLocation {
        // At the end of a file without a last line break libyaml counts one line more than there are.
        guard mark.line < table.lines.count else {
            let last = table.lines.count
            return SourceLocation(file: file.path, line: last, column: characters(of: last - 1).count + 1)
        }
        return SourceLocation(file: file.path, line: mark.line + 1, column: mark.column + 1, length: length)
    }

    /// The place of a scalar or an alias in full, up to the end of its first line; of a collection, its first mark.
    func location(_ event: Event) -> SourceLocation {
        switch event.kind {
        case .scalar, .alias: location(event.start, upTo: event.end)
        default: location(event.start)
        }
    }

    /// The place of a collection: all of it when it is in brackets on one line.
    func location(_ start: Event, closedBy end: Event) -> SourceLocation {
        guard start.isFlow, start.start.line == end.end.line else { return location(start.start) }
        return location(start.start, upTo: end.end)
    }

    func location(_ start: yaml_mark_t, upTo end: yaml_mark_t) -> SourceLocation {
        if start.line == end.line { return location(start, length: end.column - start.column) }
        var rest = characters(of: start.line).dropFirst(start.column)
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return location(start, length: rest.count)
    }
}
