/// A state of a session whose rules are a table; its number is its index in the table.
public protocol RuledState: RawRepresentable<Int>, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    /// The rules of the session.
    static var table: SessionTable<Self> { get }
    /// The state in which a connection starts.
    static var initial: Self { get }
    /// The state in which a connection is closed.
    static var closed: Self { get }
}

extension RuledState {
    /// The name of the state in the grammar.
    public var description: String {
        let states = Self.table.states
        return states.indices.contains(rawValue) ? "\(states[rawValue].name)" : "\(rawValue)"
    }

    /// What a form, such as `form.formID`, does in this state.
    @inlinable
    public func step(for form: FormID, in version: ProtocolVersion) -> SessionStep<Self> {
        Self.table.step(rawValue, form, in: version)
    }

    /// What a form does in this state, where what programs are known to do is accepted.
    @inlinable
    public func tolerantStep(for form: FormID, in version: ProtocolVersion) -> TolerantStep<Self> {
        Self.table.tolerantStep(rawValue, form, in: version)
    }

    /// What a form does in this state by a way of reading: unless it is strict, what programs are known to do is
    /// accepted.
    @inlinable
    public func step(for form: FormID, in version: ProtocolVersion, mode: ReadingMode) -> TolerantStep<Self> {
        mode == .strict ? TolerantStep(step(for: form, in: version)) : tolerantStep(for: form, in: version)
    }

    /// What any message of a form does in this state.
    public func step(for form: FormTable, in version: ProtocolVersion) -> SessionStep<Self> {
        step(for: form.id, in: version)
    }
}

/// The states of a connection to a service without session rules: everything is allowed until it is closed.
public enum UnruledSession: Int, RuledState {
    /// Everything is allowed.
    case open
    /// The connection is closed.
    case closed

    /// The connection is open.
    public static var initial: UnruledSession { .open }

    /// Rules that allow everything.
    public static let table = SessionTable<UnruledSession>([
        .init("open", otherwise: .go(.open)), .init("closed", otherwise: .close),
    ])
}
