import Foundation
import Synchronization

/// The terminal of the process: its size, its mode and its bytes.
public final class TerminalDevice: Sendable {
    /// Why a terminal cannot be used.
    public enum Failure: Error, CustomStringConvertible, Equatable {
        /// The terminal refuses another mode.
        case mode
        /// Somebody pressed Control-C.
        case interrupted

        public var description: String {
            switch self {
            case .mode: "The terminal does not accept the mode for typing."
            case .interrupted: "Interrupted."
            }
        }
    }

    private let input: Int32
    private let output: Int32
    /// The mode in which the terminal was found, while it has another.
    private let found = Mutex<termios?>(nil)

    /// Returns `nil` if one of the descriptors is no terminal.
    public init?(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
        guard isatty(input) == 1, isatty(output) == 1 else { return nil }
        (self.input, self.output) = (input, output)
    }

    /// The columns and rows; 80 and 24 if the terminal does not say.
    public var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Makes the terminal hand over each key at once, without echo and without signals.
    public func enterRawMode() throws(Failure) {
        let isChanged = found.withLock { found in
            guard found == nil else { return true }
            var mode = termios()
            guard tcgetattr(input, &mode) == 0 else { return false }
            let before = mode
            mode.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
            mode.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR | ISTRIP)
            guard tcsetattr(input, TCSAFLUSH, &mode) == 0 else { return false }
            found = before
            return true
        }
        guard isChanged else { throw .mode }
    }

    /// Gives the terminal back as it was found; nothing happens the second time.
    public func leaveRawMode() {
        found.withLock { found in
            guard var mode = found else { return }
            tcsetattr(input, TCSAFLUSH, &mode)
            found = nil
        }
    }

    /// The next bytes typed; `nil` at the end.
    public func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 1024)
        while true {
            let count = Foundation.read(input, &bytes, bytes.count)
            if count > 0 { return Array(bytes[..<count]) }
            if count < 0, errno == EINTR { continue }
            return nil
        }
    }

    /// Writes bytes as they are; what a broken terminal does not take is lost.
    public func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(output, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                return
            }
        }
    }

    /// Asks for a line that must not be seen.
    public func askSecretly(_ prompt: String) throws(Failure) -> String {
        try enterRawMode()
        defer { leaveRawMode() }
        write(Array(prompt.utf8))
        defer { write([0x0D, 0x0A]) }
        var keys = KeyReader()
        var editor = LineEditor()
        while let bytes = read() {
            for key in keys.read(bytes) {
                switch key {
                case .enter: return editor.text
                case .interrupt: throw .interrupted
                case .endOfInput where editor.text.isEmpty: return ""
                case .text, .backspace, .killToStart: editor.press(key)
                default: break
                }
            }
        }
        return editor.text
    }
}
