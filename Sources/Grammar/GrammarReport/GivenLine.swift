/// A line that somebody typed, with the payload behind its line break if there is one.
struct GivenLine {
    /// The line without its line end.
    let text: String
    /// The number of bytes behind the line break; nil if there is no line break.
    let payloadCount: Int?

    /// Splits what was typed at its first line break.
    init(_ typed: String) {
        let bytes = typed.utf8
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            text = typed
            payloadCount = nil
            return
        }
        let line = bytes[..<end]
        text = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        payloadCount = bytes.distance(from: end, to: bytes.endIndex) - 1
    }
}
