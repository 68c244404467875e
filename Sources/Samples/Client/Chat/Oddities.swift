#if Network
// Shows: a line that cannot be read costs only itself; its error and its words still reach the user.

/// What servers said that is not understood, for `/oddities`.
struct Oddities {
    /// The most lines that are kept, and the most bytes of each.
    private static let limit = (lines: 200, bytes: 300)
    private var lines: [String] = []
    private var count = 0
    /// Whether the user was told that there are some.
    private var isTold = false

    /// Remembers a line.
    mutating func add(_ reason: String, _ line: [UInt8]) {
        count += 1
        guard lines.count < Self.limit.lines else { return }
        let shown = String(decoding: line.prefix(Self.limit.bytes), as: UTF8.self)
        lines.append("  \(shown.split(separator: "\r\n").first.map(String.init) ?? "") (\(reason))")
    }

    /// One sentence for the user, the first time there is something to tell.
    mutating func sentence() -> String? {
        guard count > 0, !isTold else { return nil }
        isTold = true
        return "(\(count) \(count == 1 ? "line" : "lines") from the server could not be understood; see /oddities.)"
    }

    /// All that is kept; what comes later is told again.
    mutating func list() -> [String] {
        isTold = false
        defer { (lines, count) = ([], 0) }
        guard count > 0 else { return ["Everything the server said was understood."] }
        return lines + (count > lines.count ? ["  and \(count - lines.count) more"] : [])
    }
}
#endif
