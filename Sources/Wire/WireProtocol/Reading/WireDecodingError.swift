/// Why a line is not a message; it holds the command word but no other text of the line.
public struct WireDecodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// The line ends before the parameter.
        case missingParameter
        /// Words follow the last parameter; the text counts them and does not show them.
        case extraParameter(String)
        /// The word is not a value of the parameter's type.
        case invalidValue(ValueError.Reason)
        /// The line fits no form of the command.
        case noMatchingForm(expected: String)
        /// The grammar does not have the command.
        case unknownCommand
        /// The command or the form is not in the version.
        case notInVersion
        /// The transaction ID is missing.
        case missingTransactionID
        /// The transaction ID is not a number, or not the number that the form requires.
        case invalidTransactionID
        /// A byte that a line cannot contain.
        case forbiddenByte(UInt8)
        /// The line is not UTF-8.
        case invalidUTF8
        /// The line has more words than the limit.
        case tooManyParameters
        /// The payload does not have the length that the line or the form states.
        case wrongPayloadLength

        /// The kinds by the names that the grammar has for them.
        public enum Name: String, Hashable, Sendable, CaseIterable {
            case missingParameter, extraParameter, invalidValue, noMatchingForm, unknownCommand, notInVersion
            case missingTransactionID, invalidTransactionID, forbiddenByte, invalidUTF8, tooManyParameters
            case wrongPayloadLength
        }

        /// The name in the grammar.
        public var name: Name {
            switch self {
            case .missingParameter: .missingParameter
            case .extraParameter: .extraParameter
            case .invalidValue: .invalidValue
            case .noMatchingForm: .noMatchingForm
            case .unknownCommand: .unknownCommand
            case .notInVersion: .notInVersion
            case .missingTransactionID: .missingTransactionID
            case .invalidTransactionID: .invalidTransactionID
            case .forbiddenByte: .forbiddenByte
            case .invalidUTF8: .invalidUTF8
            case .tooManyParameters: .tooManyParameters
            case .wrongPayloadLength: .wrongPayloadLength
            }
        }
    }

    /// What went wrong.
    public var kind: Kind
    /// The command word, truncated to sixteen bytes.
    public var command: String
    /// The form being read, once it is known.
    public var form: String?
    /// The parameter being read.
    public var parameter: String?
    /// The version of the line.
    public var version: ProtocolVersion
    /// The offset in the line of what went wrong.
    public var offset: Int
    /// What may be shown of the line: the command word and the number of bytes.
    public var line: String

    /// Creates an error.
    public init(
        kind: Kind, command: String, form: String? = nil, parameter: String? = nil, version: ProtocolVersion,
        offset: Int = 0, line: String = ""
    ) {
        self.kind = kind
        self.command = command
        self.form = form
        self.parameter = parameter
        self.version = version
        self.offset = offset
        self.line = line
    }

    /// One sentence, such as `USR: parameter 'name' is missing (form 'initial', version 8) at byte 26`.
    public var description: String {
        let place = (form.map { "form '\($0)', " } ?? "") + "version \(version)"
        return "\(command): \(reason) (\(place)) at byte \(offset)"
    }

    /// The reason, without the offset: `parameter 'name' is missing`.
    public var reason: String {
        let subject = parameter.map { "parameter '\($0)'" } ?? "line"
        return switch kind {
        case .missingParameter: subject + " is missing"
        case .extraParameter(let count): "line has \(count) too many"
        case .invalidValue(let reason): "\(subject) \(reason)"
        case .noMatchingForm(let expected): "line fits no form, expected \(expected)"
        case .unknownCommand: "command is not known"
        case .notInVersion: "\(parameter == nil ? "command" : subject) is not in this version"
        case .missingTransactionID: "transaction ID is missing"
        case .invalidTransactionID: "transaction ID is not valid"
        case .forbiddenByte(let byte): "line has the forbidden byte 0x\(hexadecimal(byte))"
        case .invalidUTF8: "line is not UTF-8"
        case .tooManyParameters: "line has too many parameters"
        case .wrongPayloadLength: "payload does not have the length the line says"
        }
    }
}
