// Generated from the files in sessions. Edit those instead.
import WireProtocol

/// The way of a conversation.
public enum DeskSession: Int, RuledState {
    /// Nothing was said.
    case greeting
    /// Everything may be said.
    case open
    /// Nothing matters.
    case waiting
    /// The connection is closed.
    case closed

    /// The state in which a connection starts.
    public static var initial: DeskSession { .greeting }

    /// What each form causes in each state; of the rules that fit a form the first counts.
    public static let table = SessionTable<DeskSession>([
        .init(
            "greeting",
            client: [
                .form(HEY.Offer.table, in: 1...3, then: .go(.open)),
                .command("SIT", then: .error(911, closes: true, .closed)),
                .command("BYE", then: .go(.closed)),
            ],
            otherwise: .close),
        .init(
            "open",
            client: [
                .command("SAY", then: .error(201, closes: false, .open))
            ],
            server: [
                .error(911, then: .go(.closed)),
                .error(then: .go(.waiting)),
                .form(SIT.Welcome.table, in: 1...1, 3...3, then: .go(.open)),
                .command("BYE", then: .close),
            ],
            otherwise: .go(.open)),
        .init(
            "waiting",
            client: [
                .command("HEY", then: .go(.open))
            ],
            otherwise: .ignore),
        .init("closed", otherwise: .close),
    ])
}
