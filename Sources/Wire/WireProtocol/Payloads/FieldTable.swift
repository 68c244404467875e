/// Describes the fields of one header block.
public final class FieldTable: Sendable {
    /// The fields, in the order in which new ones are added.
    public let rows: [FieldRow]
    /// The names of the fields.
    let order: [StaticString]
    /// A block with the fields that every block has.
    public let newBlock: HeaderBlock

    /// Creates the table of a block that starts with the lines of another block.
    public init(_ rows: [FieldRow] = [], after start: HeaderBlock = HeaderBlock()) {
        self.rows = rows
        order = rows.map(\.name)
        var block = start
        for row in rows {
            if let initial = row.initial { block.set(row.name, WireBytes("\(initial)")) }
        }
        newBlock = block
    }

    /// Throws if a field is missing or does not fit its type; gives the known deviations in the others.
    @discardableResult func check(_ block: HeaderBlock) throws(PayloadError) -> [Deviation] {
        var found: [Deviation] = []
        for row in rows {
            if let value = block.value(row.name) {
                try row.type.check(field: value, "\(row.name)", &found)
            } else if row.isRequired {
                throw PayloadError(.missingField, field: "\(row.name)")
            }
        }
        return found
    }
}

/// A field `Name: value` of a header block.
public struct FieldRow: Sendable {
    /// The name as it is spelled in new lines.
    public let name: StaticString
    /// The rules of the value.
    public let type: ValueTable
    /// Whether every block must have it.
    public let isRequired: Bool
    /// The value in a new block; `nil` for none.
    public let initial: StaticString?

    /// Creates the row of a field.
    public init(_ name: StaticString, _ type: ValueTable, required: Bool = false, initial: StaticString? = nil) {
        self.name = name
        self.type = type
        isRequired = required
        self.initial = initial
    }
}

extension ValueTable {
    /// Throws if a value in a payload is not a value of this type; an empty one never is.
    ///
    /// A payload has no version, and a type that says only "a word" allows any text. A value that programs are known
    /// to spell so is accepted and found.
    func check(
        field wire: WireBytes, in range: ClosedRange<Int64>? = nil, _ name: @autoclosure () -> String,
        _ found: inout [Deviation]
    ) throws(PayloadError) {
        guard !wire.isEmpty, let failure = failure(ofField: wire, in: range) else { return }
        if let spelled = wire.withSpan({ respelled($0, in: nil, range: range) }) {
            let name = name()
            found += spelled.found.map { Deviation($0.rule, parameter: name, offset: $0.offset) }
            return
        }
        throw PayloadError(.invalidValue(failure.reason), field: name(), offset: failure.offset)
    }

    private func failure(ofField wire: WireBytes, in range: ClosedRange<Int64>?) -> ValueError? {
        switch kind {
        case _ where range != nil: wire.numberFailure(in: range)
        case .integer(let own) where own != 0...Int64(UInt32.max): wire.numberFailure(in: own)
        default: failure(ofValue: wire)
        }
    }

    /// Why no Swift value can be created from the bytes.
    func failure(ofValue wire: WireBytes) -> ValueError? {
        if case .token(let shapes) = kind {
            if shapes.isEmpty { return nil }
            if wire.count > limit { return ValueError(.tooLong(limit: limit), offset: limit) }
        }
        return wire.withSpan { failure(of: $0, in: nil) }
    }
}

extension WireBytes {
    /// Why the bytes are not a number, or not one in a range.
    fileprivate func numberFailure(in range: ClosedRange<Int64>?) -> ValueError? {
        let number: Int64
        do throws(ValueError) {
            number = try withSpan { (bytes) throws(ValueError) in try signedNumber(bytes) }
        } catch {
            return error
        }
        guard let range, !range.contains(number) else { return nil }
        return ValueError(.outOfRange("\(range.lowerBound)...\(range.upperBound)"))
    }
}
