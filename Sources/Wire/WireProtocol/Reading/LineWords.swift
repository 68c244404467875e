/// The words of one line after its command word, found byte by byte.
struct LineWords {
    /// The line and its payload.
    let frame: Frame
    /// The end of the command word.
    let commandEnd: Int
    /// The positions of the words in the frame's chunk.
    let places: [Range<Int>]

    /// More than the number of words that a form can have.
    private static let most = 66

    /// Finds the words. Unless `keepsEmpty` is set, runs of blanks count as one and trailing blanks as none.
    ///
    /// If a value may be all that is left of the line, no more words are found than a form can have.
    init(_ frame: Frame, keepsEmpty: Bool, hasRest: Bool = false) {
        self.frame = frame
        let bytes = frame.chunk.span
        let line = frame.line
        var places: [Range<Int>] = []
        var commandEnd = line.upperBound
        var start = line.lowerBound
        var isCommand = true
        for index in line.lowerBound...line.upperBound {
            guard index == line.upperBound || bytes[index] == 0x20 else { continue }
            if isCommand {
                commandEnd = index
                isCommand = false
            } else if index > start || keepsEmpty {
                places.append(start..<index)
                if hasRest, places.count == Self.most { break }
            }
            start = index &+ 1
        }
        self.commandEnd = commandEnd
        self.places = places
    }

    /// The bytes from a word on to the end of the line, without the blanks there.
    func rest(from index: Int) -> Range<Int> {
        let bytes = frame.chunk.span
        let start = places[index].lowerBound
        var end = frame.line.upperBound
        while end > start, bytes[end &- 1] == 0x20 { end &-= 1 }
        return start..<end
    }

    /// The number of words after the command word.
    var count: Int { places.count }

    /// Calls the body with a word; the first word after the command word has the index 0.
    func withWord<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        body(frame.chunk.span.extracting(places[index]))
    }

    /// The word as a transaction ID; `nil` if it cannot be one.
    func transaction(at index: Int) -> TransactionID? {
        guard index < places.count else { return nil }
        return TransactionID.parse(frame.chunk.span, from: places[index].lowerBound, to: places[index].upperBound)
    }

    /// The first sixteen bytes of the command word.
    var command: String {
        excerpt(of: WireBytes(chunk: frame.chunk, from: frame.line.lowerBound, to: commandEnd))
    }

    /// An error of this line.
    func error(
        _ kind: WireDecodingError.Kind, form: FormTable? = nil, _ name: StaticString? = nil, version: ProtocolVersion,
        offset: Int
    ) -> WireDecodingError {
        WireDecodingError(
            kind: kind, command: command, form: form.map { "\($0.name)" }, parameter: name.map { "\($0)" },
            version: version, offset: offset, line: "\(command) (\(frame.line.count) bytes)")
    }
}
