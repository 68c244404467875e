/// A value that is one of a list of words.
public protocol WireEnumeration: WireValue {
    /// The value at an index of the table's list.
    init?(index: Int)
    /// The value of a word that the table does not list; for a closed enumeration, the first value.
    init(other word: WireToken)
    /// The index of the value in the table's list; `nil` for a word that the table does not list.
    var index: Int? { get }
    /// The word of a value that the table does not list.
    var other: WireToken? { get }
}

extension WireEnumeration {
    /// The value of a word.
    public init(checked wire: WireBytes) {
        if let index = Self.table.index(of: wire), let value = Self(index: index) {
            self = value
        } else {
            self.init(other: WireToken(checked: wire))
        }
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        if let other {
            writer.append(other.wire)
        } else if let index, let word = Self.table.word(at: index) {
            writer.append(word)
        }
    }
}

extension WireEnumeration where Self: RawRepresentable, RawValue == Int {
    /// The value at an index of the table's list.
    public init?(index: Int) { self.init(rawValue: index) }

    /// The index of the value in the table's list.
    public var index: Int? { rawValue }

    /// Always `nil`: a closed enumeration has only the words of its table.
    public var other: WireToken? { nil }
}

extension ValueTable {
    /// The index of a word in the list of an enumeration.
    func index(of wire: WireBytes) -> Int? {
        guard case .enumeration(let values, _) = kind else { return nil }
        if let packed = wire.packed {
            for index in values.indices where values[index].packed == packed { return index }
            return nil
        }
        return wire.withSpan { bytes in
            for index in values.indices where values[index].packed == 0 && values[index].equals(bytes) { return index }
            return nil
        }
    }

    /// The word at an index of the list of an enumeration.
    func word(at index: Int) -> StaticString? {
        guard case .enumeration(let values, _) = kind, values.indices.contains(index) else { return nil }
        return values[index].word
    }
}

/// A Boolean on the wire: one of two words.
public protocol WireBoolean {
    /// The rules of the type, which name both words.
    static var table: ValueTable { get }
}

/// A set of flags, a decimal number on the wire.
public protocol WireFlags: WireValue, OptionSet where RawValue == UInt32 {
    /// Creates the set from its bits.
    init(rawValue: UInt32)
}

extension WireFlags {
    /// The number in some bits.
    public func number<Value: WireEnumeration>(inBits bits: ClosedRange<UInt32>) -> Value {
        Value(checked: WireBytes(String(rawValue.number(inBits: bits))))
    }

    /// Sets the number in some bits; a value that is no number, or too large for them, leaves them as they are.
    public mutating func set(bits: ClosedRange<UInt32>, to value: some WireEnumeration) {
        guard let number = UInt32(value.text), number <= UInt32.max.number(inBits: bits) else { return }
        self = Self(rawValue: rawValue & ~bits.mask | number << bits.lowerBound)
    }

    /// Reads a decimal number.
    public init(checked wire: WireBytes) { self.init(rawValue: UInt32(checked: wire)) }

    /// Appends the decimal number.
    public func write(to writer: inout LineWriter) throws(ValueError) { try rawValue.write(to: &writer) }
}

extension ClosedRange<UInt32> {
    /// The bits of a number, counted from 0 for the lowest, all set.
    fileprivate var mask: UInt32 { (UInt32.max << lowerBound) & ~((UInt32.max << upperBound) << 1) }
}

extension UInt32 {
    /// The number in some bits.
    func number(inBits bits: ClosedRange<UInt32>) -> UInt32 { (self & bits.mask) >> bits.lowerBound }
}
