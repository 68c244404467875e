#if os(Linux)
import Foundation
import Synchronization
import TestSupport

/// A program on a terminal of its own, and what the terminal shows.
final class PseudoTerminal: Sendable {
    private let device: Int32
    private let process = Process()
    private let screen: Mutex<ScreenGrid>
    private let changes: AsyncStream<Void>
    private let ended: AsyncStream<Int32>

    /// Starts `msnp` with arguments.
    init(_ arguments: [String], columns: Int, rows: Int = 24) throws {
        device = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var isLocked: Int32 = 0
        var number: UInt32 = 0
        // TIOCSPTLCK and TIOCGPTN, which unlock the other end and tell its number.
        guard device >= 0, ioctl(device, 0x4004_5431, &isLocked) == 0, ioctl(device, 0x8004_5430, &number) == 0
        else { throw CocoaError(.fileNoSuchFile) }
        screen = Mutex(ScreenGrid(columns: columns, height: rows))
        let changed: AsyncStream<Void>.Continuation
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        let end: AsyncStream<Int32>.Continuation
        (ended, end) = AsyncStream.makeStream()
        setSize(columns: columns, rows: rows)
        let other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        let terminal = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        // The terminal becomes that of the program's own session, as in a terminal window.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        process.arguments = ["--ctty", "--wait", Self.program.path] + arguments
        (process.standardInput, process.standardOutput, process.standardError) = (terminal, terminal, terminal)
        process.terminationHandler = {
            end.yield($0.terminationStatus)
            end.finish()
        }
        try process.run()
        Thread.detachNewThread { [self] in
            var bytes = [UInt8](repeating: 0, count: 65536)
            // A character may arrive in pieces.
            var rest: [UInt8] = []
            while true {
                let count = read(device, &bytes, bytes.count)
                guard count > 0 else { break }
                rest += bytes[..<count]
                let whole = rest.count - Self.incomplete(rest)
                screen.withLock { $0.write(Array(rest[..<whole])) }
                rest.removeFirst(whole)
                changed.yield()
            }
            changed.finish()
        }
    }

    deinit {
        if process.isRunning { process.terminate() }
        close(device)
    }

    /// The built program, beside the tests.
    private static var program: URL {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        return tests.appending(path: "msnp")
    }

    /// The bytes at the end that begin a character or a sequence.
    private static func incomplete(_ bytes: [UInt8]) -> Int {
        if let escape = bytes.lastIndex(of: 0x1B), !bytes[escape...].dropFirst(2).contains(where: { $0 >= 0x40 }) {
            return bytes.count - escape
        }
        let tail = bytes.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count
        guard let first = bytes.dropLast(tail).last, first >= 0xC0 else { return 0 }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        return tail + 1 < length ? tail + 1 : 0
    }

    var shown: [String] { screen.withLock { $0.shown } }

    /// Whether the terminal echoes what is typed.
    var echoes: Bool {
        var mode = termios()
        return tcgetattr(device, &mode) == 0 && mode.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(device, $0.baseAddress, $0.count) }
    }

    /// Changes the size as a window does.
    func resize(columns: Int, rows: Int = 24) {
        screen.withLock { $0 = ScreenGrid(columns: columns, height: rows) }
        setSize(columns: columns, rows: rows)
    }

    private func setSize(columns: Int, rows: Int) {
        var size = winsize(
            ws_row: UInt16(clamping: rows), ws_col: UInt16(clamping: columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(device, UInt(TIOCSWINSZ), &size)
    }

    /// Waits until the screen is as wanted; the rows as they are then.
    @discardableResult
    func see(_ isWanted: ([String]) -> Bool) async -> [String] {
        if isWanted(shown) { return shown }
        for await _ in changes where isWanted(shown) { break }
        return shown
    }

    /// Waits for words in any row.
    @discardableResult
    func see(_ words: String) async -> [String] {
        await see { $0.contains { $0.contains(words) } }
    }

    /// Waits until the last row is this.
    func see(last row: String) async {
        await see { $0.last == row }
    }

    /// Waits for the end of the program; its exit status.
    func end() async -> Int32? {
        for await status in ended { return status }
        return nil
    }
}
#endif
