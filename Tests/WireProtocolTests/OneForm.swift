import Testing
@testable import WireProtocol

/// A line that was read: its transaction ID, and the bytes of its values by their places.
struct ReadLine: Equatable {
    var transaction: TransactionID?
    var values: [WireBytes?]

    init(transaction: TransactionID?, values: [WireBytes?]) {
        self.transaction = transaction
        self.values = values
    }

    func value<Value: WireValue>(_ index: Int) -> Value? { values[index].map { Value(checked: $0) } }

    func list<Value: WireValue>(_ index: Int, separator: UInt8) -> [Value]? {
        guard let bytes = values[index] else { return nil }
        var parts = ListParts(bytes, separator: separator)
        var result: [Value] = []
        while let part = parts.next() { result.append(Value(checked: part)) }
        return result
    }

    static func == (left: ReadLine, right: ReadLine) -> Bool {
        left.values == right.values && left.transaction?.description == right.transaction?.description
    }
}

/// A form of the command ABC, or of another one, that a client sends on the only service.
func form(
    _ words: [FormWord] = [], command: StaticString = "ABC", name: StaticString = "plain", place: Int = 0,
    transaction: TransactionRule = .absent, payload: PayloadTable? = nil
) -> FormTable {
    FormTable(
        command, name, place: place, from: .client, on: ServiceSet(number: 0), transaction: transaction, words: words,
        payload: payload)
}

/// The tables of a protocol with one form.
func lines(_ form: FormTable, _ version: ProtocolVersion = version) -> LineTable {
    ProtocolTable("ONE", services: 1, lastVersion: 20, commands: [CommandTable(form.command, client: [form])])
        .lines(from: .client, service: 0, version: version)
}

/// Reads a line by the table of one form.
///
/// A line without a payload is read out of a stream too, with the same result.
func read(
    _ line: [UInt8], payload: [UInt8]? = nil, _ form: FormTable, version: ProtocolVersion = version,
    mode: ReadingMode = .checked, limits: WireLimits = .default
) throws(WireDecodingError) -> ReadLine {
    let table = lines(form, version)
    let chunk = line + (payload ?? [])
    let frame = Frame(
        chunk: chunk, line: 0..<line.count, payload: payload.map { _ in line.count..<chunk.count }, offset: 0)
    let plain = Result { () throws(WireDecodingError) in try readPlainly(frame, table, mode: mode, limits: limits) }
    if payload == nil, form.payload == nil, line.count <= limits.line {
        let quick = Result { () throws(WireDecodingError) in try readQuickly(line, table, mode: mode, limits: limits) }
        #expect(quick == plain, "\(String(decoding: line, as: UTF8.self))")
    }
    return try plain.get() ?? ReadLine(transaction: nil, values: [])
}

/// Reads a line by the table of one form.
func read(
    _ line: String, payload: [UInt8]? = nil, _ form: FormTable, version: ProtocolVersion = version,
    mode: ReadingMode = .checked, limits: WireLimits = .default
) throws(WireDecodingError) -> ReadLine {
    try read(Array(line.utf8), payload: payload, form, version: version, mode: mode, limits: limits)
}

/// The error of a line that must not be read.
func readingError(
    _ line: [UInt8], payload: [UInt8]? = nil, _ form: FormTable, version: ProtocolVersion = version,
    mode: ReadingMode = .checked, limits: WireLimits = .default
) -> WireDecodingError? {
    #expect(throws: WireDecodingError.self) {
        try read(line, payload: payload, form, version: version, mode: mode, limits: limits)
    }
}

/// The error of a line that must not be read.
func readingError(
    _ line: String, payload: [UInt8]? = nil, _ form: FormTable, version: ProtocolVersion = version,
    mode: ReadingMode = .checked, limits: WireLimits = .default
) -> WireDecodingError? {
    readingError(Array(line.utf8), payload: payload, form, version: version, mode: mode, limits: limits)
}

private func readPlainly(
    _ frame: Frame, _ table: LineTable, mode: ReadingMode, limits: WireLimits
) throws(WireDecodingError) -> ReadLine? {
    guard let found = try table.read(frame, mode: mode, limits: limits) else { return nil }
    let chunk = ByteChunk(frame.chunk)
    return ReadLine(
        transaction: found.transaction, values: found.slots.map { $0.isPresent ? WireBytes(chunk, $0) : nil })
}

/// Reads one line as it comes in a stream.
private func readQuickly(
    _ line: [UInt8], _ table: LineTable, mode: ReadingMode, limits: WireLimits
) throws(WireDecodingError) -> ReadLine? {
    var source = LineSource(table: table, mode: mode, limits: limits)
    source.frames.append(line + [0x0D, 0x0A])
    return try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingRoom.size) {
        (memory) throws(WireDecodingError) -> ReadLine? in
        let room = ReadingRoom(memory)
        let taken = source.take(room)
        guard taken.kind == .message else {
            if case .decoding(let error, _) = source.failure { throw error }
            return nil
        }
        let count = table.protocol.commands[Int(taken.command)].clientForms[Int(taken.form)].slotCount
        let storage = FormStorage<66>(TakenWords(taken.chunk, room.values))
        return ReadLine(transaction: taken.transaction, values: (0..<count).map { storage.optionalBytes($0) })
    }
}

// MARK: - Writing

/// A value that a test puts into a form: what adds it to a builder at its place.
struct Given {
    let add: (inout FormBuilder, Int) -> Void

    static func value<Value: WireValue>(_ value: Value?) -> Given { Given { $0.add($1, value) } }
    static func list<Value: WireValue>(_ values: [Value]?, separator: UInt8 = 0x20) -> Given {
        Given { $0.add($1, values, separator: separator) }
    }
    static func payload(_ text: String?) -> Given { Given { $0.add($1, bytes: text.map { WireBytes($0) }) } }
    static var nothing: Given { Given { _, _ in } }
}

/// Writes a line by the table of one form.
func write(
    _ form: FormTable, _ values: Given..., to line: inout LineWriter, transaction: TransactionID? = nil
) throws(WireEncodingError) {
    try write(form, values, to: &line, transaction: transaction)
}

/// Writes a line by the table of one form.
func write(
    _ form: FormTable, _ values: [Given], to line: inout LineWriter, transaction: TransactionID? = nil
) throws(WireEncodingError) {
    var builder = FormBuilder()
    for (index, value) in values.enumerated() { value.add(&builder, index) }
    try FormStorage<66>(builder).encode(form, into: &line, transaction: transaction)
}

/// The line that the table of one form makes of values.
func written(
    _ form: FormTable, _ values: Given..., version: ProtocolVersion = version, transaction: TransactionID? = nil,
    policy: WritingPolicy = .exact, limits: WireLimits = .default
) throws(WireEncodingError) -> String {
    var line = LineWriter(version: version, policy: policy, limits: limits)
    do throws(WireEncodingError) {
        try write(form, values, to: &line, transaction: transaction)
    } catch {
        #expect(line.bytes.isEmpty, "a failed line is taken back")
        throw error
    }
    return String(decoding: line.bytes, as: UTF8.self)
}

/// The error of values that must not be written.
func writingError(
    _ form: FormTable, _ values: Given..., version: ProtocolVersion = version, transaction: TransactionID? = nil,
    policy: WritingPolicy = .exact, limits: WireLimits = .default
) -> WireEncodingError? {
    #expect(throws: WireEncodingError.self) {
        var line = LineWriter(version: version, policy: policy, limits: limits)
        try write(form, values, to: &line, transaction: transaction)
    }
}

/// The places of the form that each reader takes a line of a client for.
func places(_ line: String, _ table: ProtocolTable) -> (plain: Int?, quick: Int?) {
    let table = table.lines(from: .client, service: 0, version: version)
    let plain = try? table.read(Frame(line: line), mode: .checked, limits: .default)
    var source = LineSource(table: table, mode: .checked, limits: .default)
    source.frames.append(Array((line + "\r\n").utf8))
    let quick = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: ReadingRoom.size) { memory -> Int? in
        let taken = source.take(ReadingRoom(memory))
        return taken.kind == .message ? Int(taken.form) : nil
    }
    return (plain?.form, quick)
}
