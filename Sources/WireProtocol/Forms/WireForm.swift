/// One form of a command: the parameters that one end sends in some versions.
public protocol DescribedForm: Sendable, Equatable {
    /// The command word.
    static var command: StaticString { get }
    /// The name of the form.
    static var form: StaticString { get }
    /// What the form says about its transaction number.
    static var transactionRule: TransactionRule { get }
    /// The versions that have the form.
    static var versions: VersionSet { get }
    /// The end that sends the form.
    static var sender: Sender { get }

    /// The parameters that have a value, readable, in the order of the line.
    var fields: [Field] { get }
    /// The payload; `nil` when the form has none.
    var payload: WireBytes? { get }
    /// What the payload is.
    static var payloadFormat: PayloadFormat { get }
}

/// A form that this end reads.
public protocol ReadableForm: DescribedForm {
    /// Reads the parameters after the transaction number; throws when the line is not of this form.
    init(decoding line: inout LineReader) throws(DecodingError)
}

/// A form that this end writes.
public protocol WritableForm: DescribedForm {
    /// Appends the whole line and its payload; throws, and appends nothing, when a value cannot be written.
    func encode(into line: inout LineWriter, transaction: TransactionID?) throws(EncodingError)
    /// Creates the form from readable fields; throws when one is missing, unknown or no value of its type.
    init(fields: FieldReader) throws(EncodingError)
}

/// A form that is read and written, as every form is where the code is for both ends.
public protocol WireForm: ReadableForm, WritableForm {}

extension DescribedForm {
    /// No payload.
    public var payload: WireBytes? { nil }

    /// No payload.
    public static var payloadFormat: PayloadFormat { .none }
}
