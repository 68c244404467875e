/// A line as typed, with an optional payload after its line break.
struct GivenLine {
    /// The line without its line end.
    let text: String
    /// The number of bytes after the line break; nil if there is no line break.
    let payloadCount: Int?

    /// Splits a text at its first line break.
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
