import Logging
import Synchronization

/// Collects a log, one line a message: level, connection, account, form, text.
struct LogLines: LogHandler {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private let lines = Lines()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    var all: [String] { lines.all.withLock { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = metadata.merging(event.metadata ?? [:]) { $1 }
        let words = ["connection", "account", "form"].map { metadata[$0]?.description ?? "-" }
        let line = ([event.level.rawValue] + words + [event.message.description]).joined(separator: " ")
        lines.all.withLock { $0.append(line) }
    }
}

/// Lines that several tasks add to.
final class Rows: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
