import ArgumentParser

/// The command line for people.
@main
struct MSNPCommand: AsyncParsableCommand {
    /// Name and parts.
    static let configuration = CommandConfiguration(
        commandName: "msnp",
        abstract: "Decodes, encodes and speaks the MSN Messenger protocol.",
        subcommands: [DemoCommand.self, DecodeCommand.self, EncodeCommand.self, VectorsCommand.self])
}
