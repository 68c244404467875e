import Foundation
import MSNP
import MSNPSession
import TestSupport
import Testing
import WireProtocol
import WireXML

@testable import SampleClient

/// Plays the server of a recording to the chat client, as one of the recorded users.
struct ClientReplay: Sendable, CustomTestStringConvertible {
    let recording: Recording
    /// The connection to the notification server.
    let connection: String

    var testDescription: String { "\(recording.file) \(connection)" }

    /// All connections of a recording on which somebody signs in.
    static func all(of recording: Recording) -> [ClientReplay] {
        let names = recording.events.compactMap { event -> String? in
            guard case .said(let line) = event, case .server(.usr(.authenticated)) = line.message else { return nil }
            return line.connection
        }
        return Array(Set(names)).sorted().map { ClientReplay(recording: recording, connection: $0) }
    }

    /// Plays it to the end and returns what is wrong.
    func run() async throws -> [String] {
        let server = RecordedServer(recording, connection)
        let screen = Screen()
        var settings = ChatSettings(
            server: RecordedServer.address, credentials: Credentials(userHandle: server.account, password: "secret"),
            versions: [server.version], tickets: FixedTickets(), contactList: try contactList(),
            connector: MemoryConnector { await server.serve($0, $1) }, clock: PatientClock())
        settings.quiet = .milliseconds(20)
        let client = ChatClient(settings) { screen.show($0) }
        let (lines, keyboard) = AsyncStream<String>.makeStream()
        async let use = use(server, screen, keyboard)
        let isWell = await client.run(lines)
        // Whatever ended the client, nobody has to wait for it any more.
        screen.show(Self.over)
        let problems = await use
        let end = isWell ? [] : screen.all.suffix(2).map { "the session ended: \($0)" }
        return problems + (server.farewell == nil ? end : []) + server.complaints
    }

    /// What the screen shows when the client is gone.
    private static let over = "The client is gone."

    /// Does what a user does, and returns what is wrong.
    private func use(
        _ server: RecordedServer, _ screen: Screen, _ keyboard: AsyncStream<String>.Continuation
    ) async -> [String] {
        await screen.see(words: "Type /help", or: Self.over)
        // Who of them is online may come before the list or after it.
        let (first, shown) = (expectation(server).people.keys.sorted(), people(on: screen.all).keys.sorted())
        var problems = first == shown ? [] : ["the first list is \(shown), expected \(first)"]
        let commands = RecordedCommands(recording, connection).lines
        let count = screen.all.count
        for command in commands { keyboard.yield(command) }
        // What is shown to this comes when they are done.
        keyboard.yield("/use 99")
        await screen.see(words: "Open a conversation first", or: Self.over)
        if screen.all.dropFirst(count).count(where: { $0 == "Done." }) != commands.count {
            problems.append("\(commands) gave \(screen.all.dropFirst(count))")
        }
        server.finish()
        if server.farewell != nil {
            await screen.see(Self.over)
            let last = screen.all.dropLast().last ?? ""
            return problems + (last.hasPrefix("You were signed out") ? [] : ["no farewell but: \(last)"])
        }
        await screen.see(words: RecordedServer.end + " is online", or: Self.over)
        for name in conversations { await screen.see(words: "\(RecordedServer.end) of \(name)", or: Self.over) }
        for (name, partner) in calls {
            keyboard.yield("/chat \(partner)")
            await screen.see(words: "\(RecordedServer.end) of \(name)", or: Self.over)
        }
        let before = screen.all.count
        keyboard.yield("/oddities")
        keyboard.yield("/contacts")
        keyboard.yield("/help")
        await screen.see(words: "/quit", or: Self.over)
        if !screen.all.dropFirst(before).contains("Everything the server said was understood.") {
            problems.append("odd lines: \(screen.all.dropFirst(before).prefix(5))")
        }
        let expected = expectation(server)
        let people = people(on: Array(screen.all.dropFirst(before)))
        for (account, status) in expected.people where people[account] != status {
            problems.append("\(account) is \(people[account] ?? "not listed"), expected \(status)")
        }
        problems += people.keys.filter { expected.people[$0] == nil }.map { "\($0) is listed" }
        problems += expected.messages.filter { text in !screen.all.contains { $0.hasSuffix(": " + text) } }
            .map { "the message is not shown: \($0)" }
        keyboard.yield("/quit")
        return problems
    }

    // MARK: - What is expected

    /// What the lines that were said mean: the status of each contact, and the messages.
    private func expectation(_ server: RecordedServer) -> (people: [String: String], messages: [String]) {
        var contacts = Set(newLists.map(\.account))
        var statuses: [String: Status] = [:]
        var messages: [String] = []
        var identifiers: [String: String] = [:]
        for case .server(let message) in server.said.map(\.message) {
            switch message {
            case .lst(.synchronized(let form)):
                if let id = form.contactID { identifiers[id.string] = form.userHandle.string }
                if form.lists.contains(.forward) { contacts.insert(form.userHandle.string) }
            case .lst(.entry(let form)) where form.list == .forward: contacts.insert(form.userHandle.string)
            case .add(.added(let form)) where form.list == .forward: contacts.insert(form.userHandle.string)
            case .adc(.contactAdded(let form)):
                identifiers[form.contactID.string] = form.userHandle.string
                contacts.insert(form.userHandle.string)
            case .rem(.removed(let form)) where form.list == .forward && form.groupNumber == nil:
                contacts.remove(form.userHandle.string)
            case .rem(.contactRemoved(let form)):
                contacts = contacts.filter { identifiers[form.contactID.string] != $0 }
            case .iln(.initial(let form)): statuses[form.userHandle.string] = form.status
            case .nln(.changed(let form)): statuses[form.user.userHandle.string] = form.status
            case .fln(.offline(let form)): statuses[form.user.userHandle.string] = nil
            case .msg(.delivered(let form)):
                guard case .plainText(let text) = try? Payload.Message(reading: form.payload) else { continue }
                messages += text.body.description.split(whereSeparator: \.isNewline).map {
                    TerminalText.line(String($0))
                }
            default: break
            }
        }
        let people = contacts.map { ($0, ChatText.status(statuses[$0])) }
        return (Dictionary(people) { first, _ in first }, messages)
    }

    /// The contacts and their status as a list shows them.
    private func people(on lines: [String]) -> [String: String] {
        var people: [String: String] = [:]
        for line in lines where line.hasPrefix("  ") && !line.hasPrefix("  /") {
            let parts = line.components(separatedBy: " - ")
            guard parts.count > 1 else { continue }
            let name = parts[0].split(separator: " ").last.map(String.init) ?? ""
            let account = name.hasPrefix("<") ? String(name.dropFirst().dropLast()) : name
            people[account] = String(parts[1].prefix { $0 != "," })
        }
        return people
    }

    /// The lists of versions whose clients keep them, as the recorded client told them.
    private var newLists: [(account: String, isBlocked: Bool)] {
        for case .said(let line) in recording.events where line.connection == connection {
            guard case .client(.adl(.add(let request))) = line.message,
                let document = try? Payload.Contacts.read(request.payload).content
            else { continue }
            return document.domains.flatMap { domain in
                domain.contacts.compactMap { contact in
                    guard contact.lists?.contains(.forward) == true else { return nil }
                    return ("\(contact.name ?? "")@\(domain.name ?? "")", contact.lists?.contains(.block) == true)
                }
            }
        }
        return []
    }

    private func contactList() throws -> ContactListFile {
        try ContactListFile(
            newLists.map { "\($0.account) ;; \($0.isBlocked ? "; blocked" : "")" }.joined(separator: "\n"))
    }

    /// The chats to which the user is invited and goes.
    private var conversations: [String] { chats { if case .ans(.answer) = $0 { "" } else { nil } }.map(\.name) }

    /// The chats that the user begins, and with whom.
    private var calls: [(name: String, partner: String)] {
        var partners: Set<String> = []
        return chats { if case .cal(.invite(let form)) = $0 { form.userHandle.string } else { nil } }
            .filter { partners.insert($0.partner).inserted }
    }

    /// The chats of this connection with a request in them, and what it says.
    private func chats(_ content: (ClientMessage) -> String?) -> [(name: String, partner: String)] {
        let cookies = recording.events.compactMap { event -> String? in
            guard case .said(let line) = event, line.connection == connection else { return nil }
            return switch line.message {
            case .server(.rng(.invited(let form))): form.cookie.string
            case .server(.xfr(.switchboard(let form))): form.cookie.string
            default: nil
            }
        }
        var ours: Set<String> = []
        var names: [(String, String)] = []
        for case .said(let line) in recording.events {
            guard case .client(let message) = line.message,
                recording.connections[line.connection]?.service == .switchboard
            else { continue }
            switch message {
            case .usr(.join(let form)): if cookies.contains(form.cookie.string) { ours.insert(line.connection) }
            case .ans(.answer(let form)): if cookies.contains(form.cookie.string) { ours.insert(line.connection) }
            default: break
            }
            if ours.contains(line.connection), let text = content(message),
                !names.contains(where: { $0.0 == line.connection })
            {
                names.append((line.connection, text))
            }
        }
        return names
    }
}

extension Screen {
    /// Waits for a line with some words in it, or others, unless there was one already.
    fileprivate func see(words: String, or other: String) async {
        let isSeen = { (line: String) in line.contains(words) || line.contains(other) }
        if !all.contains(where: isSeen) { await see(isSeen) }
    }
}
