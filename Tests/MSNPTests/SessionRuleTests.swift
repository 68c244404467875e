import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// The tables of the sessions, against the rules that the grammar states.
struct SessionRuleTests {
    /// Something that is sent: its command and form in the grammar, and its identity.
    private struct Sent {
        var sender: ProtocolGrammar.Sender
        var command: String
        var form: String
        var id: FormID
    }

    private static let sent: [Sent] = {
        var result: [Sent] = []
        for sender in ProtocolGrammar.Sender.allCases {
            let end: WireProtocol.Sender = sender == .client ? .client : .server
            for command in Repository.grammar.commands {
                for form in command.forms(from: sender) {
                    let id = ProtocolTable.msnp.id(command: command.name, form: form.name, sender: end)
                    result.append(Sent(sender: sender, command: command.name, form: form.name, id: id))
                }
                let unknown = ProtocolTable.msnp.id(command: command.name, form: nil, sender: end)
                result.append(Sent(sender: sender, command: command.name, form: "", id: unknown))
            }
        }
        for number: UInt16 in [0, 201, 500, 601, 710, 715, 731, 800, 911, 999] {
            result.append(Sent(sender: .server, command: "error", form: "\(number)", id: .error(number)))
        }
        return result
    }()

    @Test func everyFormHasAnIdentityOfItsOwn() {
        for command in ProtocolTable.msnp.commands {
            for forms in [command.clientForms, command.serverForms] {
                #expect(Set(forms.map(\.id)).count == forms.count, "\(command.name)")
                for form in forms {
                    let id = ProtocolTable.msnp.id(
                        command: "\(form.command)", form: "\(form.name)", sender: form.sender)
                    #expect(form.id == id && id.number != nil, "\(form.command).\(form.name)")
                }
            }
        }
    }

    @Test func dispatchRulesAreThoseOfTheGrammar() throws { try check(DispatchSession.self, "dispatch") }

    @Test func notificationRulesAreThoseOfTheGrammar() throws { try check(NotificationSession.self, "notification") }

    @Test func switchboardRulesAreThoseOfTheGrammar() throws { try check(SwitchboardSession.self, "switchboard") }

    @Test func fileTransferRulesAreThoseOfTheGrammar() throws { try check(FileTransferSession.self, "fileTransfer") }

    private func check<State: RuledState>(_ type: State.Type, _ name: String) throws {
        let session = try #require(Repository.grammar.sessions.first { $0.name == name })
        #expect(State.allCases.map(\.description) == session.states.map(\.name) + ["closed"])
        #expect(State.initial.description == session.states.first?.name)
        var deviations = 0
        for state in State.allCases {
            let row = session.allStates.first { $0.name == state.description }
            for sent in Self.sent {
                for version in Repository.grammar.openVersions.numbers {
                    let step = state.step(for: sent.id, in: ProtocolVersion(UInt8(version)))
                    let expected = row.map { Self.expected(sent, version, in: $0) } ?? "close"
                    if Self.text(step) != expected {
                        Issue.record("\(state) \(version): \(sent.command).\(sent.form): \(step), not \(expected)")
                    }
                    let tolerant = state.tolerantStep(for: sent.id, in: ProtocolVersion(UInt8(version)))
                    let known = row.flatMap { Self.deviation(sent, version, in: $0) }
                    let isNeeded = ["close", "error"].contains(expected.prefix { $0 != " " })
                    #expect(tolerant.deviation?.about == (isNeeded ? known?.about : nil))
                    #expect(tolerant.deviation != nil || tolerant.step == step)
                    if tolerant.deviation != nil { deviations += 1 }
                }
            }
        }
        #expect((deviations > 0) == session.allStates.contains { $0.rules.contains { $0.deviation != nil } })
    }

    /// The rule that programs are known for.
    private static func deviation(_ sent: Sent, _ version: Int, in state: Session.State) -> Session.Rule? {
        state.rules.first { $0.deviation != nil && fits(sent, version, $0) }
    }

    private static func fits(_ sent: Sent, _ version: Int, _ rule: Session.Rule) -> Bool {
        let names = [sent.command, "\(sent.command).\(sent.form)"]
        return rule.sender == sent.sender && names.contains(rule.command.name) && rule.versions.contains(version)
    }

    /// What the grammar says, read off its rules in their order.
    private static func expected(_ sent: Sent, _ version: Int, in state: Session.State) -> String {
        let rule = state.rules.first { $0.deviation == nil && fits(sent, version, $0) }
        guard let rule else {
            return switch state.otherwise {
            case .close: "close"
            case .ignore: "ignore"
            case .allow: "go \(state.name)"
            }
        }
        let next = rule.next?.name ?? state.name
        if let error = rule.error.flatMap({ error in Repository.grammar.errors.first { $0.name == error.name } }) {
            return "error \(error.number) \(rule.closes ? "closes closed" : next)"
        }
        return rule.closes ? "close" : "go \(next)"
    }

    private static func text(_ step: SessionStep<some RuledState>) -> String {
        switch step {
        case .go(let next): "go \(next)"
        case .error(let number, let closes, let next): "error \(number) \(closes ? "closes " : "")\(next)"
        case .close: "close"
        case .ignore: "ignore"
        }
    }
}
