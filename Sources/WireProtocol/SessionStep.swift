/// What a command does to the state of a session.
public enum SessionStep<State: Sendable & Hashable>: Hashable, Sendable {
    /// The command is allowed and the session goes to this state.
    case go(State)
    /// The command is answered with an error number; the session closes or goes to the state.
    case error(UInt16, closes: Bool, State)
    /// The session closes without an answer.
    case close
    /// The command changes nothing and gets no answer.
    case ignore
}
