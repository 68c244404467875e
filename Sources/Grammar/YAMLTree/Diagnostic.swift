/// One problem found in a source file, with its place.
public struct Diagnostic: Sendable, Hashable {
    /// How serious a diagnostic is.
    public enum Severity: String, Sendable, Hashable {
        /// The input is refused.
        case error
        /// The input is accepted, but something in it is doubtful.
        case warning
    }

    /// A remark that goes with a diagnostic.
    public struct Note: Sendable, Hashable {
        /// What the note says.
        public var message: String
        /// The place that the note is about; nil for the place of its diagnostic.
        public var location: SourceLocation?

        /// Makes a note.
        public init(message: String, location: SourceLocation? = nil) {
            self.message = message
            self.location = location
        }
    }

    /// How serious it is.
    public var severity: Severity
    /// The stable name of the rule, such as `unknown-type`.
    public var identifier: String
    /// What is wrong, in words.
    public var message: String
    /// Where it is wrong.
    public var location: SourceLocation
    /// Remarks, in the order to show them.
    public var notes: [Note]

    /// Makes a diagnostic.
    public init(
        _ severity: Severity, _ identifier: String, _ message: String, at location: SourceLocation, notes: [Note] = []
    ) {
        self.severity = severity
        self.identifier = identifier
        self.message = message
        self.location = location
        self.notes = notes
    }

    /// Makes an error.
    public init(_ identifier: String, _ message: String, at location: SourceLocation, notes: [Note] = []) {
        self.init(.error, identifier, message, at: location, notes: notes)
    }
}

/// A list of diagnostics in the order they were found.
public struct DiagnosticList: Sendable {
    /// Every diagnostic, in the order it was added.
    public private(set) var all: [Diagnostic] = []

    /// Makes an empty list.
    public init() {}

    /// Adds a diagnostic at the end.
    public mutating func append(_ diagnostic: Diagnostic) {
        all.append(diagnostic)
    }

    /// Whether one of the diagnostics is an error.
    public var hasErrors: Bool { all.contains { $0.severity == .error } }

    /// Whether there is no diagnostic at all.
    public var isEmpty: Bool { all.isEmpty }

    /// The diagnostics by file, line and column; those at one place keep the order they were added in.
    public func sorted() -> [Diagnostic] {
        let ordered = all.enumerated().sorted { left, right in
            let (first, second) = (left.element.location, right.element.location)
            return (first.file, first.line, first.column, left.offset)
                < (second.file, second.line, second.column, right.offset)
        }
        return ordered.map(\.element)
    }

    /// The text to show for the sorted diagnostics: GNU form, source line, caret, notes.
    ///
    /// Each line ends with a line feed. The source line is left out when its file is not among `sources`.
    public func rendered(sources: [SourceFile]) -> String {
        var tables: [String: (file: SourceFile, lines: LineTable)] = [:]
        var output = ""
        for diagnostic in sorted() {
            let place = diagnostic.location
            output += "\(prefix(place)) \(diagnostic.severity.rawValue): \(visible(diagnostic.message))"
            output += " [\(diagnostic.identifier)]\n"
            if tables[place.file] == nil, let file = sources.first(where: { $0.path == place.file }) {
                tables[place.file] = (file, LineTable(file.bytes))
            }
            if let (file, lines) = tables[place.file] {
                output += excerpt(place, of: lines.text(place.line, in: file.bytes))
            }
            for note in diagnostic.notes {
                output += "\(prefix(note.location ?? place)) note: \(visible(note.message))\n"
            }
        }
        return output
    }
}

private func prefix(_ place: SourceLocation) -> String {
    "\(visible(place.file)):\(place.line):\(place.column):"
}

/// The source line and the caret line; a very long line is cut around the caret.
private func excerpt(_ place: SourceLocation, of line: String) -> String {
    let widest = 240
    var scalars = Array(line.unicodeScalars)
    guard !scalars.isEmpty else { return "" }
    var column = max(0, min(place.column - 1, scalars.count))
    if scalars.count > widest {
        let start = max(0, min(column - widest / 3, scalars.count - widest))
        scalars = Array(scalars[start..<min(start + widest, scalars.count)])
        column -= start
    }
    let length = max(1, min(place.length, scalars.count - column))
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    let number = " \(place.line) |"
    let margin = String(repeating: " ", count: number.count - 1) + "|"
    let indent = String(scalars[..<column].map { $0 == "\t" ? "\t" as Character : " " })
    let marks = "^" + String(repeating: "~", count: length - 1)
    return "\(number) \(visible(String(text)))\n\(margin) \(indent)\(marks)\n"
}

/// The text with each control character other than a tab replaced, so that a file cannot drive the terminal.
private func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
        result.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(result)
}
