#if Network
import Dispatch
import Foundation
import Synchronization
import Terminal

/// The terminal of `msnp chat`: output above, the line to type in below.
final class ChatTerminal: Sendable {
    /// The lines that the user types; they end with Control-D.
    let lines: AsyncStream<String>
    private let sink: AsyncStream<String>.Continuation
    private let device: TerminalDevice
    private let console: Mutex<Console>
    private let signals = Mutex<[any DispatchSourceSignal]>([])

    /// Takes over a terminal, without a prompt so far; Control-C in an empty line calls the function.
    init(_ device: TerminalDevice, onInterruption interrupt: @escaping @Sendable () -> Void) throws {
        self.device = device
        (lines, sink) = AsyncStream.makeStream()
        let size = device.size
        console = Mutex(Console(columns: size.columns, rows: size.rows, prompt: ""))
        try device.enterRawMode()
        update { _ in }
        observe(SIGWINCH) { [weak self] in self?.resize() }
        for number in [SIGTERM, SIGHUP] {
            observe(number) { [weak self] in
                self?.close()
                exit(128 + number)
            }
        }
        Thread.detachNewThread { [self] in
            while let bytes = device.read() { receive(bytes, interrupt) }
            sink.finish()
        }
    }

    /// Shows a line.
    func show(_ line: String) {
        update { $0.show(line) }
    }

    /// Changes what stands in front of the line to type in.
    func setPrompt(_ text: String) {
        update { $0.setPrompt(text) }
    }

    /// Gives the terminal back.
    func close() {
        signals.withLock { sources in
            for source in sources { source.cancel() }
            sources = []
        }
        update { $0.close() }
        device.leaveRawMode()
    }

    private func receive(_ bytes: [UInt8], _ interrupt: @Sendable () -> Void) {
        let events = update { $0.receive(bytes) }
        for event in events {
            switch event {
            case .line(let line): sink.yield(line)
            case .interrupt: interrupt()
            case .end: sink.finish()
            case .suspend: suspend()
            }
        }
    }

    /// Stops the process as Control-Z does elsewhere; returns once it goes on.
    private func suspend() {
        update { $0.close() }
        device.leaveRawMode()
        raise(SIGTSTP)
        try? device.enterRawMode()
        resize()
        update { $0.redraw() }
    }

    private func resize() {
        let size = device.size
        update { $0.resize(columns: size.columns, rows: size.rows) }
    }

    /// Changes the console and writes what that means for the terminal, one change at a time.
    @discardableResult
    private func update<Result: Sendable>(_ change: (inout Console) -> Result) -> Result {
        console.withLock { console in
            let result = change(&console)
            device.write(console.takeOutput())
            return result
        }
    }

    private func observe(_ number: Int32, _ body: @escaping @Sendable () -> Void) {
        signal(number, SIG_IGN)
        signals.withLock { sources in
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler(handler: body)
            source.resume()
            sources.append(source)
        }
    }
}
#endif
