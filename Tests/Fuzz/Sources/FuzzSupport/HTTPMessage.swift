/// An HTTP message, read by the letter: whatever a careless writer lets through is wrong here.
public struct HTTPMessage {
    /// The words of the first line; the last one may have blanks.
    public var start: [String]
    public var headers: [(name: String, value: String)] = []
    public var body: [UInt8]

    /// Reads bytes that are one message and nothing else; ends the program if they are not.
    public init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var lines: [[UInt8]] = []
        while true {
            guard let end = rest.firstIndex(of: 0x0D) else { fatalError("a line without end") }
            let line = Array(rest[..<end])
            rest = rest[end...].dropFirst()
            check(rest.popFirst() == 0x0A, "a CR without LF")
            check(line.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }, "a control character in '\(text(line))'")
            if line.isEmpty { break }
            lines.append(line)
        }
        body = Array(rest)
        start =
            lines.first.map {
                text($0).split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            } ?? []
        check(start.count == 3, "a first line of \(start.count) words")
        for line in lines.dropFirst() {
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            check(!name.isEmpty && name.allSatisfy(isTokenByte), "the header '\(text(line))'")
            headers.append((text(name), text(line.dropFirst(name.count + 1).drop { $0 == 0x20 })))
        }
        let lengths = headers.filter { $0.name.lowercased() == "content-length" }
        check(!headers.contains { $0.name.lowercased() == "transfer-encoding" }, "chunks")
        check(lengths.map(\.value) == [String(body.count)] || lengths.isEmpty && body.isEmpty, "another length")
    }
}

private func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
