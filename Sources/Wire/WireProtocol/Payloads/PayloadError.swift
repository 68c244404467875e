/// Why the bytes of a payload are not what its format asks for; the command that bears it is not affected.
public struct PayloadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure.
    public enum Kind: Hashable, Sendable {
        /// A header line has no colon or no name.
        case malformedHeader
        /// There are more header fields than this.
        case tooManyHeaders(limit: Int)
        /// The header block is longer than this many bytes.
        case headersTooLong(limit: Int)
        /// The XML has something that no payload needs and that is a danger to its reader.
        case refusedXML(String)
        /// The payload is longer than this many bytes.
        case tooLong(limit: Int)
        /// There are more elements than this.
        case tooManyElements(limit: Int)
        /// An element has more attributes than this.
        case tooManyAttributes(limit: Int)
        /// A field or attribute must be there and is not.
        case missingField
        /// A value does not fit its type.
        case invalidValue(ValueError.Reason)
        /// A value has a byte that would end its line: CR, LF or NUL.
        case forbiddenByte(UInt8)
        /// The content type is another one.
        case otherContentType
        /// The bytes are not one well-formed XML document.
        case malformedXML(String)
        /// Elements are nested deeper than this.
        case nestedTooDeep(limit: Int)
        /// There are fewer elements than this inside of an element.
        case tooFewElements(minimum: Int)
        /// The element has another name.
        case otherElement(expected: String)
        /// There are fewer bytes than the header needs.
        case tooShort
        /// A length inside the payload does not fit its bytes.
        case wrongLength
    }

    /// What went wrong.
    public var kind: Kind
    /// The field, element or attribute, where one is at fault.
    public var field: String?
    /// The byte of the payload, or of the value, where it went wrong; 0 where no place is known.
    public var offset: Int

    /// Makes an error.
    public init(_ kind: Kind, field: String? = nil, offset: Int = 0) {
        self.kind = kind
        self.field = field
        self.offset = offset
    }

    /// The reason and the place in one sentence.
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
        return offset == 0 ? reason : "\(reason) at byte \(offset) of the payload"
    }
}
