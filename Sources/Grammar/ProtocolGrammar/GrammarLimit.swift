/// How many things of a kind a grammar may have.
///
/// Each is several times what a real protocol needs. What is proved about forms, states and types grows faster than
/// their number, so that without limits a small hostile file would take hours.
enum GrammarLimit {
    static let (services, httpServices) = (8, 32)
    /// The files of a grammar, and their scalars, lists and mappings.
    static let (files, nodes) = (1_000, 250_000)
    /// The requests of an HTTP service, and the parameters of a request or header fields of answers.
    static let (httpRequests, httpParameters) = (16, 16)
    /// The forms that one side of a command has, and the parameters of a form.
    static let (forms, parameters) = (32, 32)
    /// The parameters of a form, one whose rules depend on the version counted once for each rule.
    static let rows = 512
    /// The deviations of a form, and those of all forms of a command.
    static let (formDeviations, commandDeviations) = (16, 32)
    /// The values of an enumeration, and the shapes of a token.
    static let (values, shapes) = (128, 32)
    /// The parts of a composite, and with those of its parts.
    static let (parts, innerParts) = (16, 64)
    /// The letters of what stands before or behind a part.
    static let markLetters = 16
    /// The states of a session, and what a state includes.
    static let (states, includes) = (128, 16)
    /// The rules of a state, and of all states of all sessions, with included ones.
    static let (stateRules, rules) = (256, 5_000)
    /// The errors of all forms, those of groups counted in each form.
    static let errors = 100_000
    /// The inputs, or the constants, of an algorithm; its outputs; and the operands of a step.
    static let (inputs, outputs, operands) = (32, 8, 16)
    /// The steps of an algorithm or of a loop, and the known answers of an algorithm.
    static let (steps, vectors) = (64, 64)
    /// The actors, values, payloads and steps of a conversation, and the steps of all conversations.
    static let (actors, conversationValues, conversationPayloads) = (16, 128, 64)
    static let (conversationSteps, allSteps) = (200, 4_000)
    /// How many conversations come before one.
    static let beginnings = 4
    /// The questions, the subjects of one, and its readings.
    static let (questions, subjects, readings) = (512, 16, 8)
    /// The letters of a set of versions.
    static let versionLetters = 256
}
