import ProtocolGrammar
import YAMLTree

/// Where an error occurs among the examples and the conversations of a grammar; no exchange is made up.
struct ErrorExchanges {
    struct Exchange {
        var title: HTML
        var versions: VersionSet
        var lines: [WireLine]
        /// What the grammar says of the error there.
        var about: String
        var location: SourceLocation

        /// Whether the same lines are said in both.
        func isSaid(as other: Exchange) -> Bool {
            lines.map(\.text) == other.lines.map(\.text) && about == other.about
        }
    }

    let code: ErrorCode
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    var all: [Exchange] { examples + conversations }

    private var examples: [Exchange] {
        grammar.sortedCommands.flatMap { command in
            command.examples.compactMap { example in
                guard example.lines.contains(where: { isError($0.text, from: $0.sender, in: example.versions) })
                else { return nil }
                let title = example.title.isEmpty ? "Example of \(command.name)" : example.title
                return Exchange(
                    title: links.link(title, to: PagePath.command(command), anchor: "exchanges"),
                    versions: example.versions,
                    lines: example.lines.map { WireLine($0, in: example, site: links.site) }, about: "",
                    location: example.location)
            }
        }
    }

    /// The exchanges of conversations; versions in which the same is said count as one.
    private var conversations: [Exchange] {
        var result: [(name: String, exchange: Exchange)] = []
        for (name, exchange) in tellings {
            let index = result.firstIndex { $0.name == name && $0.exchange.isSaid(as: exchange) }
            if let index {
                let versions = result[index].exchange.versions.union(exchange.versions)
                result[index].exchange.versions = versions
            } else {
                result.append((name, exchange))
            }
        }
        return result.map(\.exchange)
    }

    /// The error in each conversation, with the names of these.
    private var tellings: [(name: String, exchange: Exchange)] {
        links.site.conversations.pages.flatMap { page in
            let places = page.meanings.indices.filter { index in
                if case .error(let found) = page.meanings[index] { found.number == code.number } else { false }
            }
            let steps = places.isEmpty ? [] : page.told.ownSteps
            return places.map { index in
                let told = (request(of: index, among: steps).map { [steps[$0]] } ?? []) + [steps[index]]
                let exchange = Exchange(
                    title: links.conversation(page), versions: page.versions,
                    lines: told.compactMap { line(of: $0, page) }, about: steps[index].about,
                    location: steps[index].step.location)
                return (page.conversation.name, exchange)
            }
        }
    }

    /// The step with the request of an error: the last one before it with the same transaction ID.
    private func request(of index: Int, among steps: [ToldConversation.Step]) -> Int? {
        let error = steps[index]
        let number = error.text.split(separator: " ").dropFirst().first
        return steps[..<index].lastIndex { step in
            step.sender == .client && step.connection == error.connection && step.step.content.isLine
                && (number == nil || step.text.split(separator: " ").dropFirst().first == number)
        }
    }

    private func line(of step: ToldConversation.Step, _ page: ConversationIndex.Page) -> WireLine? {
        guard let sender = step.sender, let service = step.service else { return nil }
        return WireLine(
            sender: sender, text: step.text, payload: step.payload, service: service, versions: page.versions,
            site: links.site)
    }

    private func isError(_ text: String, from sender: Sender, in versions: VersionSet) -> Bool {
        sender == .server && Int(text.prefix { $0 != " " }) == code.number
            && !code.versions.intersection(versions).isEmpty
    }
}
