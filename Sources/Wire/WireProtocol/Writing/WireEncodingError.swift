/// Why a message cannot be written as a line; it contains no value of the message.
public struct WireEncodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// The parameter is required and has no value.
        case missingParameter
        /// The command or the form is not in the version.
        case notInVersion
        /// The parameter has a value, but the version lacks the parameter.
        case forbiddenInVersion
        /// The value has no wire form.
        case invalidValue(ValueError.Reason)
        /// The form requires a transaction ID, but none was given.
        case missingTransactionID
        /// The form has no transaction ID, or has 0, but another was given.
        case unexpectedTransactionID
        /// The payload is longer than the limit, in bytes.
        case payloadTooLong(limit: Int)
        /// The payload does not have the fixed length of its form.
        case wrongPayloadLength
        /// The line is longer than the limit, in bytes.
        case lineTooLong(limit: Int)
        /// The line has more words after the command word than the limit.
        case tooManyParameters(limit: Int)
        /// The form has no field of this name.
        case unknownField
        /// The grammar has no such form of the command.
        case unknownForm
    }

    /// What went wrong.
    public var kind: Kind
    /// The command word.
    public var command: String
    /// The form being written.
    public var form: String
    /// The parameter being written.
    public var parameter: String?
    /// The version of the line.
    public var version: ProtocolVersion

    /// Creates an error.
    public init(kind: Kind, command: String, form: String, parameter: String? = nil, version: ProtocolVersion) {
        self.kind = kind
        self.command = command
        self.form = form
        self.parameter = parameter
        self.version = version
    }

    /// One sentence, such as `USR: parameter 'name' is missing (form 'initial', version 8)`.
    public var description: String { "\(command): \(reason) (form '\(form)', version \(version))" }

    private var reason: String {
        let subject = parameter.map { "parameter '\($0)'" } ?? "line"
        return switch kind {
        case .missingParameter: subject + " is missing"
        case .notInVersion: "\(parameter == nil ? "form" : subject) is not in this version"
        case .forbiddenInVersion: subject + " has a value, but this version has no such parameter"
        case .invalidValue(let reason): "\(subject) \(reason)"
        case .missingTransactionID: "transaction ID is missing"
        case .unexpectedTransactionID: "transaction ID is not one of this form"
        case .payloadTooLong(let limit): "payload is longer than \(limit) bytes"
        case .wrongPayloadLength: "payload does not have the length of this form"
        case .lineTooLong(let limit): "line is longer than \(limit) bytes"
        case .tooManyParameters(let limit): "line has more than \(limit) parameters"
        case .unknownField: "field '\(parameter ?? "")' is not known"
        case .unknownForm: "the grammar has no such form"
        }
    }
}
