import ArgumentParser

/// The `msnp` command.
@main
struct MSNPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "msnp",
        abstract: "Decodes, encodes, checks and speaks the MSN Messenger protocol.",
        subcommands: [
            ChatCommand.self, ServeCommand.self, DemoCommand.self, DecodeCommand.self, EncodeCommand.self,
            VectorsCommand.self, LintCommand.self,
        ])
}
