import YAMLTree

/// A conversation as it goes in one version, with the ones before it.
public struct ToldConversation: Sendable {
    public struct Step: Sendable {
        public var step: Conversation.Step
        /// The name of the conversation that it is a step of.
        public var conversation: String
        public var from: Conversation.Actor
        public var to: Conversation.Actor
        /// The line with its values; for HTTP the request or the status.
        public var text: String
        public var headers: [String]
        public var payload: [UInt8]?
        public var payloadKind: String?
        /// The kind of the payload around it.
        public var envelopeKind: String?
        /// What the payload says, in words.
        public var payloadAbout: String
        /// What it means, with its values.
        public var about: String
        /// The connection that it belongs to, counted from 0; nil for HTTP.
        public var connection: Int?
        /// The HTTP service that is asked, or that answers.
        public var httpService: String?
        /// The kind of the payload of the request that it answers.
        public var requestKind: String?

        /// Who sends it; nil for HTTP and direct connections.
        public var sender: Sender? {
            switch (from.role, to.role) {
            case (.client, .server): .client
            case (.server, .client): .server
            default: nil
            }
        }

        /// The payload that everything on its connection is; nil where lines are said.
        public var frame: Reference? {
            for actor in [from, to] {
                if case .direct(let payload) = actor.role { return payload }
            }
            return nil
        }

        /// The service of its connection.
        public var service: String? {
            for actor in [from, to] {
                if case .server(let service) = actor.role { return service }
            }
            return nil
        }
    }

    public var conversation: Conversation
    public var version: Int
    /// All steps, those of earlier conversations first.
    public internal(set) var steps: [Step] = []
    /// Everybody who takes part, in the order of the files.
    public internal(set) var actors: [Conversation.Actor] = []
    /// The texts of its values, and of those of earlier conversations.
    public internal(set) var values: [String: String] = [:]

    /// The steps of the conversation itself.
    public var ownSteps: [Step] { steps.filter { $0.conversation == conversation.name } }
}

extension Grammar {
    /// How a conversation goes in a version; the grammar must have been checked.
    public func told(_ conversation: Conversation, in version: Int) -> ToldConversation {
        ConversationTeller(self, conversation, version).told
    }

    /// The conversations of a version, in the order of their files.
    public func conversations(in version: Int) -> [Conversation] {
        conversations.filter { $0.versions.contains(version) }
    }

    /// The conversation and those before it, the first one at the start; nil if they cannot be found.
    func chain(of conversation: Conversation, in version: Int) -> [Conversation]? {
        var result = [conversation]
        while let before = result[0].beginning(in: version) {
            guard let other = conversations[before.name], other.versions.contains(version),
                result.count <= GrammarLimit.beginnings
            else { return nil }
            result.insert(other, at: 0)
        }
        return result
    }
}
