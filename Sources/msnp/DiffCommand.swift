// Shows: the grammar in words as a value, and what two versions of it have not in common.
import ArgumentParser
import MSNPDescription
import ProtocolDescription
import WireProtocol

/// What is different between two versions.
struct DiffCommand: AsyncParsableCommand {
    /// Name and summary.
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Prints what changed between two versions, for example MSNP8 and MSNP9.")

    /// The version compared with.
    @Argument(help: "The older version, for example MSNP8.")
    var older: VersionArgument

    /// The version compared.
    @Argument(help: "The newer version, for example MSNP9.")
    var newer: VersionArgument

    /// Prints it.
    func run() async throws {
        let description = try ProtocolDescription.msnp()
        guard let first = description.version(number: Int(older.version.number)),
            let second = description.version(number: Int(newer.version.number))
        else { throw ValidationError("the description does not have these versions") }
        let difference = VersionDifference(from: first, to: second, in: description)
        try StandardStreams.write(Array(difference.text.utf8))
    }
}
