/// Describes the fields of one header block.
public final class FieldTable: Sendable {
    /// The type of the line before the fields; `nil` for none.
    public let startLine: ValueTable?
    /// The fields, in the order in which new ones are added.
    public let rows: [FieldRow]
    /// The names of the fields.
    let order: [StaticString]
    /// A block with the fields that every block has.
    public let newBlock: HeaderBlock

    /// Creates the table of a block that starts with the lines of another block.
    public init(
        _ rows: [FieldRow] = [], after start: HeaderBlock = HeaderBlock(), startLine: ValueTable? = nil
    ) {
        self.startLine = startLine
        self.rows = rows
        order = rows.map(\.name)
        var block = start
        for row in rows {
            if let initial = row.initial { block.set(row.name, WireBytes("\(initial)")) }
        }
        newBlock = block
    }

    /// What errors call the line before the fields.
    private static let startLineName = "start line"

    /// Looks for fields that are missing or do not fit their types, and for lines that are no fields.
    func inspect(_ block: HeaderBlock, _ found: inout PayloadFindings) {
        block.inspectLines(&found, hasStartLine: startLine != nil)
        if let startLine {
            if let line = block.startLine, !line.isEmpty {
                found.inspect(line, startLine, Self.startLineName)
            } else {
                found.add(PayloadError(.missingField, field: Self.startLineName))
            }
        }
        for row in rows {
            if let value = block.value(row.name)?.withoutTrailingBlanks(row.type) {
                found.inspect(value, row.type, "\(row.name)")
            } else if row.isRequired {
                found.add(PayloadError(.missingField, field: "\(row.name)"))
            }
        }
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
    /// Whether bytes are a value of this type in a payload.
    public func accepts(_ wire: WireBytes) -> Bool { failure(ofField: wire, in: nil) == nil }

    /// Why a value of a payload is not one of this type.
    func failure(ofField wire: WireBytes, in range: ClosedRange<Int64>?) -> ValueError? {
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
    /// The value of a field without the blanks behind it, which belong to no value but a text.
    func withoutTrailingBlanks(_ type: ValueTable) -> WireBytes {
        switch type.kind {
        case .token, .text: return self
        default: break
        }
        var end = count
        while end > 0, self[end &- 1] == 0x20 || self[end &- 1] == 0x09 { end &-= 1 }
        return end == count ? self : slice(0..<end)
    }

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
