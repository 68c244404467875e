import ProtocolGrammar

/// A file of generated Swift.
public struct GeneratedFile: Sendable, Equatable {
    public var name: String
    public var text: String
    /// Whether every grammar becomes such a file.
    public var isShared = false
}

/// Writes a checked grammar as Swift.
public enum SwiftEmitter {
    /// The files that every grammar has.
    static let sharedFiles = [
        "Payloads.swift", "Protocol.swift", "Types.swift", "Messages.swift", "Errors.swift", "Sessions.swift",
    ]

    /// All files of the typed API, in a stable order: one per command and payload, and six shared ones.
    ///
    /// - Parameter options: the part of the grammar to generate, and the access level of the code.
    public static func emit(_ grammar: Grammar, options: GenerationOptions = .init()) -> [GeneratedFile] {
        let part = options.versions.map(grammar.pinned) ?? grammar
        let files = emitAll(part, options)
        // The build expects a file for every payload of the grammar.
        let kept = Set(part.payloadFiles.map(\.name))
        let empty = grammar.payloadFiles.filter { !kept.contains($0.name) }.map { name, location in
            var printer = SwiftPrinter()
            printer.header([location.payloadPath])
            printer.comment("Does not exist in the versions that this code is for.")
            return GeneratedFile(name: PayloadEmitter.fileName(name), text: printer.text)
        }
        return (files + empty).map { file in
            var file = file
            if options.access != .public { file.text = narrowed(file.text, to: options.access) }
            return file
        }
    }

    /// The same declarations in files whose names do not depend on the grammar: all commands and payloads are in one.
    public static func joined(_ files: [GeneratedFile]) -> [GeneratedFile] {
        let declarations = files.filter { !$0.isShared }.map(\.text).joined(separator: "\n")
        return files.filter(\.isShared) + [GeneratedFile(name: "Declarations.swift", text: declarations)]
    }

    /// Replaces `public` in declarations by another access level, under which nothing is inlinable.
    private static func narrowed(_ text: String, to access: GenerationOptions.Access) -> String {
        let word = access == .internal ? "" : access.rawValue + " "
        var isText = false
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            // A text of several lines may say `public` as well.
            let wasText = isText
            if line.contains("\"\"\"") { isText.toggle() }
            guard !wasText else { return String(line) }
            var rest = line.drop { $0 == " " }
            let indentation = line.prefix(line.count - rest.count)
            if rest.hasPrefix("@inlinable ") { rest = rest.dropFirst("@inlinable ".count) }
            if rest.hasPrefix("public ") { rest = word + rest.dropFirst("public ".count) }
            return String(indentation + rest)
        }
        .joined(separator: "\n")
    }

    private static func emitAll(_ grammar: Grammar, _ options: GenerationOptions) -> [GeneratedFile] {
        let commands = grammar.commands.sorted { $0.plainName < $1.plainName }.map { command in
            GeneratedFile(
                name: command.plainName + ".swift",
                text: CommandEmitter(command: command, grammar: grammar, options: options).emit())
        }
        let payloads = PayloadEmitter(grammar: grammar)
        let contents = grammar.payloads.sorted { $0.name < $1.name }.map { payload in
            GeneratedFile(name: PayloadEmitter.fileName(payload.name), text: payloads.emit(payload))
        }
        let sets = grammar.elementSets.map { set in
            GeneratedFile(name: PayloadEmitter.fileName(set.name), text: payloads.emit(set))
        }
        return commands + contents + sets + [
            GeneratedFile(name: "Payloads.swift", text: payloads.emitNamespace(), isShared: true),
            GeneratedFile(name: "Protocol.swift", text: ProtocolEmitter(grammar: grammar).emit(), isShared: true),
            GeneratedFile(name: "Types.swift", text: TypeEmitter(grammar: grammar).emit(), isShared: true),
            GeneratedFile(
                name: "Messages.swift", text: MessageEmitter(grammar: grammar, options: options).emit(), isShared: true),
            GeneratedFile(name: "Errors.swift", text: ErrorEmitter(grammar: grammar).emit(), isShared: true),
            GeneratedFile(name: "Sessions.swift", text: SessionEmitter(grammar: grammar).emit(), isShared: true),
        ]
    }
}
