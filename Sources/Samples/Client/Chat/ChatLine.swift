#if Network
// Shows: what the user types becomes a value of the grammar, such as a status, before anything is sent.
import MSNP
import MSNPTickets

/// A line that the user typed.
enum ChatLine: Equatable {
    /// Text for the current conversation.
    case say(String)
    case help
    case contacts
    case oddities
    case status(OwnStatus)
    case name(String)
    case personalMessage(String)
    case chat(String)
    case invite(String)
    case conversations
    case use(Int)
    case nudge
    case typing
    case close
    case add(String, group: String?)
    case remove(String)
    case block(String)
    case unblock(String)
    case rename(String, String)
    case addGroup(String)
    case renameGroup(String, String)
    case removeGroup(String)
    case putIntoGroup(String, String)
    case takeFromGroup(String, String)
    case connect
    case quit
    case nothing
    case mistake(String)

    /// The help text.
    static let usage = """
        /contacts                      show the contact list
        /status online|busy|away|brb|phone|lunch|idle|hidden
        /name NAME, /message TEXT      your own name and personal message
        /chat WHO                      open a conversation, or go back to it; then just type
        /invite WHO, /conversations, /use NUMBER, /close
        /nudge, /typing
        /add ACCOUNT [GROUP], /remove WHO, /block WHO, /unblock WHO, /rename WHO NEW NAME
        /group add NAME, /group rename NAME NEW, /group remove NAME
        /group put WHO NAME, /group take WHO NAME
        /oddities                      show what the server said that was not understood
        /connect                       connect at once after the connection was lost
        /quit                          sign out
        Put names with spaces in quotes: /rename bob@example.com "Bob at work"
        """

    /// The statuses, by the words that users type.
    static let statuses: [(word: String, status: OwnStatus)] = [
        ("online", .online), ("busy", .busy), ("away", .away), ("brb", .beRightBack), ("phone", .onThePhone),
        ("lunch", .outToLunch), ("idle", .idle), ("hidden", .hidden),
    ]

    /// Parses a line.
    init(_ text: String) {
        let text = text[...].trimmed
        guard text.hasPrefix("/") else {
            self = text.isEmpty ? .nothing : .say(text)
            return
        }
        var words = Self.words(text)
        let command = words.removeFirst().lowercased()
        let rest = text.dropFirst(command.count)[...].trimmed
        switch (command, words.count) {
        case ("/help", 0): self = .help
        case ("/contacts", 0): self = .contacts
        case ("/oddities", 0): self = .oddities
        case ("/status", 1):
            let status = Self.statuses.first { $0.word == words[0].lowercased() }?.status
            self = status.map { .status($0) } ?? .mistake("There is no status '\(words[0])'; try /help.")
        case ("/name", 1...): self = .name(rest.unquoted)
        case ("/message", _): self = .personalMessage(rest.unquoted)
        case ("/chat", 1): self = .chat(words[0])
        case ("/invite", 1): self = .invite(words[0])
        case ("/conversations", 0): self = .conversations
        case ("/use", 1): self = Int(words[0]).map { .use($0) } ?? .mistake("/use needs a number.")
        case ("/nudge", 0): self = .nudge
        case ("/typing", 0): self = .typing
        case ("/close", 0): self = .close
        case ("/add", 1): self = .add(words[0], group: nil)
        case ("/add", 2): self = .add(words[0], group: words[1])
        case ("/remove", 1): self = .remove(words[0])
        case ("/block", 1): self = .block(words[0])
        case ("/unblock", 1): self = .unblock(words[0])
        case ("/rename", 2...): self = .rename(words[0], words.dropFirst().joined(separator: " "))
        case ("/group", 2...): self = Self.group(words)
        case ("/connect", 0): self = .connect
        case ("/quit", 0), ("/exit", 0): self = .quit
        default: self = .mistake("Unknown command, or wrong arguments: \(command). Try /help.")
        }
    }

    /// Parses a group command.
    private static func group(_ words: [String]) -> ChatLine {
        switch (words[0].lowercased(), words.count) {
        case ("add", 2): .addGroup(words[1])
        case ("remove", 2): .removeGroup(words[1])
        case ("rename", 3): .renameGroup(words[1], words[2])
        case ("put", 3): .putIntoGroup(words[1], words[2])
        case ("take", 3): .takeFromGroup(words[1], words[2])
        default: .mistake("Unknown command, or wrong arguments: /group \(words[0]). Try /help.")
        }
    }

    /// Splits a line into words; quotes group words.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.isEmpty ? [""] : words
    }
}

extension String {
    /// The text without a surrounding pair of quotes.
    fileprivate var unquoted: String {
        count > 1 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
    }
}
#endif
