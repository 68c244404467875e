import Logging
import Synchronization

/// What the server under test tells its operator.
final class ServerWatch: Sendable {
    private let heard = Mutex<[(connection: String, text: String)]>([])
    private let ended: AsyncStream<Void>
    private let sink: AsyncStream<Void>.Continuation

    init() {
        (ended, sink) = AsyncStream.makeStream()
    }

    /// Why connections were closed, or commands not answered.
    var complaints: [String] {
        heard.withLock { $0 }
            .filter { $0.text.hasPrefix("closed:") || $0.text.hasPrefix("not answered") }
            .map { "\($0.connection): \($0.text)" }
    }

    /// Waits until the server is done with a connection.
    func seesEnd(of connection: String) async {
        while !heard.withLock({ $0.contains { $0 == (connection, "closed") } }) {
            var isOver = true
            for await _ in ended {
                isOver = false
                break
            }
            if isOver { return }
        }
    }

    var logger: Logger {
        var logger = Logger(label: "replay") { _ in Handler(watch: self) }
        logger.logLevel = .debug
        return logger
    }

    private func hear(_ connection: String, _ text: String) {
        heard.withLock { $0.append((connection, text)) }
        sink.yield()
    }

    private struct Handler: LogHandler {
        let watch: ServerWatch
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            watch.hear(metadata["connection"].map { "\($0)" } ?? "", "\(event.message)")
        }
    }
}
