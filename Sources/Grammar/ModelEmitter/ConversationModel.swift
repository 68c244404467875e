import ProtocolGrammar

/// What the model says of a conversation: each step with its values, as it is in each of its versions.
struct ConversationModel {
    let conversation: Conversation
    let writer: ModelWriter

    init(_ conversation: Conversation, writer: ModelWriter) {
        self.conversation = conversation
        self.writer = writer
    }

    func emit() -> JSONValue {
        let told = conversation.versions.numbers.map { writer.grammar.told(conversation, in: $0) }
        var beginnings: [(name: String, versions: VersionSet)] = []
        for version in conversation.versions.numbers {
            guard let name = conversation.beginning(in: version)?.name else { continue }
            Self.add(version, to: &beginnings, name)
        }
        return .record([
            ("name", .text(conversation.name)), ("title", .ifAny(conversation.title)),
            ("about", .ifAny(conversation.about)), ("notes", .ifAny(conversation.notes)),
            ("versions", writer.versions(conversation.versions)), ("sources", .ifAny(conversation.sources)),
            (
                "after",
                .ifAny(
                    beginnings.map {
                        .record([
                            ("conversation", .text($0.name)),
                            ("versions", writer.versions($0.versions, within: conversation.versions)),
                        ])
                    })
            ),
            ("actors", .ifAny(actors(told))), ("steps", .list(steps(told))),
        ])
    }

    /// Those who say something, also where another conversation declares them.
    private func actors(_ told: [ToldConversation]) -> [JSONValue] {
        var names: [String] = []
        var result: [JSONValue] = []
        for actor in told.flatMap({ story in story.ownSteps.flatMap { [$0.from, $0.to] } })
        where !names.contains(actor.name) {
            names.append(actor.name)
            result.append(row(actor))
        }
        return result
    }

    private func row(_ actor: Conversation.Actor) -> JSONValue {
        let role: (String, JSONValue) =
            switch actor.role {
            case .client(let account): ("account", .text(account))
            case .server(let service): ("service", .text(service))
            case .direct(let payload): ("payload", .text(payload.name))
            case .web(let services): ("httpServices", .texts(services.map(\.name)))
            }
        return .record([("name", .text(actor.name)), (role.0, role.1), ("about", .ifAny(actor.about))])
    }

    /// The steps in their order; one whose text depends on the version stands there several times.
    private func steps(_ told: [ToldConversation]) -> [JSONValue] {
        var rows = conversation.steps.map { _ in [(row: JSONValue, versions: VersionSet)]() }
        for story in told {
            for step in story.ownSteps {
                let place = conversation.steps.firstIndex { $0.location == step.step.location }
                guard let place else { continue }
                let content = row(step)
                if let index = rows[place].firstIndex(where: { $0.row == content }) {
                    rows[place][index].versions = rows[place][index].versions.union(VersionSet([story.version]))
                } else {
                    rows[place].append((content, VersionSet([story.version])))
                }
            }
        }
        return rows.flatMap { $0 }.map { entry in
            guard case .object(let members) = entry.row,
                let versions = writer.versions(entry.versions, within: conversation.versions)
            else { return entry.row }
            return .members([("versions", versions)] + members.map { ($0.key, $0.value) })
        }
    }

    private func row(_ step: ToldConversation.Step) -> JSONValue {
        let kind: (String, JSONValue) =
            switch step.step.content {
            case .connect: ("does", .text("connect"))
            case .close: ("does", .text("close"))
            case .line: ("line", .text(step.text))
            case .data: ("does", .text("send"))
            case .request: ("request", .text(step.text))
            case .response: ("response", .text(step.text))
            }
        let payload = step.payload.map { JSONValue.bytes($0) }
        return .record([
            ("from", .text(step.from.name)), ("to", .text(step.to.name)), (kind.0, kind.1),
            ("headers", .ifAny(step.headers)),
            (payload.map { $0.key == "text" ? "payload" : "payloadBytes" } ?? "", payload?.value),
            ("payloadKind", step.payloadKind.map { .text($0) }), ("envelope", step.envelopeKind.map { .text($0) }),
            ("mistake", .ifSet(step.step.isMistake)), ("about", .ifAny(step.about)),
            ("payloadAbout", .ifAny(step.payloadAbout)),
        ])
    }

    private static func add(_ version: Int, to list: inout [(name: String, versions: VersionSet)], _ name: String) {
        if let index = list.firstIndex(where: { $0.name == name }) {
            list[index].versions = list[index].versions.union(VersionSet([version]))
        } else {
            list.append((name, VersionSet([version])))
        }
    }
}
