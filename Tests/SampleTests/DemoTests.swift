import MSNP
import MSNPSession
import SampleClient
import SampleServer
import Synchronization
import TestSupport
import Testing
import WireProtocol

/// Visits of the sample client at the sample server.
@Suite(.timeLimit(.minutes(30)))
struct DemoTests {
    /// A whole visit succeeds in every version that can sign in, and every line of it is a form of the grammar.
    @Test(arguments: SignInKind.completeVersions)
    func aVisitSucceedsInEveryVersion(_ version: ProtocolVersion) async throws {
        let trace = Trace()
        let report = try await Samples.visit(version, password: SampleAccount.alice.password, trace: trace)
        #expect(report.version == version)
        #expect(report.userHandle == "alice@example.com")
        #expect(report.contacts == ["carol@example.com"])
        #expect(report.isProductProven)
        #expect(report.isPingAnswered)
        #expect(trace.lines.allSatisfy { $0.form != nil })
        #expect(trace.lines.last?.command == "OUT")
        #expect(trace.names.contains("XFR.notification"))
        #expect(trace.names.contains("USR.authenticated"))
        #expect(trace.names.contains("CHG.changed"))
    }

    @Test func everyCompleteVersionButThePseudoVersionSignsIn() {
        let without = ProtocolVersion.complete.filter { !SignInKind.completeVersions.contains($0) }
        #expect(without.map { $0.displayName } == ["CVR0"])
    }

    /// A wrong password is answered with 911, whatever the kind of sign-in, and the connection ends.
    @Test(arguments: SignInKind.completeVersions)
    func aWrongPasswordIsRefusedInEveryVersion(_ version: ProtocolVersion) async throws {
        let trace = Trace()
        await #expect(throws: SignInError.session(.refused(ErrorReply(code: .authenticationFailed)))) {
            try await Samples.visit(version, password: "wrong", trace: trace)
        }
        #expect(trace.lines.last?.command == "911")
    }

    @Test(arguments: SignInKind.completeVersions)
    func everyProofIsMarkedAsSecret(_ version: ProtocolVersion) async throws {
        let trace = Trace()
        _ = try await Samples.visit(version, password: SampleAccount.alice.password, trace: trace)
        let proofs = trace.lines.filter { ["digest", "ticket", "proof"].contains($0.form) }
        #expect(proofs.count == 1)
        #expect(proofs.allSatisfy { $0.fields.contains { $0.isSensitive } })
    }
}

/// Collects what a client shows.
final class Trace: Sendable {
    /// The lines so far.
    private let collected = Mutex<[TraceLine]>([])

    /// The lines so far.
    var lines: [TraceLine] { collected.withLock { $0 } }
    /// The names of the forms so far.
    var names: [String] { lines.map { "\($0.command).\($0.form ?? "")" } }

    /// Takes a line.
    func add(_ line: TraceLine) {
        collected.withLock { $0.append(line) }
    }
}

/// What several tests do.
enum Samples {
    /// Runs a server for one visit of Alice.
    static func visit(
        _ version: ProtocolVersion, password: String, trace: Trace
    ) async throws -> SampleClient.Report {
        try await SampleServer.withRunning(.patient) { server in
            let client = SampleClient(
                version: version, userHandle: SampleAccount.alice.userHandle, password: password,
                tickets: { server.tickets.issue(account: $0, password: $1) }, observer: { trace.add($0) })
            return try await client.visit(host: server.host, port: server.dispatchPort)
        }
    }
}
