// Generated from errors.yaml. Edit that file instead.
import WireProtocol

/// A numeric error code; codes that the grammar does not name are kept.
public struct ErrorCode: Hashable, Sendable {
    /// The number, 0 to 999.
    public let number: UInt16

    /// Makes a code from its number.
    public init(_ number: UInt16) {
        self.number = number
    }

    /// 201: The name is no name. DEMO0 to DEMO3.
    public static var badName: ErrorCode { ErrorCode(201) }

    /// 911: The password is wrong. DEMO1 to DEMO3.
    public static var refused: ErrorCode { ErrorCode(911) }

    /// The name in the grammar, or nil.
    public var name: String? {
        switch number {
        case 201: "badName"
        case 911: "refused"
        default: nil
        }
    }

    /// What the code means, or nil.
    public var about: String? {
        switch number {
        case 201: "The name is no name."
        case 911: "The password is wrong."
        default: nil
        }
    }

    /// Whether the server closes the connection after it; nil if not known.
    public var closesConnection: Bool? {
        switch number {
        case 201: false
        case 911: true
        default: nil
        }
    }
}

/// An error reply: a code of three digits in the place of a command.
///
///     code [TrID] [length]
public struct ErrorReply: WireForm {
    /// What went wrong.
    public var code: ErrorCode
    /// Details, in the versions and for the codes that have them.
    public var payload: Optional<WireBytes>

    /// Makes a reply.
    public init(code: ErrorCode, payload: WireBytes? = nil) {
        self.code = code
        self.payload = payload
    }

    public static var command: StaticString { "error" }
    public static var form: StaticString { "error" }
    public static var sender: Sender { .server }
    public static var transactionRule: TransactionRule { .optional }
    public static let versions = VersionSet(0...127)
    public static var payloadFormat: PayloadFormat { .bytes }

    /// Whether a command word is an error code.
    static func isErrorCode(_ command: CommandCode) -> Bool {
        let word = command.rawValue
        return word >> 24 == 0 && isDigit(word >> 16) && isDigit(word >> 8) && isDigit(word)
    }

    private static func isDigit(_ byte: UInt32) -> Bool { (0x30...0x39).contains(byte & 0xFF) }

    /// Reads the words after the transaction ID.
    public init(decoding line: inout LineReader) throws(DecodingError) {
        line.begin(form: Self.form)
        let word = line.frame.command.rawValue
        let number = (word >> 16 & 15) * 100 + (word >> 8 & 15) * 10 + (word & 15)
        let payload = line.remaining > 0 ? try line.payload(limit: WireLimits.grammar.payload) : nil
        try line.end()
        self.init(code: ErrorCode(UInt16(truncatingIfNeeded: number)), payload: payload)
    }

    /// The versions in which a payload may follow.
    private static var payloadVersions: VersionSet { VersionSet(2...3) }

    /// Writes the line, and the payload where there is one.
    public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
        if let reason = refusal(version: line.version, transaction: transaction) {
            throw EncodingError(
                kind: reason, command: "\(Self.command)", form: "\(Self.form)", version: line.version)
        }
        line.append(UInt8(truncatingIfNeeded: code.number / 100 % 10) &+ 0x30)
        line.append(UInt8(truncatingIfNeeded: code.number / 10 % 10) &+ 0x30)
        line.append(UInt8(truncatingIfNeeded: code.number % 10) &+ 0x30)
        if let transaction { line.append(Array(" \(transaction)".utf8)) }
        guard let payload else {
            line.append("\r\n" as StaticString)
            return
        }
        line.append(Array(" \(payload.count)\r\n".utf8))
        line.append(payload)
    }

    /// Why the reply would be read as something else; nil if it would not.
    private func refusal(version: ProtocolVersion, transaction: TransactionID?) -> EncodingError.Kind? {
        if code.number > 999 { return .invalidValue(.outOfRange("0...999")) }
        guard let payload else { return nil }
        if !Self.payloadVersions.contains(version) { return .forbiddenInVersion }
        if payload.count > 256 { return .payloadTooLong(limit: 256) }
        return transaction == nil ? .missingTransactionID : nil
    }

    /// Makes the reply from values by name, as they are read by people.
    public init(fields: FieldReader) throws(EncodingError) {
        try fields.refuseFields(except: ["code", "payload"])
        let number: UInt32 = try fields.required("code")
        guard number <= 999 else {
            throw fields.error(.invalidValue(.outOfRange("0...999")), "code")
        }
        code = ErrorCode(UInt16(truncatingIfNeeded: number))
        payload = fields.optionalPayload
    }

    /// The values by name, as they are read by people.
    public var fields: [Field] {
        [Field(name: "code", value: .text("\(code.number)"))]
    }
}
