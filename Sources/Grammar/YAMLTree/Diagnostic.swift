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
    /// The number of errors, and of warnings, that a list shows of one file.
    public static let limit = 100

    /// The diagnostics in the order they were added; the last one of a file with too many says so.
    public private(set) var all: [Diagnostic] = []
    /// Whether one of the diagnostics is an error.
    public private(set) var hasErrors = false
    private var counts: [Diagnostic.Severity: [String: Int]] = [:]
    /// How many more times a similar name is looked for.
    private var searches = DiagnosticList.limit

    /// Makes an empty list.
    public init() {}

    /// Adds a diagnostic at the end, unless there are too many of its file.
    public mutating func append(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasErrors = true }
        let count = counts[diagnostic.severity, default: [:]][diagnostic.location.file, default: 0]
        guard count <= Self.limit else { return }
        counts[diagnostic.severity, default: [:]][diagnostic.location.file] = count + 1
        all.append(count < Self.limit ? diagnostic : .tooMany(diagnostic.severity, at: diagnostic.location))
    }

    /// Whether further errors about a file would not be shown.
    public func isFull(of file: String) -> Bool { (counts[.error]?[file] ?? 0) > Self.limit }

    /// The known name nearest to an unknown one; nil after many searches, so that a hostile grammar costs little.
    public mutating func similarName(to word: String, among known: @autoclosure () -> [String]) -> String? {
        guard searches > 0 else { return nil }
        searches -= 1
        return suggestion(for: word, among: known())
    }

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

extension Diagnostic {
    /// Says that more diagnostics follow than are shown.
    static func tooMany(_ severity: Severity, at location: SourceLocation) -> Diagnostic {
        let message = "this file has more than \(DiagnosticList.limit) \(severity.rawValue)s; fix them to see the rest"
        var diagnostic = Diagnostic("too-many-errors", message, at: location)
        diagnostic.severity = severity
        return diagnostic
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

/// The text as one line without characters that could drive a terminal or mislead its reader.
private func visible(_ text: String) -> String { UnsafeCharacter.removed(from: text, isOneLine: true) }
