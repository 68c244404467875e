/// One form of a command: the parameters that one end sends in some versions.
///
/// A form consists of a table and typed properties over its bytes; the rest follows from the table.
public protocol DescribedForm: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The storage of the values.
    associatedtype Storage: WordStorage

    /// The table that describes this form.
    static var table: FormTable { get }
    /// The values.
    var storage: Storage { get }
    /// Takes the values.
    init(storage: Storage)
}

/// A form that this end reads.
public protocol ReadableForm: DescribedForm {}

/// A form that this end writes.
public protocol WritableForm: DescribedForm {}

/// A form that this end reads and writes; code generated for both ends has only such forms.
public protocol WireForm: ReadableForm, WritableForm {}

/// A form that always has a transaction ID.
public protocol TransactionForm: DescribedForm {}

/// A form without a transaction ID, or with 0 in its place.
public protocol PlainForm: DescribedForm {}

/// A form whose transaction ID is optional, such as an error reply.
public protocol OptionalTransactionForm: DescribedForm {}

extension DescribedForm {
    /// The command word.
    public static var command: StaticString { table.command }
    /// The name of the form.
    public static var form: StaticString { table.name }
    /// The rule for the transaction ID.
    public static var transactionRule: TransactionRule { table.transaction }
    /// The versions that have the form.
    public static var versions: VersionSet { table.versions }
    /// The end that sends the form.
    public static var sender: Sender { table.sender }
    /// The format of the payload.
    public static var payloadFormat: PayloadFormat { table.payload?.format ?? .absent }

    /// Whether a version has a parameter that some versions of the form lack.
    public static func has(_ parameter: FormParameter<Self>, in version: ProtocolVersion) -> Bool {
        table.has(slot: parameter.slot, in: version)
    }

    /// The bytes of the payload; `nil` if there is none.
    public var payloadBytes: WireBytes? {
        guard Self.table.payload != nil else { return nil }
        return storage.view.bytes(Self.table.payloadSlot)
    }

    /// The parameters that have a value, in readable form and in the order of the line.
    public var fields: [Field] { Self.table.fields(of: storage.view) }

    /// The parameters that have a value and exist in a version, in readable form and in the order of the line.
    public func fields(in version: ProtocolVersion) -> [Field] { Self.table.fields(of: storage.view, in: version) }

    /// The parameters that have a value in a version, each with its word in the table, as they stand in the line and in
    /// its order.
    public func wireValues(in version: ProtocolVersion) -> [(word: FormWord, bytes: WireBytes)] {
        Self.table.wireValues(of: storage.view, in: version)
    }

    /// The form with its values in their own chunk, so that a few bytes do not keep a large chunk alive.
    public func detached() -> Self { Self(storage: Storage(storage.builder(without: -1))) }

    /// Whether both forms have the same words, byte for byte, and the same payload.
    public static func == (left: Self, right: Self) -> Bool { table.areEqual(left.storage.view, right.storage.view) }
}

extension WritableForm {
    /// Appends the line and its payload; throws, and appends nothing, if a value cannot be written.
    ///
    /// For code that handles any form, such as a relay. Throws if the form requires an ID that is not given, or has no
    /// place for one that is.
    @inlinable
    public func encode(
        into line: inout LineWriter, optionalTransaction transaction: TransactionID?
    ) throws(WireEncodingError) {
        try storage.encode(Self.table, into: &line, transaction: transaction)
    }

    /// Creates the form from readable fields; throws if one is missing, unknown or not a value of its type.
    public init(fields: FieldReader) throws(WireEncodingError) {
        self.init(storage: Storage(try Self.table.builder(from: fields)))
    }
}

extension WritableForm where Self: TransactionForm {
    /// Appends the line and its payload; throws, and appends nothing, if a value cannot be written.
    @inlinable
    public func encode(into line: inout LineWriter, transaction: TransactionID) throws(WireEncodingError) {
        try encode(into: &line, optionalTransaction: transaction)
    }
}

extension WritableForm where Self: PlainForm {
    /// Appends the line and its payload; throws, and appends nothing, if a value cannot be written.
    @inlinable
    public func encode(into line: inout LineWriter) throws(WireEncodingError) {
        try encode(into: &line, optionalTransaction: Self.transactionRule == .zero ? .zero : nil)
    }
}

extension WritableForm where Self: OptionalTransactionForm {
    /// Appends the line and its payload; throws, and appends nothing, if a value cannot be written.
    @inlinable
    public func encode(into line: inout LineWriter, transaction: TransactionID? = nil) throws(WireEncodingError) {
        try encode(into: &line, optionalTransaction: transaction)
    }
}

/// A parameter that some versions of a form lack.
public struct FormParameter<Form: DescribedForm>: Sendable {
    let slot: Int

    /// The parameter in a slot.
    public init(slot: Int) { self.slot = slot }
}

/// The format of a payload, as far as the grammar says.
public enum PayloadFormat: Sendable {
    /// There is no payload.
    case absent
    /// Header fields, an empty line and a body.
    case mime
    /// One XML element with one of these names.
    case xml(roots: [StaticString])
    /// UTF-8 text.
    case text
    /// Any bytes.
    case bytes
}
