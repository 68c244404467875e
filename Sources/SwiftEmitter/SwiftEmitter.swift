import ProtocolGrammar

/// A file of generated Swift.
public struct GeneratedFile: Sendable, Equatable {
    public var name: String
    public var text: String
}

/// Writes a checked grammar as Swift.
public enum SwiftEmitter {
    /// All files of the typed API, in a stable order: one a command, and five for what they share.
    public static func emit(_ grammar: Grammar) -> [GeneratedFile] {
        let commands = grammar.commands.sorted { $0.name < $1.name }.map { command in
            GeneratedFile(
                name: command.name + ".swift", text: CommandEmitter(command: command, grammar: grammar).emit())
        }
        return commands + [
            GeneratedFile(name: "Protocol.swift", text: ProtocolEmitter(grammar: grammar).emit()),
            GeneratedFile(name: "Types.swift", text: TypeEmitter(grammar: grammar).emit()),
            GeneratedFile(name: "Messages.swift", text: MessageEmitter(grammar: grammar).emit()),
            GeneratedFile(name: "Errors.swift", text: ErrorEmitter(grammar: grammar).emit()),
            GeneratedFile(name: "Sessions.swift", text: SessionEmitter(grammar: grammar).emit()),
        ]
    }
}
