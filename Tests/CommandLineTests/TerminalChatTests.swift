#if os(Linux)
import Foundation
import SampleServer
import TestSupport
import Testing

/// `msnp chat` on a terminal, as somebody sits in front of it.
@Suite(.serialized, .timeLimit(.minutes(30)))
struct TerminalChatTests {
    private static func chat(
        _ account: SampleAccount, _ server: SampleServer, columns: Int
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            [
                "chat", account.userHandle, "--port", "\(server.dispatchPort)", "--login-url",
                "http://127.0.0.1:\(server.loginPort)", "--version", "MSNP12",
            ], columns: columns)
    }

    /// Answers the question for the password and waits for the list.
    private static func signIn(_ terminal: PseudoTerminal, _ account: SampleAccount) async {
        await terminal.see("Password of")
        #expect(!terminal.echoes)
        terminal.type(account.password + "\r")
        await terminal.see("Type /help")
        #expect(!terminal.shown.contains { $0.contains(account.password) })
    }

    @Test(arguments: [40, 120])
    func whatComesInNeverCutsWhatIsTyped(_ columns: Int) async throws {
        try await SampleServer.withRunning(.patient) { server in
            let alice = try Self.chat(.alice, server, columns: columns)
            await Self.signIn(alice, .alice)
            alice.type("I am typ")
            await alice.see(last: "> I am typ")
            let bob = try Self.chat(.bob, server, columns: columns)
            await Self.signIn(bob, .bob)
            let rows = await alice.see { $0.contains("* Bob is online.") && $0.last == "> I am typ" }
            #expect(rows.allSatisfy { $0.count <= columns })
            alice.type("\u{15}/chat bob\r")
            await alice.see(last: "Bob>")
            alice.type("Hello, Bob, this is a sentence that is too long for one row of a narrow terminal.\r")
            await bob.see("Hello, Bob")
            alice.type("\u{1B}[A\u{1B}[A")
            await alice.see(last: "Bob> /chat bob")
            alice.type("\u{03}")
            await alice.see(last: "Bob>")
            alice.resize(columns: columns == 40 ? 120 : 40)
            let anew = await alice.see { $0.last == "Bob>" && $0.count > 3 }
            let text = anew.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
            #expect(text.contains("too long for one row of a narrow terminal."))
            #expect(anew.allSatisfy { $0.count <= (columns == 40 ? 120 : 40) })
            alice.type("\u{03}")
            #expect(await alice.end() == 0)
            #expect(alice.echoes)
            bob.type("/quit\r")
            #expect(await bob.end() == 0)
        }
    }

    @Test func controlCAtThePasswordGivesTheEchoBack() async throws {
        try await SampleServer.withRunning(.patient) { server in
            let terminal = try Self.chat(.alice, server, columns: 80)
            await terminal.see("Password of")
            terminal.type("corr\u{03}")
            #expect(await terminal.end() == 130)
            #expect(terminal.echoes)
            #expect(!terminal.shown.contains { $0.contains("corr") })
        }
    }

    @Test func aServerThatComesBackIsFoundAgain() async throws {
        var settings = SampleConfiguration.patient
        let (terminal, ports) = try await SampleServer.withRunning(settings) { server in
            let terminal = try Self.chat(.alice, server, columns: 80)
            await Self.signIn(terminal, .alice)
            let ports = (server.dispatchPort, server.notificationPort, server.switchboardPort, server.loginPort)
            return (terminal, ports)
        }
        await terminal.see("Trying again in")
        await terminal.see(last: "(not connected) >")
        terminal.type("still here")
        await terminal.see(last: "(not connected) > still here")
        terminal.type("\u{15}")
        (settings.ports.dispatch, settings.ports.notification) = (ports.0, ports.1)
        (settings.ports.switchboard, settings.ports.login) = (ports.2, ports.3)
        try await SampleServer.withRunning(settings) { server in
            terminal.type("/connect\r")
            await terminal.see { rows in
                rows.count { $0.contains("Type /help") } == 2 && rows.last == ">"
            }
            terminal.type("/quit\r")
            #expect(await terminal.end() == 0)
        }
    }
}
#endif
