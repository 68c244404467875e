import ProtocolGrammar
import YAMLTree

/// Something new in a grammar: a file or lines that are right as they stand, with comments that say what to fill in.
public struct GrammarAddition: Sendable {
    /// Why nothing can be added.
    public struct Refusal: Error {
        /// The reason, as a sentence without a full stop.
        public var reason: String

        /// Makes a refusal.
        public init(reason: String) { self.reason = reason }
    }

    /// The path of the file, below the folder of the grammar.
    public var path: String
    /// The whole text of the file.
    public var text: String
    /// The name of the schema for a new file; nil for lines in one that exists.
    public var schema: String?
    /// Whether the file must not exist yet.
    public var isNewFile: Bool

    /// A command with a request, its answer and an example.
    public static func command(_ name: String, in grammar: Grammar) throws(Refusal) -> GrammarAddition {
        if grammar.command(named: name) != nil { throw Refusal(reason: "the grammar has a command '\(name)' already") }
        let plainName = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        if plainName.isEmpty {
            throw Refusal(
                reason: "the command '\(name)' has no letter or digit for the name of its file; write the file by hand")
        }
        /// A text that begins with the word, in double quotes if YAML might read it otherwise.
        func quoted(_ text: String) -> String {
            plainName == name ? text : "\"" + text.map { "\\\"".contains($0) ? "\\\($0)" : "\($0)" }.joined() + "\""
        }
        let service = grammar.services.first?.name ?? "main"
        let hasTransaction = grammar.transaction != .absent
        let parameter = parameter(in: grammar)
        let line = quoted(name + (hasTransaction ? " 1" : "") + (parameter == nil ? "" : " word"))
        let remark = hasTransaction ? " A form without a transaction ID has the key 'transaction: none'." : ""
        func form(_ form: String, _ about: String, _ more: String) -> String {
            """
              \(form):
                about: \(about)
                # In the order of the line: a name and a type, or a literal. Without any: remove the key.
                \(parameter.map { "parameters:\n      - \($0)" } ?? "parameters: []")
            \(more)\(evidence(in: grammar, "    "))
            """
        }
        let text = """
            # Fill in what is meant for a command of your own; Grammar/README.md tells each key.
            command: \(quoted(name))
            # One sentence: what the command is for.
            about: Asks for something.
            services: [\(service)]
            \((versions(in: grammar) + ["# What clients send, form by form.\(remark)"]).joined(separator: "\n"))
            client:
            \(form("request", "Asks for something.", "    # The forms that answer it.\n    answers: [\(quoted(name + ".answer"))]\n"))
            # What servers send.
            server:
            \(form("answer", "Answers.", ""))
            # Each form needs a line\(hasTransaction ? "; 1 is the transaction ID" : "").
            examples:
              - title: One asks and the other answers
                lines:
                  - { client: \(line), form: request }
                  - { server: \(line), form: answer }

            """
        return GrammarAddition(path: "commands/\(plainName).yaml", text: text, schema: "command.json", isNewFile: true)
    }

    /// A payload that is a MIME message.
    public static func payload(_ name: String, in grammar: Grammar) throws(Refusal) -> GrammarAddition {
        if grammar.payloads.contains(where: { $0.name == name }) {
            throw Refusal(reason: "the grammar has a payload '\(name)' already")
        }
        let type = textType(in: grammar)?.name
        let bearer = grammar.sortedCommands.flatMap(\.forms).first { $0.payload != nil }?.fullName ?? "XXX.form"
        let fields = type.map { "fields:\n  - { name: word, header: Word, type: \($0) }" } ?? "fields: []"
        let contentType = "text/x-\(name.lowercased())"
        let header =
            "MIME-Version: 1.0\\r\\nContent-Type: \(contentType)\\r\\n\(type == nil ? "" : "Word: word\\r\\n")\\r\\n"
        let text = """
            # Fill in what is meant for a payload of your own; Grammar/README.md tells each key.
            payload: \(name)
            # A MIME message; others are 'xml', 'blocks' and 'binary'.
            kind: mime
            # One sentence: what it says.
            about: Says something.
            \((versions(in: grammar) + ["# The forms that bear it, as in: commands: [\(bearer)]"]).joined(separator: "\n"))
            content-type: \(contentType)
            # Its header fields.
            \(fields)
            \(evidence(in: grammar, ""))
            examples:
              - title: A message
                text: "\(header)"

            """
        return GrammarAddition(path: "payloads/\(name).yaml", text: text, schema: "payload.json", isNewFile: true)
    }

    /// A line for a version, in the text of `versions.yaml`.
    public static func version(
        _ name: String, number: Int, basedOn base: Version?, in grammar: Grammar, file: SourceFile
    ) throws(Refusal) -> GrammarAddition {
        if let twin = grammar.versions.first(where: { $0.number == number || $0.name == name }) {
            let advice = base.map { "; to base it on \($0.name), add 'based-on: \($0.number)' there" } ?? ""
            throw Refusal(
                reason: "\(twin.location.file):\(twin.location.line) has the version \(twin.name) already\(advice)")
        }
        var lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let places = grammar.versions.map(\.location)
        guard let last = grammar.versions.max(by: { $0.location.line < $1.location.line }),
            Set(places.map(\.line)).count == places.count, lines.indices.contains(last.location.line - 1)
        else { throw Refusal(reason: "\(file.path) does not have its versions one a line; add the version by hand") }
        let indentation = String(repeating: " ", count: last.location.column - 1)
        guard lines[last.location.line - 1].prefix(indentation.count).allSatisfy({ $0 == " " }) else {
            throw Refusal(reason: "\(file.path) does not have its versions one a line; add the version by hand")
        }
        let about = base.map { "\"As \($0.number), as far as anybody knows.\"" } ?? "What is new in it."
        let entry =
            base.map { "\(number): { name: \(name), status: partial, based-on: \($0.number), about: \(about) }" }
            ?? "\(number): { name: \(name), status: partial, about: \(about) }"
        let added = [
            "\(indentation)# Say in 'about' what is new. 'status' is 'complete' once all that is public is here.",
            "\(indentation)\(entry)",
        ].map { $0[...] }
        lines.insert(contentsOf: added, at: place(of: number, in: grammar, lines, below: last.location))
        return GrammarAddition(path: "versions.yaml", text: lines.joined(separator: "\n"), isNewFile: false)
    }

    /// The index of the line that the new one comes before: that of the next version, or the end of the last one.
    private static func place(
        of number: Int, in grammar: Grammar, _ lines: [Substring], below last: SourceLocation
    ) -> Int {
        let next = grammar.versions.filter { $0.number > number }.min { $0.number < $1.number }
        if let next, next.location.line <= last.line { return next.location.line - 1 }
        var end = last.line
        for index in last.line..<lines.count {
            let line = lines[index]
            guard let first = line.firstIndex(where: { $0 != " " }) else { continue }
            guard line.distance(from: line.startIndex, to: first) >= last.column else { break }
            end = index + 1
        }
        return end
    }

    // MARK: - What stands in the grammar

    private static func textType(in grammar: Grammar) -> ValueType? {
        let plain = grammar.types.filter { type in
            guard !type.isSensitive, case .token(let limit, let shapes) = type.kind else { return false }
            return shapes.isEmpty && limit >= 4
        }
        return plain.first { $0.name == "Token" } ?? plain.first
    }

    private static func parameter(in grammar: Grammar) -> String? {
        textType(in: grammar).map { "{ name: word, type: \($0.name) }" }
    }

    /// The key with the newest version and those that follow; nothing where there is only one.
    private static func versions(in grammar: Grammar) -> [String] {
        if grammar.hasOnlyVersion { return [] }
        let newest = grammar.sortedVersions.last { $0.status != .named }
        return [
            "# The versions that have it, such as 8, 2-7 or 11+. Without this key: all of them.",
            "versions: \(newest.map { "\($0.number)+" } ?? "")",
        ]
    }

    private static func evidence(in grammar: Grammar, _ indentation: String) -> String {
        guard let source = grammar.sources.first?.name else {
            return "\(indentation)# Who says so: observed, documented or inferred with names of 'sources.yaml'."
        }
        return """
            \(indentation)# Who says so: observed, documented or inferred with names of 'sources.yaml'.
            \(indentation)inferred: [\(source)]
            """
    }
}
