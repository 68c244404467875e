/// The state of a connection by the rules of its service: an enum generated from the sessions of a grammar.
public protocol ConnectionState: Hashable, Sendable, CustomStringConvertible {
    /// The services of the protocol.
    associatedtype StateService: ProtocolService

    /// The state in which a connection to a service starts.
    init(_ service: StateService)
    /// The closed state under the same rules.
    var closed: Self { get }
    /// What a form, such as `form.formID`, does in this state by a way of reading: unless it is strict, what programs are
    /// known to do is accepted.
    func step(for form: FormID, in version: ProtocolVersion, mode: ReadingMode) -> TolerantStep<Self>
}

extension ConnectionState {
    /// True once the session has ended.
    @inlinable public var isClosed: Bool { self == closed }

    /// What a form, such as `form.formID`, does in this state.
    @inlinable
    public func step(for form: FormID, in version: ProtocolVersion) -> SessionStep<Self> {
        step(for: form, in: version, mode: .strict).step
    }
}
