/// A protocol version, identified by its number.
public struct ProtocolVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number of the version.
    public var number: UInt8

    /// Creates the version with a number.
    @inlinable
    public init(number: UInt8) { self.number = number }

    /// Creates the version with a number.
    @inlinable
    public init(_ number: UInt8) { self.number = number }

    /// The number in decimal.
    public var description: String { String(number) }

    /// Whether the left version is older than the right one.
    @inlinable
    public static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool { left.number < right.number }
}

/// A set of protocol versions, held as 256 bits.
public struct VersionSet: Hashable, Sendable {
    @usableFromInline var words: SIMD4<UInt64>

    /// Creates the union of ranges of version numbers, such as `VersionSet(2...7, 10...10)`.
    public init(_ ranges: ClosedRange<UInt8>...) { self.init(ranges) }

    /// Creates the union of ranges of version numbers.
    public init(_ ranges: [ClosedRange<UInt8>]) {
        words = SIMD4(repeating: 0)
        for range in ranges {
            for number in range { words[Int(number >> 6)] |= 1 << UInt64(number & 63) }
        }
    }

    /// Every version.
    public static let all = VersionSet(0...255)

    /// Whether the version is in the set.
    @inlinable
    public func contains(_ version: ProtocolVersion) -> Bool {
        words[Int(version.number >> 6)] & (1 << UInt64(version.number & 63)) != 0
    }

    /// The versions in either set.
    public func union(_ other: VersionSet) -> VersionSet {
        var result = self
        result.words = words | other.words
        return result
    }

    /// The versions in both sets.
    public func intersection(_ other: VersionSet) -> VersionSet {
        var result = self
        result.words = words & other.words
        return result
    }

    /// Whether no version is in the set.
    public var isEmpty: Bool { words == SIMD4(repeating: 0) }
}

/// The end that sends a command.
public enum Sender: String, Hashable, Sendable, CaseIterable {
    /// The end that opened the connection.
    case client
    /// The end that accepted the connection.
    case server
}

/// Something that is true of some versions, as in `version.has(.serverLists)`.
public struct VersionFact: Hashable, Sendable {
    /// The versions it is true of.
    public let versions: VersionSet

    /// Creates a fact that is true of these versions.
    public init(_ versions: VersionSet) { self.versions = versions }
}

extension ProtocolVersion {
    /// Whether the fact is true of this version.
    public func has(_ fact: VersionFact) -> Bool { fact.versions.contains(self) }
}
