import ProtocolGrammar

/// Who takes part in a conversation: a lane for each, and what people call them.
struct ConversationActors {
    let page: ConversationIndex.Page
    let links: Links
    /// Those who send something or get it; who talk to each other most stand side by side.
    let active: [Conversation.Actor]

    init(page: ConversationIndex.Page, links: Links) {
        self.page = page
        self.links = links
        let names = Set(page.told.ownSteps.flatMap { [$0.from.name, $0.to.name] })
        active = Self.arranged(page.told.actors.filter { names.contains($0.name) }, page.told.ownSteps)
    }

    /// The actors in an order in which the arrows are short: neighbours swap places as long as that helps.
    private static func arranged(
        _ actors: [Conversation.Actor], _ steps: [ToldConversation.Step]
    ) -> [Conversation.Actor] {
        var order = actors.map(\.name)
        var counts: [Set<String>: Int] = [:]
        for step in steps { counts[[step.from.name, step.to.name], default: 0] += 1 }
        func length(_ order: [String]) -> Int {
            let places = Dictionary(zip(order, order.indices), uniquingKeysWith: { first, _ in first })
            return counts.reduce(0) { sum, entry in
                let ends = entry.key.compactMap { places[$0] }
                return sum + ((ends.max() ?? 0) - (ends.min() ?? 0)) * entry.value
            }
        }
        var best = length(order)
        var isBetter = order.count > 2
        while isBetter {
            isBetter = false
            for place in 0..<(order.count - 1) {
                var other = order
                other.swapAt(place, place + 1)
                let found = length(other)
                if found < best { (order, best, isBetter) = (other, found, true) }
            }
        }
        // The first one of the grammar stands on the left.
        if let place = order.firstIndex(of: actors.first?.name ?? ""), 2 * place >= order.count { order.reverse() }
        return order.compactMap { name in actors.first { $0.name == name } }
    }

    /// The lane of an actor, counted from 0.
    func lane(of actor: Conversation.Actor) -> Int { active.firstIndex { $0.name == actor.name } ?? 0 }

    /// The name of an actor in a sentence, such as `Alice's client` or `notification server`.
    func title(of actor: Conversation.Actor) -> String {
        switch actor.role {
        case .client: return actor.name.capitalizedFirst + "'s client"
        case .server(let service):
            let title = Components.words(service) + " server"
            return active.filter { $0.role == actor.role }.count > 1 ? "\(title) \(actor.name)" : title
        case .direct: return Components.words(actor.name)
        case .web: return Components.words(actor.name) + " service"
        }
    }

    /// The heads of the lanes.
    var lanes: HTML {
        tag("div", .class("lanes"), Attribute("aria-hidden", "true")) {
            for actor in active {
                tag("div") {
                    tag("b") { actor.name }
                    tag("span") { shortRole(of: actor) }
                }
            }
        }
    }

    /// What is under the name of an actor, which says nothing that the name says already.
    private func shortRole(of actor: Conversation.Actor) -> String {
        switch actor.role {
        case .client: "client"
        case .server(let service): Components.words(service) + " server"
        case .direct: "direct connection"
        case .web: "over HTTP"
        }
    }

    /// All of them with what they are.
    var table: HTML {
        Components.table(
            ["Actor", "Role", "Meaning"],
            active.map { actor in
                Components.Row(tag("b") { actor.name }, role(of: actor), HTML(actor.about))
            })
    }

    private func role(of actor: Conversation.Actor) -> HTML {
        switch actor.role {
        case .client(let account): HTML("client of ") + Components.code(account)
        case .server(let service): links.service(service) + HTML(" server")
        case .direct(let payload): HTML("direct connection of ") + links.payload(named: payload.name)
        case .web(let services): services.map { links.httpService($0.name) }.joined(separator: ", ")
        }
    }
}
