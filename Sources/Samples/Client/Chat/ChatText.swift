#if Network
// Shows: one `switch` reads an open enumeration; a value that the grammar does not know keeps its spelling.
import MSNP
import MSNPSession
import MSNPTransport
import WireProtocol

/// Why the client cannot do what the user wants; the session continues.
enum ChatFailure: Error, Equatable {
    case noAccount(String)
    case nobody(String)
    case noGroup(String)
    case notInThisVersion(String)
    case noConversation
    case tooManyWaiting
    case notSignedIn
}

/// The texts that the user sees.
enum ChatText {
    static func status(_ status: Status?) -> String {
        switch status {
        case nil, .offline: "offline"
        case .online: "online"
        case .busy: "busy"
        case .idle: "idle"
        case .beRightBack: "be right back"
        case .away: "away"
        case .onThePhone: "on the phone"
        case .outToLunch: "out to lunch"
        case .hidden: "hidden"
        case .other(let word): word.string
        }
    }

    /// The contact list by group.
    static func list(_ book: ContactBook) -> [String] {
        let contacts = book.contacts.values.filter(\.isContact).sorted { $0.account < $1.account }
        guard !contacts.isEmpty else { return ["Your contact list is empty; /add somebody."] }
        var lines: [String] = []
        for (key, name) in book.groups.sorted(by: { $0.value < $1.value }) {
            // On old servers this is the name of the default group.
            lines.append(name == "~" ? "Contacts:" : "\(name):")
            lines += contacts.filter { $0.groups.contains(key) }.map(contact)
        }
        let others = contacts.filter { $0.groups.isDisjoint(with: book.groups.keys) }
        if !others.isEmpty {
            if !book.groups.isEmpty { lines.append("In no group:") }
            lines += others.map(contact)
        }
        return lines
    }

    /// A line of the contact list.
    static func contact(_ contact: Contact) -> String {
        var line = "  \(contact.name)"
        if contact.name != contact.account { line += " <\(contact.account)>" }
        line += " - " + status(contact.status)
        if contact.isBlocked { line += ", blocked" }
        if !contact.personalMessage.isEmpty { line += " - \"\(contact.personalMessage)\"" }
        return line
    }

    /// What went wrong and what it means, in one sentence.
    public static func sentence(_ error: any Error) -> String {
        // The server's text may end with a full stop of its own.
        words(error).replacing("..", with: ".")
    }

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as SignInError: signIn(error)
        case let error as SessionError: session(error)
        case let error as TransportError: transport(error)
        case let error as ChatFailure: failure(error)
        case let error as TicketError: ticket(error)
        case .unreachable(let reason) as AddressBookError: "The address book gives no answer: \(reason)."
        case .refused(let name, let reason) as AddressBookError: "The address book refused: \(reason) (\(name))."
        case let error as PayloadError: "Cannot write this: \(error)"
        default: "Something went wrong: \(error)"
        }
    }

    private static func signIn(_ error: SignInError) -> String {
        switch error {
        case .session(let error): session(error)
        case .value(let error): "Cannot send this: \(error)."
        case .noCommonVersion:
            "The server supports none of the offered versions; those before MSNP8 are used only with --version."
        case .referredTooOften(let times): "The servers kept referring the client to each other (\(times) times)."
        case .noSignIn(let version): "This client cannot sign in with \(version)."
        case .ticket(let error): ticket(error)
        }
    }

    private static func session(_ error: SessionError) -> String {
        switch error {
        case .refused(let reply): refusal(reply.code)
        case .ended(by: .out(.ended(let out))) where out.reason == .signedInElsewhere:
            "You were signed out: the account signed in on another machine."
        case .ended(by: .out(.ended(let out))) where out.reason == .serverShutdown:
            "You were signed out: the server is going down."
        case .ended(by: .out(.reconnect(let out))):
            "The server asks the client to come back in \(out.minutes) minutes."
        case .ended: "The server ended the session."
        case .closed: "The server closed the connection."
        case .cut: "The connection was lost in the middle of a command."
        case .broken(let reason) where reason.contains("CERTIFICATE_VERIFY_FAILED"):
            "The server's certificate is not trusted."
        case .broken(let reason): "The connection was lost: \(reason)."
        case .timedOut(let command, _): "The server did not answer \(command) in time."
        case .notAllowed(let command, _, let state): "\(command) cannot be sent now (\(state))."
        case .framing, .decoding: "The server violated the protocol: \(error)."
        case .encoding(let error): "Cannot send this in this version: \(error)."
        case .unanswerable: "Something went wrong: \(error)."
        case .unexpected: "The server violated the protocol: \(error)."
        case .cancelled: "Cancelled."
        case .overrun: "The server sends more than the client can handle, or does not read what the client sends."
        }
    }

    /// A pause in words.
    static func time(_ pause: Duration) -> String {
        let seconds = pause.components.seconds
        return seconds == 1 ? "a second" : seconds < 120 ? "\(seconds) seconds" : "\(seconds / 60) minutes"
    }

    /// An error code in words.
    static func refusal(_ code: ErrorCode) -> String {
        switch code {
        case .authenticationFailed: "Wrong account or password (911)."
        default:
            "The server refused: "
                + (code.name.map { "\(words($0)) (\(code.number))." } ?? "error \(code.number).")
        }
    }

    /// A name such as `listFull` as words.
    private static func words(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }

    private static func ticket(_ error: TicketError) -> String {
        switch error {
        case .wrongPassword: "Wrong account or password: \(error)."
        case .noService: "The server wants a ticket from a login service; name the service with --login-url."
        default: "Cannot get a ticket to sign in: \(error)."
        }
    }

    private static func transport(_ error: TransportError) -> String {
        switch error {
        case .connectFailed(let host, let port, _):
            "The server \(ServerAddress(host: host, port: port)) cannot be reached."
        case .noTLS: "This program was built without the trait TLS, which is on by default."
        default: "The connection was lost: \(error)."
        }
    }

    private static func failure(_ error: ChatFailure) -> String {
        switch error {
        case .noAccount(let text): "'\(text)' is not an account; accounts look like bob@example.com."
        case .nobody(let text) where text.contains("@"): "Nobody on your lists is called '\(text)'."
        case .nobody(let text):
            "Nobody on your lists is called '\(text)'; for somebody else, type the whole account, such as "
                + "\(text)@example.com."
        case .noGroup(let text): "There is no group '\(text)'."
        case .notInThisVersion(let what): "This version of the protocol has no \(what)."
        case .noConversation: "Open a conversation first: /chat WHO."
        case .tooManyWaiting: "Nobody is there yet, and too many messages wait; that one was not sent."
        case .notSignedIn: "You are not signed in."
        }
    }
}
#endif
