/// Why the bytes of a payload do not fit its format; the command that carries it is not affected.
public struct PayloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// A header line has no colon or no name.
        case malformedHeader
        /// There are more header fields than the limit.
        case tooManyHeaders(limit: Int)
        /// The header block is longer than the limit, in bytes.
        case headersTooLong(limit: Int)
        /// The XML contains something that no payload needs and that endangers its reader.
        case refusedXML(String)
        /// The payload is longer than the limit, in bytes.
        case tooLong(limit: Int)
        /// There are more elements than the limit.
        case tooManyElements(limit: Int)
        /// An element has more attributes than the limit.
        case tooManyAttributes(limit: Int)
        /// A required field or attribute is missing.
        case missingField
        /// A value does not fit its type.
        case invalidValue(ValueError.Reason)
        /// A value has a byte that would end its line: CR, LF or NUL.
        case forbiddenByte(UInt8)
        /// The content type is a different one.
        case otherContentType
        /// The bytes are not one well-formed XML document.
        case malformedXML(String)
        /// Elements are nested deeper than the limit.
        case nestedTooDeep(limit: Int)
        /// An element has fewer child elements than the minimum.
        case tooFewElements(minimum: Int)
        /// The element has a different name.
        case otherElement(expected: String)
        /// There are fewer bytes than the header needs.
        case tooShort
        /// A length inside the payload does not fit its bytes.
        case wrongLength
    }

    /// What went wrong.
    public var kind: Kind
    /// The field, element or attribute at fault, if there is one.
    public var field: String?
    /// The offset in the payload, or in the value, of what went wrong; 0 if it is unknown.
    public var offset: Int

    /// Creates an error.
    public init(_ kind: Kind, field: String? = nil, offset: Int = 0) {
        self.kind = kind
        self.field = field
        self.offset = offset
    }

    /// The reason and the offset in one sentence.
    public var description: String {
        let subject = field.map { "'\($0)' " } ?? ""
        let reason =
            switch kind {
            case .malformedHeader: "a header line is not 'Name: value'"
            case .tooManyHeaders(let limit): "there are more than \(limit) header fields"
            case .headersTooLong(let limit): "the header is longer than \(limit) bytes"
            case .refusedXML(let what): "the XML has \(what), which is refused"
            case .tooLong(let limit): "there are more than \(limit) bytes"
            case .tooManyElements(let limit): "there are more than \(limit) elements"
            case .tooManyAttributes(let limit): "an element has more than \(limit) attributes"
            case .missingField: "\(subject)is missing"
            case .invalidValue(let reason): "\(subject)\(reason)"
            case .forbiddenByte(let byte): "\(subject)has the forbidden byte 0x\(hexadecimal(byte))"
            case .otherContentType: "the content type is another one"
            case .malformedXML(let reason): "the XML is not well-formed: \(reason)"
            case .nestedTooDeep(let limit): "elements are nested deeper than \(limit)"
            case .tooFewElements(let minimum): "\(subject)has fewer than \(minimum) elements"
            case .otherElement(let expected): "\(subject)is not the element \(expected)"
            case .tooShort: "the payload ends inside \(subject)"
            case .wrongLength: "\(subject)does not fit the number of bytes"
            }
        let place = if case .invalidValue = kind { "value" } else { "payload" }
        return offset == 0 ? reason : "\(reason) at byte \(offset) of the \(place)"
    }
}
