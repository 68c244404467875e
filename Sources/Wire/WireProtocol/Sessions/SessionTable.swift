/// What a command does to the state of a session.
public enum SessionStep<State: Sendable & Hashable>: Hashable, Sendable {
    /// The command is allowed and the session goes to this state.
    case go(State)
    /// The command is answered with an error; the session closes or goes to the state.
    case error(UInt16, closes: Bool, State)
    /// The session closes without an answer.
    case close
    /// The command changes nothing and gets no answer.
    case ignore

    /// The same step between other states.
    @inlinable
    public func map<Other>(_ other: (State) -> Other) -> SessionStep<Other> {
        switch self {
        case .go(let next): .go(other(next))
        case .error(let code, let closes, let next): .error(code, closes: closes, other(next))
        case .close: .close
        case .ignore: .ignore
        }
    }
}

/// What a form, or any form of a command, does in some versions.
///
/// A rule with programs is a deviation: what they are known to send in a state that does not allow it.
public struct SessionRule<State: Sendable & Hashable>: Sendable {
    @usableFromInline let command: CommandCode
    /// The number of the form or error reply; `nil` for all.
    @usableFromInline let number: UInt16?
    @usableFromInline let versions: VersionSet
    @usableFromInline let step: SessionStep<State>
    /// The programs and what they do; `nil` for a rule of the protocol.
    @usableFromInline let deviation: DeviationRule?

    private init(
        _ command: CommandCode, _ number: UInt16?, _ ranges: [ClosedRange<UInt8>], _ step: SessionStep<State>,
        _ programs: [PeerProgram], _ about: StaticString
    ) {
        self.command = command
        self.number = number
        versions = ranges.isEmpty ? .all : VersionSet(ranges)
        self.step = step
        deviation = programs.isEmpty ? nil : DeviationRule(programs, about)
    }

    /// A rule for one form.
    public static func form(
        _ form: FormTable, in ranges: ClosedRange<UInt8>..., then step: SessionStep<State>,
        by programs: [PeerProgram] = [], about: StaticString = ""
    ) -> SessionRule {
        SessionRule(form.id.command, form.id.number, ranges, step, programs, about)
    }

    /// A rule for all forms of a command.
    public static func command(
        _ name: StaticString, in ranges: ClosedRange<UInt8>..., then step: SessionStep<State>,
        by programs: [PeerProgram] = [], about: StaticString = ""
    ) -> SessionRule {
        SessionRule(CommandCode(name), nil, ranges, step, programs, about)
    }

    /// A rule for the error replies with one number, or for all.
    public static func error(
        _ number: UInt16? = nil, in ranges: ClosedRange<UInt8>..., then step: SessionStep<State>,
        by programs: [PeerProgram] = [], about: StaticString = ""
    ) -> SessionRule {
        SessionRule(FormID.errorCommand, number, ranges, step, programs, about)
    }
}

/// What a command does, and the known deviation of programs by which it may come at this time, if there is one.
public struct TolerantStep<State: Sendable & Hashable>: Hashable, Sendable {
    /// What the command does.
    public let step: SessionStep<State>
    /// The deviation; `nil` if the protocol has the rule.
    public let deviation: Deviation?

    /// Creates a step.
    @inlinable
    public init(_ step: SessionStep<State>, deviation: Deviation? = nil) {
        self.step = step
        self.deviation = deviation
    }

    /// The same step between other states.
    @inlinable
    public func map<Other>(_ other: (State) -> Other) -> TolerantStep<Other> {
        TolerantStep<Other>(step.map(other), deviation: deviation)
    }
}

/// The rules of a session: its states and what each form does in them.
public final class SessionTable<State: Sendable & Hashable>: Sendable {
    /// A state: the rules for what each end sends, and what all other forms do.
    public struct Row: Sendable {
        /// The name in the grammar.
        public let name: StaticString
        @usableFromInline let client: Rules
        @usableFromInline let server: Rules
        @usableFromInline let deviations: (client: Rules, server: Rules)
        @usableFromInline let otherwise: SessionStep<State>

        /// Creates the row of a state; the first rule that fits a form counts, and a deviation where that refuses.
        public init(
            _ name: StaticString, client: [SessionRule<State>] = [], server: [SessionRule<State>] = [],
            otherwise: SessionStep<State>
        ) {
            self.name = name
            self.client = Rules(client.filter { $0.deviation == nil })
            self.server = Rules(server.filter { $0.deviation == nil })
            deviations = (
                Rules(client.filter { $0.deviation != nil }), Rules(server.filter { $0.deviation != nil })
            )
            self.otherwise = otherwise
        }
    }

    /// The rules for what one end sends, and their commands in the same order, for fast lookup.
    @usableFromInline
    struct Rules: Sendable {
        @usableFromInline let rules: [SessionRule<State>]
        @usableFromInline let commands: [UInt64]

        init(_ rules: [SessionRule<State>]) {
            self.rules = rules
            commands = rules.map(\.command.rawValue)
        }

        /// The first rule that fits a form.
        @inlinable
        func first(_ form: FormID, _ version: ProtocolVersion) -> SessionRule<State>? {
            for index in commands.indices where commands[index] == form.command.rawValue {
                let rule = rules[index]
                guard rule.number == nil || rule.number == form.number, rule.versions.contains(version) else {
                    continue
                }
                return rule
            }
            return nil
        }
    }

    /// The states in the order of their numbers.
    public let states: [Row]

    /// Creates the rules of a session.
    public init(_ states: [Row]) { self.states = states }

    /// What a form does in the state with a number; only rules for all forms fit a form without a number.
    @inlinable
    public func step(_ state: Int, _ form: FormID, in version: ProtocolVersion) -> SessionStep<State> {
        guard states.indices.contains(state) else { return .close }
        let row = states[state]
        return (form.sender == .client ? row.client : row.server).first(form, version)?.step ?? row.otherwise
    }

    /// What a form does in the state with a number, where what programs are known to do is accepted.
    @inlinable
    public func tolerantStep(_ state: Int, _ form: FormID, in version: ProtocolVersion) -> TolerantStep<State> {
        let strict = step(state, form, in: version)
        switch strict {
        case .go, .ignore: return TolerantStep(strict)
        case .error, .close: break
        }
        guard states.indices.contains(state) else { return TolerantStep(strict) }
        let rows = states[state].deviations
        guard let rule = (form.sender == .client ? rows.client : rows.server).first(form, version),
            let deviation = rule.deviation
        else { return TolerantStep(strict) }
        return TolerantStep(rule.step, deviation: Deviation(deviation))
    }
}
