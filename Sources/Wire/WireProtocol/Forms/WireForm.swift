/// One form of a command: the parameters that one end sends in some versions.
///
/// A form is a table and typed properties over its bytes; everything else about it follows from the table.
public protocol DescribedForm: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// What holds the values.
    associatedtype Storage: WordStorage

    /// What is different about this form.
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

/// A form that is read and written, as every form is where the code is for both ends.
public protocol WireForm: ReadableForm, WritableForm {}

/// A form whose transaction ID is always there.
public protocol TransactionForm: DescribedForm {}

/// A form without a transaction ID, or with 0 in its place.
public protocol PlainForm: DescribedForm {}

/// A form whose transaction ID may be there, as in an error reply.
public protocol OptionalTransactionForm: DescribedForm {}

extension DescribedForm {
    /// The command word.
    public static var command: StaticString { table.command }
    /// The name of the form.
    public static var form: StaticString { table.name }
    /// What the form says about its transaction ID.
    public static var transactionRule: TransactionRule { table.transaction }
    /// The versions that have the form.
    public static var versions: VersionSet { table.versions }
    /// The end that sends the form.
    public static var sender: Sender { table.sender }
    /// What the payload is.
    public static var payloadFormat: PayloadFormat { table.payload?.format ?? .absent }

    /// Whether a version has a parameter that not all versions of the form have.
    public static func has(_ parameter: FormParameter<Self>, in version: ProtocolVersion) -> Bool {
        table.has(slot: parameter.slot, in: version)
    }

    /// The bytes of the payload, whatever the form; `nil` when it has none.
    public var payloadBytes: WireBytes? {
        guard Self.table.payload != nil else { return nil }
        return storage.view.bytes(Self.table.payloadSlot)
    }

    /// The parameters that have a value, readable, in the order of the line.
    public var fields: [Field] { Self.table.fields(of: storage.view) }

    /// The parameters that have a value and a place in a version, readable, in the order of the line.
    public func fields(in version: ProtocolVersion) -> [Field] { Self.table.fields(of: storage.view, in: version) }

    /// The form with its values in a chunk of their own, so that a large chunk is not kept for a few bytes.
    public func detached() -> Self { Self(storage: Storage(storage.builder(without: -1))) }

    /// Whether both forms have the same words, byte for byte, and the same payload.
    public static func == (left: Self, right: Self) -> Bool { table.areEqual(left.storage.view, right.storage.view) }
}

extension WritableForm {
    /// Appends the whole line and its payload; throws, and appends nothing, when a value cannot be written.
    ///
    /// It is for code that does not know the form, such as a relay; an ID that the form has no place for, or lacks, is
    /// refused.
    @inlinable
    public func encode(
        into line: inout LineWriter, optionalTransaction transaction: TransactionID?
    ) throws(WireEncodingError) {
        try storage.encode(Self.table, into: &line, transaction: transaction)
    }

    /// Creates the form from readable fields; throws when one is missing, unknown or no value of its type.
    public init(fields: FieldReader) throws(WireEncodingError) {
        self.init(storage: Storage(try Self.table.builder(from: fields)))
    }
}

extension WritableForm where Self: TransactionForm {
    /// Appends the whole line and its payload; throws, and appends nothing, when a value cannot be written.
    @inlinable
    public func encode(into line: inout LineWriter, transaction: TransactionID) throws(WireEncodingError) {
        try encode(into: &line, optionalTransaction: transaction)
    }
}

extension WritableForm where Self: PlainForm {
    /// Appends the whole line and its payload; throws, and appends nothing, when a value cannot be written.
    @inlinable
    public func encode(into line: inout LineWriter) throws(WireEncodingError) {
        try encode(into: &line, optionalTransaction: Self.transactionRule == .zero ? .zero : nil)
    }
}

extension WritableForm where Self: OptionalTransactionForm {
    /// Appends the whole line and its payload; throws, and appends nothing, when a value cannot be written.
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
