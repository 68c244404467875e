#if Network
// Shows: the server and client of this package in one process, and what each of their commands means.
import ArgumentParser
import MSNP
import MSNPSession
import SampleClient
import SampleServer
import WireProtocol

/// Plays a whole conversation over the loopback interface and prints it.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Signs a sample client in to a sample server and prints the annotated conversation.")

    @Option(help: "The version to use, such as MSNP8; by default the newest complete one.")
    var version: VersionArgument?

    func run() async throws {
        let usable = SignInKind.completeVersions
        guard let version = version?.version ?? usable.last, usable.contains(version) else {
            throw ValidationError("demo supports " + usable.map { $0.displayName }.joined(separator: ", "))
        }
        let user = SampleAccount.alice
        let (lines, sink) = AsyncStream.makeStream(of: TraceLine.self, bufferingPolicy: .unbounded)
        let report = try await SampleServer.withRunning { server in
            let client = SampleClient(
                version: version, userHandle: user.userHandle, password: user.password,
                tickets: { server.tickets.issue(account: $0, password: $1) }, observer: { sink.yield($0) })
            defer { sink.finish() }
            return try await client.visit(host: server.host, port: server.dispatchPort)
        }
        var service: Service?
        for await line in lines {
            if service != line.service {
                service = line.service
                try StandardStreams.print("== \(version.displayName), \(line.service) server ==")
            }
            try StandardStreams.print(TraceText.text(of: line))
        }
        try StandardStreams.print(
            "== done: \(report.userHandle) saw \(report.contacts.joined(separator: ", ")) and signed out ==")
    }
}
#endif
