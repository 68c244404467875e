/// The readable value of a field: one text, or a list of texts.
public enum FieldValue: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    /// One text.
    case text(String)
    /// A list of texts.
    case list([String])

    /// Creates one text.
    public init(stringLiteral value: String) { self = .text(value) }

    /// Creates a list of texts.
    public init(arrayLiteral elements: String...) { self = .list(elements) }
}

/// A parameter of a message in readable form.
public struct Field: Hashable, Sendable {
    /// The name of the parameter.
    public var name: String
    /// The readable value.
    public var value: FieldValue
    /// The grammar's name for the value; `nil` if it has none.
    public var names: ValueNames?
    /// Whether the value must be kept out of logs.
    public var isSensitive: Bool

    /// Creates a field.
    public init(name: String, value: FieldValue, names: ValueNames? = nil, isSensitive: Bool = false) {
        self.name = name
        self.value = value
        self.names = names
        self.isSensitive = isSensitive
    }
}

extension Field: CustomStringConvertible {
    /// The field as `name=value`, with `<redacted>` for a sensitive value.
    public var description: String {
        guard !isSensitive else { return name + "=<redacted>" }
        return switch value {
        case .text(let text): name + "=" + text
        case .list(let texts): name + "=" + texts.joined(separator: ",")
        }
    }
}

/// Readable fields by name, from which a form is created.
public struct FieldReader: Sendable {
    /// The fields by name.
    public let values: [String: FieldValue]
    /// The version the form is created for.
    public let version: ProtocolVersion
    /// The command word, for errors.
    public let command: String
    /// The name of the form, for errors.
    public let form: String

    /// The payload, if it is not among the values.
    private let givenPayload: WireBytes?

    /// Takes the values and, unless it is among them as text, the payload.
    public init(
        _ values: [String: FieldValue], payload: WireBytes? = nil, version: ProtocolVersion, command: String,
        form: String
    ) {
        givenPayload = payload
        self.values = values
        self.version = version
        self.command = command
        self.form = form
    }

    /// The UTF-8 bytes of the field `payload`; empty if it is missing.
    public var payload: WireBytes { optionalPayload ?? WireBytes() }

    /// The UTF-8 bytes of the field `payload`; `nil` if it is missing.
    public var optionalPayload: WireBytes? {
        if let givenPayload { return givenPayload }
        return switch values["payload"] {
        case nil: nil
        case .text(let text): WireBytes(text)
        case .list(let texts): WireBytes(texts.joined())
        }
    }

    /// Throws `unknownField` for a field with any other name; of several, the first by name is reported.
    public func refuseFields(except names: [String]) throws(WireEncodingError) {
        for name in values.keys.sorted() where !names.contains(name) { throw error(.unknownField, name) }
    }

    /// An error of this form.
    public func error(_ kind: WireEncodingError.Kind, _ name: String? = nil) -> WireEncodingError {
        WireEncodingError(kind: kind, command: command, form: form, parameter: name, version: version)
    }

    /// The wire form of a text; throws if it is not a value of the word's type.
    func wire(_ text: String, _ word: FormWord, _ name: String) throws(WireEncodingError) -> WireBytes {
        let wire = word.type.wire(ofText: text)
        if let failure = wire.withSpan({ word.failure(of: $0, in: version, checksText: true) }) {
            throw error(.invalidValue(failure.reason), name)
        }
        return wire
    }
}
