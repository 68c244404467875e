import ProtocolDescription
import ProtocolGrammar

/// Reads lines by the grammar itself, for explanations.
public struct LineReading: Sendable {
    private let grammar: Grammar

    /// Makes a reader for lines of a grammar.
    public init(_ grammar: Grammar) {
        self.grammar = grammar
    }

    /// Reads a line without its line end; its last word counts a payload that is not there.
    public func read(_ line: String, in context: LineExplainer.Context) -> LineExplainer.Reading {
        do throws(MatchFailure) {
            return .decoded(decoded(try match(line, in: context), version: context.version))
        } catch {
            if error.kind == .notInVersion || error.kind == .unknownCommand { return .absent }
            var reason = error.form.map { "not the form '\($0)': " } ?? ""
            if let parameter = error.parameter, !parameter.isEmpty { reason += "\(parameter): " }
            return .refused(reason: reason + error.reason)
        }
    }

    private func match(_ line: String, in context: LineExplainer.Context) throws(MatchFailure) -> MatchedLine {
        let matcher = LineMatcher(grammar)
        let bytes = Array(line.utf8)
        let sender: Sender = context.sender == .client ? .client : .server
        func match(_ count: Int?) throws(MatchFailure) -> MatchedLine {
            try matcher.match(
                bytes, payloadCount: count, sender: sender, service: context.service, version: context.version)
        }
        do throws(MatchFailure) {
            return try match(nil)
        } catch {
            guard error.kind == .wrongPayloadLength, let count = line.split(separator: " ").last.flatMap({ Int($0) })
            else { throw error }
            return try match(count)
        }
    }

    private func decoded(_ line: MatchedLine, version: Int) -> DecodedLine {
        let parameters = line.form.parameters(in: version)
        let values = line.values.compactMap { name, value -> DecodedLine.Value? in
            guard let parameter = parameters.first(where: { $0.name == name && $0.literal == nil }) else { return nil }
            var isText = false
            if case .text = parameter.typeName.flatMap(grammar.type)?.kind { isText = true }
            return DecodedLine.Value(name: name, words: Self.words(of: value, isText: isText))
        }
        return DecodedLine(form: line.form.fullName, transaction: line.transaction, values: values)
    }

    /// The words as people read them: percent-coded text decoded, all others as on the wire.
    private static func words(of value: MatchedLine.Value, isText: Bool) -> [String] {
        switch value {
        case .one(let readings): [(isText ? readings.last : readings.first) ?? ""]
        case .list(let items): items.flatMap { words(of: $0, isText: isText) }
        }
    }
}
