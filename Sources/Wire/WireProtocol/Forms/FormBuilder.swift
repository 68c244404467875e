/// Collects the values of a form, one after another, in one chunk.
public struct FormBuilder: Sendable {
    /// More than the number of words a line may have.
    static var mostSlots: Int { 66 }

    private var writer = LineWriter(version: ProtocolVersion(0), buffer: [0x20])
    var slots = InlineArray<66, Slot>(repeating: .none)
    private var irregular: [Int: IrregularValue]?

    /// Creates a builder without values.
    public init() {}

    /// Adds a value in its slot; `nil` leaves the slot empty.
    public mutating func add<Value: WireValue>(_ index: Int, _ value: Value?) {
        guard let value else { return }
        let start = writer.count
        do throws(ValueError) {
            try value.write(to: &writer)
        } catch {
            keep(index, IrregularValue(value: value, error: error))
        }
        if writer.count < start { restore(start, index, value) }
        end(index, start)
    }

    /// Adds a Boolean in its slot; `nil` leaves the slot empty.
    public mutating func add(_ index: Int, _ value: Bool?, as type: (some WireBoolean).Type) {
        guard let value, case .boolean(let falseWord, let trueWord) = type.table.kind else { return }
        let start = writer.count
        writer.append(value ? trueWord : falseWord)
        end(index, start)
    }

    /// Adds a list in its slot; `nil` leaves the slot empty.
    public mutating func add<Value: WireValue>(_ index: Int, _ values: [Value]?, separator: UInt8) {
        guard let values else { return }
        let start = writer.count
        var failure: ValueError?
        for (place, value) in values.enumerated() {
            if place > 0 { writer.append(separator) }
            let begin = writer.count
            do throws(ValueError) {
                try value.write(to: &writer)
                try writer.check(listPartFrom: begin, separator: separator)
            } catch {
                if failure == nil { failure = error }
            }
            if writer.count < begin { restore(begin, index, values) }
        }
        if let failure { keep(index, IrregularValue(value: values, error: failure)) }
        end(index, start)
    }

    /// Adds bytes in their slot; `nil` leaves the slot empty.
    public mutating func add(_ index: Int, bytes: WireBytes?) { add(index, bytes: bytes, irregular: nil) }

    /// Adds a payload in its slot; one that cannot be encoded is refused when the form is written.
    public mutating func add(_ index: Int, payload: some PayloadConvertible) {
        do throws(PayloadError) {
            add(index, bytes: try payload.payloadBytes())
        } catch {
            let failure = ValueError(.invalidContent("\(error)"))
            add(index, bytes: WireBytes(), irregular: IrregularValue(value: payload, error: failure))
        }
    }

    mutating func add(_ index: Int, bytes: WireBytes?, irregular value: IrregularValue?) {
        guard let bytes else { return }
        let start = writer.count
        writer.copy(bytes)
        if let value { keep(index, value) }
        end(index, start)
    }

    /// Restores what a value removed without having written it, so that the other values still have bytes.
    private mutating func restore(_ count: Int, _ index: Int, _ value: any Sendable) {
        keep(index, IrregularValue(value: value, error: ValueError(.empty)))
        while writer.count < count { writer.append(0x20) }
    }

    private mutating func keep(_ index: Int, _ value: IrregularValue) {
        irregular = irregular ?? [:]
        irregular?[index] = value
    }

    private mutating func end(_ index: Int, _ start: Int) {
        guard index >= 0, index < Self.mostSlots else { return }
        slots[index] = Slot(start, writer.count)
    }

    mutating func takeChunk() -> ByteChunk {
        let irregular = irregular
        self.irregular = nil
        // With spare bytes after the last value, every value can be read sixteen bytes at a time.
        return ByteChunk(writer.takeBytes(andMost: 16), irregular: irregular)
    }
}
