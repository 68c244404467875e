import ProtocolGrammar

/// Writes a checked grammar as one JSON document, for programs in any language.
public enum ModelEmitter {
    /// The number that changes when a reader of the document has to change.
    public static let format = 1

    /// The document.
    ///
    /// - Parameter isForReading: whether to leave out what nobody needs who reads lines and runs algorithms, such as
    ///   examples, because a page loads all of it.
    public static func emit(_ grammar: Grammar, isForReading: Bool = false) -> String {
        let model = model(of: grammar)
        return (isForReading ? model.reduced(to: Self.reading) : model).dense(linesTo: 2) + "\n"
    }

    /// What a reader of lines needs of the document, and what it can do without in what stands there.
    private static let reading = Selection(
        keys: [
            "format", "name", "about", "limits", "trailer", "versions", "services", "errors", "errorPayloads", "types",
            "commands", "payloads", "elementSets", "algorithms", "programs",
        ],
        except: ["examples", "invalid", "changes", "sources", "confidence", "notes", "serviceRequest"])

    struct Selection {
        var keys: Set<String>
        var except: Set<String>
    }

    /// The document, before it is text.
    package static func model(of grammar: Grammar) -> JSONValue {
        let writer = ModelWriter(grammar: grammar)
        let facts = FactModel(writer: writer)
        return .record([
            ("format", .number(format)), ("name", .text(grammar.name)), ("about", .ifAny(grammar.about)),
            ("limits", facts.limits), ("trailer", .ifAny(grammar.trailer)),
            ("versions", .list(grammar.sortedVersions.map(facts.row))),
            (
                "services",
                .list(grammar.services.map { .record([("name", .text($0.name)), ("about", .ifAny($0.about))]) })
            ),
            ("errors", grammar.hasErrors ? .list(grammar.sortedErrors.map(facts.row)) : nil),
            ("errorPayloads", grammar.errorPayloadVersions.isEmpty ? nil : writer.ranges(grammar.errorPayloadVersions)),
            ("types", .members(grammar.sortedTypes.map { ($0.name, TypeModel(writer: writer).row($0)) })),
            ("commands", .members(grammar.sortedCommands.map { ($0.name, CommandModel(writer: writer).row($0)) })),
            ("payloads", .members(grammar.sortedPayloads.map { ($0.name, PayloadModel(writer: writer).row($0)) })),
            (
                "elementSets",
                .members(grammar.elementSets.map { ($0.name, PayloadModel(writer: writer).row($0)) })
            ),
            ("sessions", .list(grammar.sortedSessions.map(SessionModel(writer: writer).row))),
            (
                "algorithms",
                .members(grammar.sortedAlgorithms.map { ($0.name, AlgorithmModel($0, writer: writer).emit()) })
            ),
            ("conversations", .list(grammar.conversations.map { ConversationModel($0, writer: writer).emit() })),
            ("httpServices", .list(grammar.httpServices.map(facts.row))),
            ("programs", .list(grammar.programs.map(facts.row))), ("clients", .list(grammar.clients.map(facts.row))),
            ("facts", .list(grammar.facts.map(facts.row))), ("behaviours", .list(grammar.behaviours.map(facts.row))),
            ("questions", .list(grammar.questions.map(facts.row))),
            (
                "sources",
                .list(grammar.sources.map { .record([("name", .text($0.name)), ("about", .ifAny($0.about))]) })
            ),
        ])
    }
}

extension JSONValue {
    /// The document with some of its keys. An object by names, such as that of the commands, keeps all names.
    fileprivate func reduced(to selection: ModelEmitter.Selection) -> JSONValue {
        guard case .object(let members) = self else { return self }
        let kept = members.filter { selection.keys.contains($0.key) }
        return .members(
            kept.map { member in
                guard case .object(let named) = member.value else { return (member.key, member.value) }
                switch member.key {
                case "types", "commands", "payloads":
                    return (member.key, .members(named.map { ($0.key, $0.value.without(selection.except)) }))
                // Deeper in an algorithm, keys are names of its values.
                case "algorithms":
                    return (member.key, .members(named.map { ($0.key, $0.value.withoutOwn(selection.except)) }))
                default: return (member.key, member.value)
                }
            })
    }

    private func withoutOwn(_ keys: Set<String>) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .members(members.filter { !keys.contains($0.key) }.map { ($0.key, $0.value) })
    }

    private func without(_ keys: Set<String>) -> JSONValue {
        switch self {
        case .object(let members):
            .members(members.filter { !keys.contains($0.key) }.map { ($0.key, $0.value.without(keys)) })
        case .list(let items): .list(items.map { $0.without(keys) })
        case .text, .number, .flag: self
        }
    }
}
