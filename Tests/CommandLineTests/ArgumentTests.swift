import ArgumentParser
import Foundation
import TestSupport
import Testing
@testable import msnp

/// What is said about wrong arguments.
struct ArgumentTests {
    private func message(_ arguments: [String]) -> String? {
        do {
            _ = try MSNPCommand.parseAsRoot(arguments)
            return nil
        } catch {
            #expect(MSNPCommand.exitCode(for: error) == .validationFailure)
            return MSNPCommand.message(for: error)
        }
    }

    @Test(arguments: [
        (["decode"], "name the --version of standard input, such as --version MSNP8, or name a file"),
        (["decode", "--service", "switchboard", "x.pcap"], "--service and --sender are for standard input"),
        (["vectors"], "name files to check, or one with --from"),
        (["vectors", "--from", "x.tsv", "y.tsv"], "name files to check, or one with --from"),
        (["record"], "Missing expected argument '<file>'"),
        (["decode", "--version", "MSNP99"], "The value 'MSNP99' is invalid for '--version <version>'"),
        (["decode", "--version", "MSNP8", "--service", "x"], "The value 'x' is invalid for '--service <service>'"),
        (["encode", "--version", "MSNP8", "--sender", "x"], "The value 'x' is invalid for '--sender <sender>'"),
        (["lint"], "Missing expected argument '<files> ...'"),
        (["chat"], "Missing expected argument '<account>'"),
        (["chat", "alice@example.com", "--port", "0"], "--port must be between 1 and 65535"),
        (["serve", "--port", "65532"], "--port must be 0 or between 1 and 65531"),
        (["serve", "--port=-1"], "--port must be 0 or between 1 and 65531"),
        (
            ["serve", "--host", "::1"],
            "an address in MSNP is HOST:PORT, where '::1' cannot stand: say with --public-host"
        ),
        (["serve", "--host", "::"], "an address in MSNP is HOST:PORT, where '::' cannot stand: "),
        (["serve", "--public-host", "::1"], "an address in MSNP is HOST:PORT, where '::1' cannot stand: "),
        (
            ["serve", "--public-host", "chat.example:1863"],
            "an address in MSNP is HOST:PORT, where 'chat.example:1863'"
        ),
        (["serve", "--public-host", "a b"], "an address in MSNP is HOST:PORT, where 'a b' cannot stand: "),
        (["serve", "--public-host", ""], "an address in MSNP is HOST:PORT, where '' cannot stand: "),
        (["serve", "--certificate", "a.pem"], "--certificate and --key belong together"),
        (["serve", "--key", "a.pem"], "--certificate and --key belong together"),
        (["serve", "--login-port", "65536"], "--login-port must be between 0 and 65535"),
        (["serve", "--tls-port=-1"], "--tls-port must be between 0 and 65535"),
        (["demo", "--colour"], "Unknown option '--colour'"),
    ])
    func aWrongArgumentIsNamed(_ arguments: [String], _ start: String) {
        #expect(message(arguments)?.hasPrefix(start) == true, "\(message(arguments) ?? "accepted")")
    }

    #if !TLS
    @Test func withoutTLSACertificateNeedsAnotherBuild() {
        #expect(
            message(["serve", "--certificate", "a.pem", "--key", "b.pem"])?.split(separator: "\n").first
                == "--certificate needs the trait TLS, which is on by default; this program was built without it")
    }
    #endif

    @Test(arguments: [
        ["decode", "--version", "msnp8"], ["encode", "--version", "CVR0", "--service", "switchboard"],
        ["serve", "--port", "0"], ["serve", "--host", "::1", "--public-host", "chat.example"],
        ["serve", "--host", "0.0.0.0"], ["serve", "--public-host", "10.0.0.1"],
        ["serve", "--port", "65531"], ["serve", "--login-port", "80", "--tls-port", "443"],
        ["chat", "alice@example.com", "--version", "MSNP12"],
        ["vectors", "a.tsv", "b.tsv"], ["lint", "a.tsv", "--sender", "client"], ["demo"],
    ])
    func rightArgumentsAreAccepted(_ arguments: [String]) {
        #expect(message(arguments) == nil)
    }

    @Test(arguments: [["vectors", "/no/such/file.tsv"], ["lint", "/no/such/file.tsv"]])
    func aFileThatCannotBeReadIsNamed(_ arguments: [String]) async throws {
        var command = try #require(try MSNPCommand.parseAsRoot(arguments) as? any AsyncParsableCommand)
        let error = await #expect(throws: ValidationError.self) { try await command.run() }
        #expect(error?.message == "cannot read '/no/such/file.tsv'")
    }

    @Test func demoNamesTheVersionsItSupports() async throws {
        let command = try #require(try MSNPCommand.parseAsRoot(["demo", "--version", "CVR0"]) as? DemoCommand)
        let error = await #expect(throws: ValidationError.self) { try await command.run() }
        #expect(error?.message.hasPrefix("demo supports MSNP2, MSNP3, ") == true)
    }
}

/// The version of the program is that of the package.
struct VersionTests {
    @Test func theChangelogHasAPartForTheVersion() throws {
        let changelog = try String(contentsOf: Repository.folder.appending(path: "CHANGELOG.md"), encoding: .utf8)
        let version = MSNPCommand.version
        // A version in the making is told under the heading of what is not released.
        let heading = version.hasSuffix("-dev") ? "Unreleased" : version
        #expect(changelog.split(separator: "\n").first { $0.hasPrefix("## ") }?.hasPrefix("## [\(heading)]") == true)
        #expect(version.split(separator: "-").first?.split(separator: ".").compactMap { Int($0) }.count == 3)
        #expect(throws: (any Error).self) { try MSNPCommand.parseAsRoot(["--version"]) }
    }
}
