import CLibYAMLSystem

extension TreeBuilder {
    /// Adds a diagnostic after which the tree can still be used.
    mutating func report(_ diagnostic: Diagnostic) throws(Stop) {
        diagnostics.append(diagnostic)
        guard diagnostics.count >= 100 else { return }
        let message = "this file has 100 errors; fix them to see the rest"
        try stop(Diagnostic("too-many-errors", message, at: diagnostic.location))
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
