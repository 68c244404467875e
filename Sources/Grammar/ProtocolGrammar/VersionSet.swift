/// A set of protocol versions from 0 to 127, possibly with gaps.
public struct VersionSet: Sendable, Hashable {
    // Two words, because UInt128 arithmetic is slow in unoptimized builds.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    public static let maximum = 127

    public init() {}

    public init(_ range: ClosedRange<Int>) {
        let lowest = max(0, range.lowerBound)
        let highest = min(Self.maximum, range.upperBound)
        guard lowest <= highest else { return }
        low = Self.bits(from: lowest, through: min(63, highest))
        high = Self.bits(from: max(0, lowest - 64), through: highest - 64)
    }

    private static func bits(from first: Int, through last: Int) -> UInt64 {
        first <= last ? (UInt64.max >> UInt64(63 - (last - first))) << UInt64(first) : 0
    }

    public init(_ numbers: some Sequence<Int>) {
        for number in numbers where number >= 0 && number <= Self.maximum {
            if number < 64 { low |= 1 << UInt64(number) } else { high |= 1 << UInt64(number - 64) }
        }
    }

    public var isEmpty: Bool { low | high == 0 }

    public func contains(_ number: Int) -> Bool {
        guard number >= 0, number <= Self.maximum else { return false }
        return (number < 64 ? low >> UInt64(number) : high >> UInt64(number - 64)) & 1 == 1
    }

    public func intersection(_ other: VersionSet) -> VersionSet {
        var result = self
        result.low &= other.low
        result.high &= other.high
        return result
    }

    public func union(_ other: VersionSet) -> VersionSet {
        var result = self
        result.low |= other.low
        result.high |= other.high
        return result
    }

    public func subtracting(_ other: VersionSet) -> VersionSet {
        var result = self
        result.low &= ~other.low
        result.high &= ~other.high
        return result
    }

    public func isSubset(of other: VersionSet) -> Bool {
        subtracting(other).isEmpty
    }

    /// The lowest version.
    public var first: Int? {
        if low != 0 { return low.trailingZeroBitCount }
        return high == 0 ? nil : 64 + high.trailingZeroBitCount
    }

    /// The versions in ascending order.
    public var numbers: [Int] {
        var result: [Int] = []
        for (start, word) in [(0, low), (64, high)] {
            var rest = word
            while rest != 0 {
                result.append(start + rest.trailingZeroBitCount)
                rest &= rest &- 1
            }
        }
        return result
    }

    /// The runs of versions that are consecutive in `known`, such as 2...7 and 10...10.
    public func ranges(among known: VersionSet) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        var start: Int?
        var last = 0
        for number in known.numbers {
            if contains(number) {
                if start == nil { start = number }
                last = number
            } else if let first = start {
                result.append(first...last)
                start = nil
            }
        }
        if let first = start { result.append(first...last) }
        return result
    }
}
