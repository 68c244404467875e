import Testing
@testable import WireProtocol

/// The states of a short talk.
private enum Talk: Int, RuledState {
    case start, later, late, closed

    static var initial: Talk { .start }
    static let talker = PeerProgram("talker", title: "Talker")
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
        .init(
            "late",
            client: [
                .command("ABC", in: 4...5, then: .go(.closed), by: [talker], about: "It talks on."),
                .form(first, in: 2...2, then: .error(911, closes: true, .closed)),
                .form(first, in: 2...3, then: .go(.later), by: [talker], about: "It begins again."),
            ],
            otherwise: .close),
        .init("closed", otherwise: .close),
    ])
}

struct SessionTableTests {
    private func step(_ form: FormID, in version: UInt8 = 1) -> SessionStep<Talk> {
        Talk.start.step(for: form, in: ProtocolVersion(version))
    }

    @Test func theFirstRuleThatFitsFormAndVersionCounts() {
        for version: UInt8 in [2, 3, 5] { #expect(step(Talk.first.id, in: version) == .go(.later)) }
        #expect(step(Talk.first.id, in: 4) == .ignore)
        #expect(step(Talk.first.id, in: 1) == .close)
        #expect(Talk.start.step(for: Talk.second, in: ProtocolVersion(2)) == .error(911, closes: true, .closed))
    }

    @Test func onlyRulesForAWholeCommandFitAnUnknownForm() {
        #expect(step(FormID(CommandCode("ABC"), from: .client), in: 2) == .ignore)
        #expect(step(FormID(CommandCode("ABC"), from: .client, number: 7)) == .close)
    }

    @Test func anErrorReplyIsRecognizedByItsNumber() throws {
        #expect(step(.error(201)) == .close)
        #expect(step(.error(202)) == .go(.closed))
        #expect(step(Trouble.table.id) == .go(.closed))
        #expect(Trouble(code: "201").formID == .error(201))
        #expect(Trouble.table.id.number == nil)
    }

    @Test func theStateDecidesWhatNoRuleFits() {
        #expect(step(FormID(CommandCode("ABC"), from: .server)) == .go(.start))
        #expect(step(FormID(CommandCode("ABCD"), from: .client)) == .go(.start))
        #expect(step(FormID(.invalid, from: .client)) == .go(.start))
        #expect(Talk.later.step(for: Talk.first, in: ProtocolVersion(2)) == .ignore)
        #expect(Talk.closed.step(for: Talk.first, in: ProtocolVersion(2)) == .close)
    }

    @Test func aDeviationCountsWhereTheOtherRulesRefuse() {
        let other = FormID(CommandCode("ABC"), from: .client)
        for version: UInt8 in 2...5 {
            for form in [Talk.first.id, other] {
                let version = ProtocolVersion(version)
                let strict = Talk.late.step(for: form, in: version)
                #expect(strict == (form == other || version.number != 2 ? .close : .error(911, closes: true, .closed)))
                let tolerant = Talk.late.tolerantStep(for: form, in: version)
                switch (form == other, version.number) {
                case (_, 4...5):
                    #expect(tolerant.step == .go(.closed))
                    #expect(tolerant.deviation?.description == "known deviation of Talker: it talks on")
                case (false, 2...3):
                    #expect(tolerant.step == .go(.later))
                    #expect(tolerant.deviation?.description == "known deviation of Talker: it begins again")
                default: #expect(tolerant == TolerantStep(strict))
                }
                // What is allowed needs no deviation.
                #expect(Talk.later.tolerantStep(for: form, in: version) == TolerantStep(.ignore))
            }
        }
    }

    @Test func aStateIsShownByItsNameInTheGrammar() {
        #expect(Talk.allCases.map(\.description) == ["start", "later", "late", "closed"])
    }

    @Test func namesResolveToTheFormThatHasThem() {
        let table = Samples.table
        let choice = table.id(command: "CHO", form: "long", sender: .server)
        #expect(choice == FormID(CommandCode("CHO"), from: .server, number: 3))
        #expect(table.id(command: "CHO", form: nil, sender: .server).number == nil)
        #expect(table.id(command: "CHO", form: "other", sender: .server).number == nil)
        #expect(table.id(command: "CHO", form: "long", sender: .client).number == nil)
        #expect(table.id(command: "no command", form: "x", sender: .client).command == .invalid)
    }
}
