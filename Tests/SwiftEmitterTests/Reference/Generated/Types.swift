// Generated from protocol.yaml and the files in types. Edit those instead.
import WireProtocol

/// The rules of the types of the grammar.
enum WireTypes {
    static let token = ValueTable("Token", .token([]), limit: 64)
    static let name = ValueTable("Name", .text, limit: 40)
    static let number = ValueTable("Number", .integer(0...4294967295))
    static let portNumber = ValueTable("PortNumber", .integer(1...65535))
    static let `switch` = ValueTable("Switch", .boolean(falseWord: "N", trueWord: "Y"))
    static let plain = ValueTable("Plain", .guid(braces: false))
    static let braced = ValueTable("Braced", .guid(braces: true))
    static let password = ValueTable("Password", .token([]), limit: 32, isSensitive: true)
    static let dialect = ValueTable(
        "Dialect",
        .token([
            WireShape(prefix: "DEMO", characters: .digits),
            WireShape(literal: "ANY"),
            WireShape(characters: .hexadecimal, length: 4, suffix: "!"),
        ]))
    static let mood = ValueTable(
        "Mood",
        .enumeration(
            [
                NamedWord("good", "GD"),
                NamedWord("bad", "BD", in: 2...3),
            ], isOpen: true))
    static let method = ValueTable(
        "Method",
        .enumeration(
            [
                NamedWord("clear", "CLR"),
                NamedWord("digest", "DIG", in: 2...3),
            ], isOpen: false))
    static let lists = ValueTable(
        "Lists",
        .flags(
            [
                NamedBit("friends", 1),
                NamedBit("blocked", 4, in: 2...3),
            ], fields: [BitField("level", WireTypes.level, bits: 8...9)]))
    static let level = ValueTable(
        "Level",
        .enumeration(
            [
                NamedWord("low", "1"),
                NamedWord("high", "2"),
            ], isOpen: true))
    static let address = ValueTable(
        "Address",
        .composite(
            [
                CompositePart("host", WireTypes.token),
                CompositePart("port", WireTypes.portNumber, after: ":"),
                CompositePart("path", WireTypes.token, after: ";", isOptional: true),
            ], partsMayBeEmpty: false))
}

/// A name in percent-coded text.
public struct Name: WireWord {
    /// The word as it stands on the wire.
    public let wire: WireBytes
    public static var table: ValueTable { WireTypes.name }

    /// Takes a word that the table accepts.
    public init(checked wire: WireBytes) { self.wire = wire }
}

/// The type `Number`.
public struct Number: WireInteger, ExpressibleByIntegerLiteral {
    /// The number.
    public let number: UInt32
    public static var table: ValueTable { WireTypes.number }

    /// Takes a number that the table accepts.
    public init(checked number: UInt32) { self.number = number }
}

/// The type `PortNumber`.
public struct PortNumber: WireInteger {
    /// The number.
    public let number: UInt32
    public static var table: ValueTable { WireTypes.portNumber }

    /// Takes a number that the table accepts.
    public init(checked number: UInt32) { self.number = number }
}

/// How `Switch` stands on the wire.
enum SwitchWord: WireBoolean {
    static var table: ValueTable { WireTypes.`switch` }
}

/// The type `Plain`.
public struct Plain: WireWord {
    /// The word as it stands on the wire.
    public let wire: WireBytes
    public static var table: ValueTable { WireTypes.plain }

    /// Takes a word that the table accepts.
    public init(checked wire: WireBytes) { self.wire = wire }
}

/// The type `Braced`.
public struct Braced: WireWord {
    /// The word as it stands on the wire.
    public let wire: WireBytes
    public static var table: ValueTable { WireTypes.braced }

    /// Takes a word that the table accepts.
    public init(checked wire: WireBytes) { self.wire = wire }
}

/// The type `Password`.
public struct Password: SecretWord {
    /// The word as it stands on the wire.
    public let wire: WireBytes
    public static var table: ValueTable { WireTypes.password }

    /// Takes a word that the table accepts.
    public init(checked wire: WireBytes) { self.wire = wire }
}

/// The type `Dialect`.
public struct Dialect: WireWord {
    /// The word as it stands on the wire.
    public let wire: WireBytes
    public static var table: ValueTable { WireTypes.dialect }

    /// Takes a word that the table accepts.
    public init(checked wire: WireBytes) { self.wire = wire }
}

/// How somebody is.
public enum Mood: WireEnumeration {
    /// `GD`.
    case good
    /// `BD`: Not so good. DEMO2 to DEMO3.
    case bad
    /// A word that the grammar does not name.
    case other(WireToken)

    public static var table: ValueTable { WireTypes.mood }
    public init(other word: WireToken) { self = .other(word) }
    public var other: WireToken? { if case .other(let word) = self { word } else { nil } }

    public init?(index: Int) {
        switch index {
        case 0: self = .good
        case 1: self = .bad
        default: return nil
        }
    }

    public var index: Int? {
        switch self {
        case .good: 0
        case .bad: 1
        case .other: nil
        }
    }
}

/// The type `Method`.
public enum Method: Int, WireEnumeration {
    /// `CLR`.
    case clear
    /// `DIG`. DEMO2 to DEMO3.
    case digest

    public static var table: ValueTable { WireTypes.method }
    public init(other word: WireToken) { self = .clear }
}

/// The type `Lists`.
public struct Lists: WireFlags {
    /// The bits.
    public let rawValue: UInt32
    public static var table: ValueTable { WireTypes.lists }

    /// Makes the set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The bit 1.
    public static var friends: Lists { Lists(rawValue: 1) }
    /// The bit 4. DEMO2 to DEMO3.
    public static var blocked: Lists { Lists(rawValue: 4) }
    /// How much they are liked.
    public var level: Level {
        get { number(inBits: 8...9) }
        set { set(bits: 8...9, to: newValue) }
    }
}

/// The type `Level`.
public enum Level: WireEnumeration {
    /// `1`.
    case low
    /// `2`.
    case high
    /// A word that the grammar does not name.
    case other(WireToken)

    public static var table: ValueTable { WireTypes.level }
    public init(other word: WireToken) { self = .other(word) }
    public var other: WireToken? { if case .other(let word) = self { word } else { nil } }

    public init?(index: Int) {
        switch index {
        case 0: self = .low
        case 1: self = .high
        default: return nil
        }
    }

    public var index: Int? {
        switch self {
        case .low: 0
        case .high: 1
        case .other: nil
        }
    }
}

/// A host, a port and a path.
public struct Address: WireValue {
    /// The part `host`.
    public var host: WireToken
    /// The part `port`.
    public var port: PortNumber
    /// The part `path`.
    public var path: WireToken?
    public static var table: ValueTable { WireTypes.address }

    /// Makes the value from its parts.
    public init(host: WireToken, port: PortNumber, path: WireToken? = nil) {
        self.host = host
        self.port = port
        self.path = path
    }

    public init(checked wire: WireBytes) {
        var parts = CompositeParts(wire, Self.table)
        host = parts.value()
        port = parts.value()
        path = parts.optional()
    }

    public func write(to writer: inout LineWriter) throws(ValueError) {
        var parts = CompositeWriter(Self.table)
        try parts.write(host, to: &writer)
        try parts.write(port, to: &writer)
        try parts.write(path, to: &writer)
    }
}
