/// A set of protocol versions, numbered 0 to 127; holes are possible.
public struct VersionSet: Sendable, Hashable {
    private var bits: UInt128

    public static let maximum = 127

    public init() {
        bits = 0
    }

    public init(_ numbers: some Sequence<Int>) {
        self.init()
        for number in numbers where (0...Self.maximum).contains(number) {
            bits |= UInt128(1) << UInt128(number)
        }
    }

    public var isEmpty: Bool { bits == 0 }

    public func contains(_ number: Int) -> Bool {
        (0...Self.maximum).contains(number) && bits & (UInt128(1) << UInt128(number)) != 0
    }

    public func intersection(_ other: VersionSet) -> VersionSet {
        var result = self
        result.bits &= other.bits
        return result
    }

    public func union(_ other: VersionSet) -> VersionSet {
        var result = self
        result.bits |= other.bits
        return result
    }

    public func subtracting(_ other: VersionSet) -> VersionSet {
        var result = self
        result.bits &= ~other.bits
        return result
    }

    public func isSubset(of other: VersionSet) -> Bool {
        bits & ~other.bits == 0
    }

    /// The versions in rising order.
    public var numbers: [Int] {
        (0...Self.maximum).filter { contains($0) }
    }

    /// The runs of versions that follow one another among `known`, such as 2...7 and 10...10.
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
