import ProtocolGrammar

/// A context in which a line can occur.
struct LineContext: Hashable {
    /// The number of the version.
    var version: Int
    /// The name of the service.
    var service: String
    /// Who sends the line.
    var sender: Sender
}

/// The result of decoding a line in a context.
enum LineReading {
    /// The line has a form.
    case decoded(MatchedLine)
    /// The command exists, but the line is invalid; the reason names no context.
    case refused(reason: String)
    /// The context lacks the command.
    case absent

    init(_ line: GivenLine, in context: LineContext, by matcher: LineMatcher, isStrict: Bool) {
        do throws(MatchFailure) {
            let match = try Self.match(line, in: context, by: matcher, isStrict: isStrict)
            if match.form.payload == nil, let count = line.payloadCount, count > 0 {
                self = .refused(reason: "not the form '\(match.form.name)': it has no payload")
            } else {
                self = .decoded(match)
            }
        } catch {
            if error.kind == .notInVersion || error.kind == .unknownCommand {
                self = .absent
                return
            }
            self = .refused(reason: (error.form.map { "not the form '\($0)': " } ?? "") + error.sentence)
        }
    }

    /// Without a typed payload, accepts any length in the last word of the line.
    private static func match(
        _ line: GivenLine, in context: LineContext, by matcher: LineMatcher, isStrict: Bool
    ) throws(MatchFailure) -> MatchedLine {
        func match(_ count: Int?) throws(MatchFailure) -> MatchedLine {
            try matcher.match(
                Array(line.text.utf8), payloadCount: count, sender: context.sender, service: context.service,
                version: context.version, isStrict: isStrict)
        }
        do throws(MatchFailure) {
            return try match(line.payloadCount)
        } catch {
            guard line.payloadCount == nil, error.kind == .wrongPayloadLength,
                let count = line.text.split(separator: " ").last.flatMap({ Int($0) }), count >= 0
            else { throw error }
            return try match(count)
        }
    }
}
