/// What a form holds: one chunk of bytes, and the position of each value in it.
///
/// The typed properties of a form read and write through it. Reading never traps: a required value that is missing,
/// which no form that was read or created lacks, reads as empty bytes.
public struct FormStorage<let count: Int>: Sendable {
    @usableFromInline var chunk: ByteChunk
    @usableFromInline var slots: InlineArray<count, Slot>

    /// Takes the words of a line.
    @inlinable @inline(__always)
    public init(_ words: consuming TakenWords) {
        slots = words.slots(as: InlineArray<count, Slot>.self)
        chunk = words.chunk
    }

    /// Takes the values of a builder.
    public init(_ builder: consuming FormBuilder) {
        slots = InlineArray(repeating: .none)
        for index in 0..<count { slots[index] = builder.slots[index] }
        chunk = builder.takeChunk()
    }

    init(chunk: ByteChunk, slots: some Sequence<Slot>) {
        self.chunk = chunk
        self.slots = InlineArray(repeating: .none)
        for (index, slot) in slots.enumerated() where index < count { self.slots[index] = slot }
    }

    // MARK: - Reading

    /// The bytes of a value; empty if there is no value.
    @inlinable @inline(__always)
    public func bytes(_ index: Int) -> WireBytes { WireBytes(chunk, slots[index]) }

    /// A value.
    @inlinable
    public func value<Value: WireValue>(_ index: Int) -> Value {
        if chunk.irregular != nil, let value: Value = irregular(index) { return value }
        return Value(checked: bytes(index))
    }

    /// An optional value.
    @inlinable
    public func optional<Value: WireValue>(_ index: Int) -> Value? {
        slots[index].isPresent ? value(index) as Value : nil
    }

    /// The bytes of an optional value.
    @inlinable
    public func optionalBytes(_ index: Int) -> WireBytes? { slots[index].isPresent ? bytes(index) : nil }

    /// Whether a Boolean is the word for true.
    @inlinable
    public func flag(_ index: Int, as type: (some WireBoolean).Type) -> Bool { isTrue(bytes(index), type.table) }

    /// Whether an optional Boolean is the word for true.
    @inlinable
    public func optionalFlag(_ index: Int, as type: (some WireBoolean).Type) -> Bool? {
        slots[index].isPresent ? flag(index, as: type) : nil
    }

    /// The values of a list.
    @inlinable
    public func list<Value: WireValue>(_ index: Int, separator: UInt8) -> [Value] {
        if chunk.irregular != nil, let values: [Value] = irregular(index) { return values }
        var parts = ListParts(bytes(index), separator: separator)
        var result: [Value] = []
        while let part = parts.next() { result.append(Value(checked: part)) }
        return result
    }

    /// The values of an optional list.
    @inlinable
    public func optionalList<Value: WireValue>(_ index: Int, separator: UInt8) -> [Value]? {
        slots[index].isPresent ? list(index, separator: separator) as [Value] : nil
    }

    @usableFromInline
    func irregular<Value>(_ index: Int) -> Value? { chunk.irregular?[index]?.value as? Value }

    // MARK: - Writing

    /// Sets or removes a value; one without a wire form is kept and refused when the form is written.
    @inlinable
    public mutating func set<Value: WireValue>(_ index: Int, _ value: Value?) {
        var builder = builder(without: index)
        builder.add(index, value)
        self = FormStorage(builder)
    }

    /// Sets or removes bytes.
    public mutating func set(_ index: Int, bytes: WireBytes?) {
        var builder = builder(without: index)
        builder.add(index, bytes: bytes)
        self = FormStorage(builder)
    }

    /// Sets or removes a Boolean.
    @inlinable
    public mutating func set(_ index: Int, _ value: Bool?, as type: (some WireBoolean).Type) {
        var builder = builder(without: index)
        builder.add(index, value, as: type)
        self = FormStorage(builder)
    }

    /// Sets or removes a list.
    @inlinable
    public mutating func set<Value: WireValue>(_ index: Int, _ values: [Value]?, separator: UInt8) {
        var builder = builder(without: index)
        builder.add(index, values, separator: separator)
        self = FormStorage(builder)
    }

    /// A builder with all values but one.
    public func builder(without left: Int) -> FormBuilder {
        var builder = FormBuilder()
        for index in 0..<count where index != left && slots[index].isPresent {
            builder.add(index, bytes: bytes(index), irregular: chunk.irregular?[index])
        }
        return builder
    }
}

/// What forms store their values in.
public protocol WordStorage: Sendable {
    /// Takes the values of a builder.
    init(_ builder: consuming FormBuilder)
    /// A builder with all values but the one at an index; an index that no value has leaves out none.
    func builder(without left: Int) -> FormBuilder
    /// The values, for code that reads them by their table.
    var view: FormView { get }
    /// Appends the line that a table describes; throws, and appends nothing, if a value cannot be written.
    func encode(
        _ table: FormTable, into line: inout LineWriter, transaction: TransactionID?
    ) throws(WireEncodingError)
}

extension FormStorage: WordStorage {
    /// The values, for code that reads them by their table.
    public var view: FormView {
        var places: [Slot] = []
        places.reserveCapacity(count)
        for index in 0..<count { places.append(slots[index]) }
        return FormView(chunk: chunk, slots: places)
    }

    /// Appends the line that a table describes; throws, and appends nothing, if a value cannot be written.
    @inlinable
    public func encode(
        _ table: FormTable, into line: inout LineWriter, transaction: TransactionID?
    ) throws(WireEncodingError) {
        let slots = slots
        try slots.span.withUnsafeBufferPointer { (slots) throws(WireEncodingError) in
            try line.write(table, chunk, slots, transaction)
        }
    }
}

/// The values of any form by their slots.
public struct FormView: Sendable {
    let chunk: ByteChunk
    let slots: [Slot]

    func isIrregular(_ index: Int) -> Bool { chunk.irregular?[index] != nil }

    func bytes(_ index: Int) -> WireBytes? {
        slots.indices.contains(index) && slots[index].isPresent ? WireBytes(chunk, slots[index]) : nil
    }
}

/// Whether a word is the word for true.
@usableFromInline
func isTrue(_ wire: WireBytes, _ table: ValueTable) -> Bool {
    if case .boolean(_, let trueWord) = table.kind { wire.equals(trueWord) } else { false }
}

/// The values of a list in one range of bytes; between blanks no value is empty.
@usableFromInline
struct ListParts {
    private let wire: WireBytes
    private let separator: UInt8
    private var position = 0

    @usableFromInline
    init(_ wire: WireBytes, separator: UInt8) {
        self.wire = wire
        self.separator = separator
        if wire.isEmpty { position = 1 }
    }

    @usableFromInline
    mutating func next() -> WireBytes? {
        while position <= wire.count {
            let start = position
            let end = wire.firstIndex(of: separator, from: start, to: wire.count) ?? wire.count
            position = end &+ 1
            if end == start, separator == 0x20 { continue }
            return wire.slice(start..<end)
        }
        return nil
    }
}
