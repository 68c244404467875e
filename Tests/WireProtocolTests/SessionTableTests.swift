import Testing
@testable import WireProtocol

/// The states of a short talk.
private enum Talk: Int, RuledState {
    case start, later, closed

    static var initial: Talk { .start }
    static let first = form(name: "first")
    static let second = form(name: "second", place: 1)
    static let table = SessionTable<Talk>([
        .init(
            "start",
            client: [
                .form(first, in: 2...3, 5...5, then: .go(.later)),
                .form(second, then: .error(911, closes: true, .closed)),
                .command("ABC", in: 2...9, then: .ignore),
                .command("ABC", then: .close),
            ],
            server: [.error(201, then: .close), .error(then: .go(.closed))],
            otherwise: .go(.start)),
        .init("later", otherwise: .ignore),
        .init("closed", otherwise: .close),
    ])
}

@Suite("Rules of sessions")
struct SessionTableTests {
    private func step(_ form: FormID, in version: UInt8 = 1) -> SessionStep<Talk> {
        Talk.start.step(for: form, in: ProtocolVersion(version))
    }

    @Test("the first rule that fits the form and the version counts")
    func order() {
        for version: UInt8 in [2, 3, 5] { #expect(step(Talk.first.id, in: version) == .go(.later)) }
        #expect(step(Talk.first.id, in: 4) == .ignore)
        #expect(step(Talk.first.id, in: 1) == .close)
        #expect(Talk.start.step(for: Talk.second, in: ProtocolVersion(2)) == .error(911, closes: true, .closed))
    }

    @Test("a form that is not known is fit by rules for all forms of its command only")
    func unknownForm() {
        #expect(step(FormID(CommandCode("ABC"), from: .client), in: 2) == .ignore)
        #expect(step(FormID(CommandCode("ABC"), from: .client, number: 7)) == .close)
    }

    @Test("an error reply is told by its number")
    func errors() throws {
        #expect(step(.error(201)) == .close)
        #expect(step(.error(202)) == .go(.closed))
        #expect(step(Trouble.table.id) == .go(.closed))
        #expect(Trouble(code: "201").formID == .error(201))
        #expect(Trouble.table.id.number == nil)
    }

    @Test("what no rule fits does what the state says")
    func otherwise() {
        #expect(step(FormID(CommandCode("ABC"), from: .server)) == .go(.start))
        #expect(step(FormID(CommandCode("ABCD"), from: .client)) == .go(.start))
        #expect(step(FormID(.invalid, from: .client)) == .go(.start))
        #expect(Talk.later.step(for: Talk.first, in: ProtocolVersion(2)) == .ignore)
        #expect(Talk.closed.step(for: Talk.first, in: ProtocolVersion(2)) == .close)
    }

    @Test("a state is shown by its name in the grammar")
    func names() {
        #expect(Talk.allCases.map(\.description) == ["start", "later", "closed"])
    }

    @Test("names are resolved to the form that has them")
    func resolution() {
        let table = Samples.table
        let choice = table.id(command: "CHO", form: "long", sender: .server)
        #expect(choice == FormID(CommandCode("CHO"), from: .server, number: 3))
        #expect(table.id(command: "CHO", form: nil, sender: .server).number == nil)
        #expect(table.id(command: "CHO", form: "other", sender: .server).number == nil)
        #expect(table.id(command: "CHO", form: "long", sender: .client).number == nil)
        #expect(table.id(command: "no command", form: "x", sender: .client).command == .invalid)
    }
}
