import Synchronization

/// What the user sees; a test waits for what must appear.
package final class Screen: Sendable {
    private let lines: AsyncStream<String>
    private let sink: AsyncStream<String>.Continuation
    private let shown = Mutex<[String]>([])

    package init() {
        (lines, sink) = AsyncStream.makeStream()
    }

    package var all: [String] { shown.withLock { $0 } }

    package func show(_ text: String) {
        for line in text.split(separator: "\n").map(String.init) {
            shown.withLock { $0.append(line) }
            sink.yield(line)
        }
    }

    /// Waits for a line that begins so.
    package func see(_ start: String) async {
        for await line in lines where line.hasPrefix(start) { return }
    }

    /// Waits for a line with these words in it.
    package func see(words: String) async {
        await see { $0.contains(words) }
    }

    /// Waits for a line.
    package func see(_ isWanted: (String) -> Bool) async {
        for await line in lines where isWanted(line) { return }
    }
}
