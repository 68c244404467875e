import WireProtocol
import WireSession

/// Opens links in memory.
package struct MemoryConnector: Connector {
    /// What a server does with a link.
    package let serve: @Sendable (ServerAddress, MemoryLink) async -> Void

    package init(serve: @escaping @Sendable (ServerAddress, MemoryLink) async -> Void) {
        self.serve = serve
    }

    package func withSession<Message: SessionMessage, Result: Sendable>(
        at address: ServerAddress, _ setup: SessionSetup<Message>,
        _ body: @escaping @Sendable (ClientSession<Message>) async throws -> Result
    ) async throws -> Result {
        let link = MemoryLink()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await serve(address, link) }
            defer { group.cancelAll() }
            return try await ClientSession.run(over: link, setup, body)
        }
    }
}
