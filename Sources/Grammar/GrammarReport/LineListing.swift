import ProtocolGrammar

/// Reads many lines, each in one context, and says in JSON what they are: for programs that compare other readers.
public struct LineListing: Sendable {
    /// Why a row cannot be read.
    public struct Failure: Error, Sendable, Equatable {
        /// What is wrong, with the number of the row.
        public var text: String
    }

    private let grammar: Grammar
    private let matcher: LineMatcher

    /// Makes a listing of lines of a grammar.
    public init(_ grammar: Grammar) {
        self.grammar = grammar
        matcher = LineMatcher(grammar)
    }

    /// One JSON object a row.
    ///
    /// A row has, between tabs, a version by name or number, a service, a sender, and the bytes of a line and its
    /// payload in hexadecimal digits.
    public func json(of rows: String) throws(Failure) -> String {
        var result = ""
        for (index, row) in rows.split(separator: "\n").enumerated() {
            let columns = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count == 4, let version = grammar.version(named: columns[0]),
                grammar.services.contains(where: { $0.name == columns[1] }), let sender = Sender(rawValue: columns[2]),
                let bytes = AlgorithmValue.bytes(columns[3])
            else {
                throw Failure(
                    text: "row \(index + 1) must have a version, a service, 'client' or 'server' and hexadecimal "
                        + "digits, with tabs between them")
            }
            let context = LineContext(version: version.number, service: columns[1], sender: sender)
            result += self.json(of: bytes, in: context).compact + "\n"
        }
        return result
    }

    /// What is behind the line break is the payload; nothing there is none.
    private func json(of bytes: [UInt8], in context: LineContext) -> JSONValue {
        let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
        var line = bytes[..<end]
        if end < bytes.endIndex, line.last == 0x0D { line.removeLast() }
        let count = max(0, bytes.endIndex - end - 1)
        do throws(MatchFailure) {
            let found = try matcher.match(
                Array(line), payloadCount: count == 0 ? nil : count, sender: context.sender, service: context.service,
                version: context.version, isStrict: false)
            return json(of: found)
        } catch {
            return .members([
                ("kind", .text(error.kind.rawValue)), ("form", .text(error.form ?? "")),
                ("parameter", .text(error.parameter ?? "")), ("sentence", .text(error.sentence)),
            ])
        }
    }

    private func json(of line: MatchedLine) -> JSONValue {
        .members([
            ("form", .text(line.form.fullName)), ("transaction", .text(line.transaction ?? "")),
            ("values", .list(line.values.map { .list([.text($0.name), json(of: $0.value)]) })),
            ("deviations", .list(line.deviations.map { .text($0.about) })),
            ("answers", .list(matcher.answers(to: line).map { .text($0.name) })),
        ])
    }

    /// The readings of a value, or a list of those of its items.
    private func json(of value: MatchedLine.Value) -> JSONValue {
        switch value {
        case .one(let readings): .list(readings.map { .text($0) })
        case .list(let items): .list(items.map(json))
        }
    }
}
