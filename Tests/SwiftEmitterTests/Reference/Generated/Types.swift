// Generated from protocol.yaml. Edit that file instead.
import WireProtocol

/// How `Switch` stands on the wire: `N` or `Y`.
struct SwitchWord: WireValue {
    let isTrue: Bool

    init(_ isTrue: Bool) {
        self.isTrue = isTrue
    }

    init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        if wire.equals("Y") {
            isTrue = true
        } else if wire.equals("N") {
            isTrue = false
        } else {
            throw ValueError(.unknownValue(expected: "N or Y"), offset: 0)
        }
    }

    init(text: String, version: ProtocolVersion) throws(ValueError) {
        let word = text == "true" ? "Y" : text == "false" ? "N" : text
        try self.init(wire: WireBytes(word), version: version)
    }

    func write(to writer: inout LineWriter) throws(ValueError) {
        writer.append(isTrue ? "Y" as StaticString : "N")
    }

    var text: String { isTrue ? "true" : "false" }
}

/// The type `Plain`.
public struct Plain: WireValue {
    /// The word as it stands on the wire.
    public let wire: WireBytes

    /// Reads the word; throws where it has another shape.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        guard wire.isGUID(braces: false) else {
            throw ValueError(.badShape(expected: "a GUID"), offset: 0)
        }
        self.wire = wire
    }

    /// Makes the word from a text; throws where it has another shape.
    public init(_ text: String) throws(ValueError) {
        try self.init(wire: WireBytes(text), version: ProtocolVersion(0))
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        writer.append(wire)
    }

    /// The word.
    public var text: String { wire.description }
}

/// The type `Braced`.
public struct Braced: WireValue {
    /// The word as it stands on the wire.
    public let wire: WireBytes

    /// Reads the word; throws where it has another shape.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        guard wire.isGUID(braces: true) else {
            throw ValueError(.badShape(expected: "a GUID in braces"), offset: 0)
        }
        self.wire = wire
    }

    /// Makes the word from a text; throws where it has another shape.
    public init(_ text: String) throws(ValueError) {
        try self.init(wire: WireBytes(text), version: ProtocolVersion(0))
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        writer.append(wire)
    }

    /// The word.
    public var text: String { wire.description }
}

/// The type `Dialect`.
public struct Dialect: WireValue {
    private static let shapes: [WireShape] = [
        WireShape(prefix: "DEMO", characters: .digits),
        WireShape(literal: "ANY"),
        WireShape(characters: .hexadecimal, length: 4, suffix: "!"),
    ]

    /// The word as it stands on the wire.
    public let wire: WireBytes

    /// Reads the word; throws where it has another shape.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        guard wire.count <= 512 else { throw ValueError(.tooLong(limit: 512), offset: 512) }
        try WireShape.check(wire, Self.shapes)
        self.wire = wire
    }

    /// Makes the word from a text; throws where it has another shape.
    public init(_ text: String) throws(ValueError) {
        try self.init(wire: WireBytes(text), version: ProtocolVersion(0))
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        writer.append(wire)
    }

    /// The word.
    public var text: String { wire.description }
}

/// How somebody is.
public enum Mood: WireEnumeration {
    /// `GD`.
    case good
    /// `BD`: Not so good. DEMO2 to DEMO3.
    case bad
    /// A word that the grammar does not name.
    case other(WireToken)

    /// A word of up to eight bytes, packed into a number; nil if it is none of the short words.
    public static func value(packed word: UInt64, in version: ProtocolVersion) throws(ValueError) -> Self? {
        switch word {
        case 0x4744:  // GD
            return Self.good
        case 0x4244:  // BD
            return Self.bad
        default: return nil
        }
    }

    /// Any other word.
    public static func value(other wire: WireBytes, in version: ProtocolVersion) throws(ValueError) -> Self {
        return Self.other(try WireToken(wire: wire, version: version))
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        switch self {
        case .good: writer.append("GD" as StaticString)
        case .bad: writer.append("BD" as StaticString)
        case .other(let word): try word.write(to: &writer)
        }
    }

    /// The word on the wire.
    public var text: String {
        switch self {
        case .good: "GD"
        case .bad: "BD"
        case .other(let word): word.string
        }
    }
}

/// The type `Method`.
public enum Method: WireEnumeration {
    /// `CLR`.
    case clear
    /// `DIG`. DEMO2 to DEMO3.
    case digest

    /// A word of up to eight bytes, packed into a number; nil if it is none of the short words.
    public static func value(packed word: UInt64, in version: ProtocolVersion) throws(ValueError) -> Self? {
        let version = version.number
        switch word {
        case 0x434C52:  // CLR
            return Self.clear
        case 0x444947:  // DIG
            guard (2...3).contains(version) else { throw ValueError(.notInVersion, offset: 0) }
            return Self.digest
        default: return nil
        }
    }

    /// Any other word; throws where it is none of the long words.
    public static func value(other wire: WireBytes, in version: ProtocolVersion) throws(ValueError) -> Self {
        throw ValueError(.unknownValue(expected: "CLR, DIG"), offset: 0)
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        switch self {
        case .clear: writer.append("CLR" as StaticString)
        case .digest:
            guard (2...3).contains(writer.version.number) else { throw ValueError(.notInVersion, offset: 0) }
            writer.append("DIG" as StaticString)
        }
    }

    /// The word on the wire.
    public var text: String {
        switch self {
        case .clear: "CLR"
        case .digest: "DIG"
        }
    }
}

/// The type `Lists`.
public struct Lists: OptionSet, WireValue {
    /// The bits.
    public let rawValue: UInt32

    /// Makes the set from its bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The bit 1.
    public static var friends: Lists { Lists(rawValue: 1) }
    /// The bit 4. DEMO2 to DEMO3.
    public static var blocked: Lists { Lists(rawValue: 4) }

    /// Reads a decimal number.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        rawValue = try UInt32(wire: wire, version: version)
    }

    /// Reads a decimal number.
    public init(word: LineWord, in line: inout LineReader) throws(ValueError) {
        rawValue = try UInt32(word: word, in: &line)
    }

    /// Appends the decimal number.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        try rawValue.write(to: &writer)
    }

    /// The decimal number.
    public var text: String { String(rawValue) }
}

/// A host, a port and a path.
public struct Address: WireValue {
    /// The part `host`.
    public var host: WireToken
    /// The part `port`.
    public var port: UInt32
    /// The part `path`.
    public var path: WireToken?

    /// Makes the value from its parts.
    public init(host: WireToken, port: UInt32, path: WireToken? = nil) {
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads the parts of a word.
    public init(wire: WireBytes, version: ProtocolVersion) throws(ValueError) {
        var parts = CompositeReader(wire)
        let hostWire = try parts.required(after: "", before: ":", ";")
        guard !hostWire.isEmpty else { throw ValueError(.empty) }
        guard hostWire.count <= 64 else {
            throw ValueError(.tooLong(limit: 64), offset: 64)
        }
        let hostValue = try WireToken(wire: hostWire, version: version)
        host = hostValue
        let portValue = try UInt32(wire: parts.required(after: ":", before: ";"), version: version)
        guard (1...65535).contains(portValue) else {
            throw ValueError(.outOfRange("1...65535"), offset: 0)
        }
        port = portValue
        if let pathWire = parts.optional(after: ";") {
            guard !pathWire.isEmpty else { throw ValueError(.empty) }
            guard pathWire.count <= 64 else {
                throw ValueError(.tooLong(limit: 64), offset: 64)
            }
            let pathValue = try WireToken(wire: pathWire, version: version)
            path = pathValue
        } else {
            path = nil
        }
        try parts.end()
    }

    /// Appends the word.
    public func write(to writer: inout LineWriter) throws(ValueError) {
        let hostStart = writer.count
        try host.write(to: &writer)
        try writer.check(partFrom: hostStart, limit: 64, before: ":", ";")
        writer.append(":" as StaticString)
        guard (1...65535).contains(port) else {
            throw ValueError(.outOfRange("1...65535"), offset: 0)
        }
        try port.write(to: &writer)
        if let path {
            writer.append(";" as StaticString)
            let pathStart = writer.count
            try path.write(to: &writer)
            try writer.check(partFrom: pathStart, limit: 64)
        }
    }

    /// The word, its parts in readable form.
    public var text: String {
        var result = ""
        result += "" + host.text
        result += ":" + port.text
        if let path {
            result += ";" + path.text
        }
        return result
    }
}
