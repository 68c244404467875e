#if Network
// Shows: each value of a command has a type, which says what may name a person.
import ArgumentParser
import MSNP
import SessionLint
import WireProtocol

/// Makes one recording of recordings or captures.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Makes a recording for 'msnp lint' of captures or other recordings.",
        discussion: """
            The table goes to standard output, with a row for each command. Zeros stand for passwords, tickets and \
            cookies. Captures (pcap and pcapng) are read with tshark.

            With --anonymise, accounts, names, tickets, addresses and texts become others of the same lengths and kinds \
            of characters, each always the same; what the programs say about themselves and all numbers of less than \
            six digits outside of texts stay. Look at the result before you give it away: nobody can know what a \
            command means that the grammar does not know.

            The exit status is 1 if a part of the input could not be read.
            """)

    @Argument(help: "The recording or capture.")
    var file: String

    @Flag(help: "Replace what names people.")
    var anonymise = false

    @Option(help: "The version of switchboard connections whose notification connection is not recorded.")
    var version: VersionArgument?

    func run() async throws {
        let recording = try RecordingSource(file).recording
        let result: Recording
        do {
            result =
                anonymise
                ? try Anonymiser(version: version?.version).anonymised(recording)
                : try recording.withoutSecrets(version: version?.version)
        } catch {
            throw ValidationError("\(file): \(error)")
        }
        try StandardStreams.write(Array(result.table.utf8))
        for problem in result.problems { try StandardStreams.diagnose("\(file):\(problem.line): \(problem.text)") }
        if !result.problems.isEmpty { throw ExitCode.failure }
    }
}
#endif
