/// One thing that a grammar says, in a version or in all of them; two grammars differ in their facts.
public struct GrammarFact: Sendable, Hashable {
    /// What a fact is about, in the order of reports.
    public enum Kind: String, Sendable, CaseIterable {
        case version, service, limit, fact, behaviour, httpService, client, program, type, value, bits, command, form
        case parameter, answer, deviation, error, payload, block, field, number, element, attribute, child, session
        case state, rule, algorithm, question

        /// The heading of a list of them.
        public var title: String {
            switch self {
            case .version: "Versions"
            case .service: "Services"
            case .limit: "Limits"
            case .fact: "Facts"
            case .behaviour: "Behaviours"
            case .httpService: "HTTP services"
            case .client: "Clients"
            case .program: "Programs"
            case .type: "Types"
            case .value: "Values"
            case .bits: "Bit fields"
            case .command: "Commands"
            case .form: "Forms"
            case .parameter: "Parameters"
            case .answer: "Answers and errors of forms"
            case .deviation: "Deviations"
            case .error: "Errors"
            case .payload: "Payloads"
            case .block: "Blocks of payloads"
            case .field: "Fields of payloads"
            case .number: "Numbers of payloads"
            case .element: "Elements"
            case .attribute: "Attributes"
            case .child: "Children of elements"
            case .session: "Sessions"
            case .state: "States"
            case .rule: "Rules of states"
            case .algorithm: "Algorithms"
            case .question: "Contradictions and open questions"
            }
        }
    }

    /// What it is about.
    public var kind: Kind
    /// The name, with those of its owners in front of it, such as `USR.challenge.nonce`.
    public var name: String
    /// Everything said of it, in words.
    public var text: String
}
