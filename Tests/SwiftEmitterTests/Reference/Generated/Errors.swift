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
    public var payload: WireBytes?

    /// Makes a reply.
    public init(code: ErrorCode, payload: WireBytes? = nil) {
        self.code = code
        self.payload = payload
    }

    public static var command: StaticString { "error" }
    public static var form: StaticString { "error" }
    public static var sender: Sender { .server }
    public static var transactionRule: TransactionRule { .optional }
    public static var versions: VersionSet { VersionSet(0...127) }
    public static var payloadFormat: PayloadFormat { .bytes }

    /// Whether a command word is an error code.
    static func isErrorCode(_ command: CommandCode) -> Bool {
        let word = command.rawValue
        return word >> 24 == 0
            && [16, 8, 0].allSatisfy { (0x30...0x39).contains((word >> UInt32($0)) & 0xFF) }
    }

    /// Reads the words after the transaction ID.
    public init(decoding line: inout LineReader) throws(DecodingError) {
        line.begin(form: Self.form)
        var number: UInt16 = 0
        for byte in line.command.array.prefix(3) { number = number &* 10 &+ UInt16(byte &- 0x30) }
        code = ErrorCode(number)
        payload = line.remaining > 0 ? try line.payload(limit: WireLimits.grammar.payload) : nil
        try line.end()
    }

    /// Writes the line, and the payload where there is one.
    public func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError) {
        let digits = [code.number / 100 % 10, code.number / 10 % 10, code.number % 10]
        for digit in digits { line.append(UInt8(truncatingIfNeeded: digit) &+ 0x30) }
        if let transaction { line.append(Array(" \(transaction)".utf8)) }
        guard let payload else {
            line.append("\r\n" as StaticString)
            return
        }
        line.append(Array(" \(payload.count)\r\n".utf8))
        line.append(payload)
    }

    /// Makes the reply from values by name, as they are read by people.
    public init(fields: FieldReader) throws(EncodingError) {
        try fields.refuseFields(except: ["code", "payload"])
        let number: UInt32 = try fields.required("code")
        guard (100...999).contains(number) else {
            throw fields.error(.invalidValue(.outOfRange("100...999")), "code")
        }
        code = ErrorCode(UInt16(truncatingIfNeeded: number))
        payload = fields.optionalPayload
    }

    /// The values by name, as they are read by people.
    public var fields: [Field] {
        [Field(name: "code", value: .text("\(code.number)"))]
    }
}
