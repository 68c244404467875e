/// What a reader finds in a payload beside its values.
public struct PayloadFindings: Hashable, Sendable {
    /// The known deviations of programs by which values were read.
    public private(set) var deviations: [Deviation] = []
    /// What cannot be read or is missing: the field and the reason.
    public private(set) var problems: [PayloadError] = []
    /// The same in a payload inside this one, which only those who make and read it understand.
    public private(set) var insideProblems: [PayloadError] = []
    /// Whether what programs are known to do is a problem.
    private let isStrict: Bool

    /// Creates findings of a reader that has found nothing so far.
    public init(mode: ReadingMode = .checked) { isStrict = mode == .strict }

    /// Adds a problem.
    public mutating func add(_ problem: PayloadError) { problems.append(problem) }

    /// Adds deviations by which something was read.
    public mutating func add(_ found: [Deviation]) { deviations += found }

    /// Adds what was found elsewhere.
    public mutating func add(_ other: PayloadFindings) {
        deviations += other.deviations
        problems += other.problems
        insideProblems += other.insideProblems
    }

    /// Adds what was found in a payload inside.
    mutating func addInside(_ other: PayloadFindings) {
        deviations += other.deviations
        insideProblems += other.problems + other.insideProblems
    }

    /// Adds a problem of a payload inside.
    mutating func addInside(_ problem: PayloadError) { insideProblems.append(problem) }

    /// Throws the first problem, for a strict reader also one inside; gives the deviations if there is none.
    @discardableResult public func checked() throws(PayloadError) -> [Deviation] {
        if let problem = problems.first ?? (isStrict ? insideProblems.first : nil) { throw problem }
        return deviations
    }

    /// Looks at a value of a field, attribute or element; an empty one is as good as none.
    ///
    /// A payload has no version, and a type that says only "a word" allows any text. A value that programs are known
    /// to spell so is accepted and found.
    mutating func inspect(
        _ wire: WireBytes, _ type: ValueTable, in range: ClosedRange<Int64>? = nil, _ name: @autoclosure () -> String
    ) {
        guard !wire.isEmpty, let failure = type.failure(ofField: wire, in: range) else { return }
        let name = name()
        if !isStrict, let spelled = wire.withSpan({ type.respelled($0, in: nil, range: range) }) {
            add(spelled.found.map { Deviation($0.rule, parameter: name, offset: $0.offset) })
        } else {
            add(PayloadError(.invalidValue(failure.reason), field: name, offset: failure.offset))
        }
    }
}

/// A payload that was read as far as it can be: what cannot be read is absent in the content and among the problems.
public struct ReadPayload<Content: PayloadConvertible>: Sendable {
    /// The content. It cannot be written while it has problems; its bytes can.
    public let content: Content
    /// The payload as it came.
    public let bytes: WireBytes
    /// The known deviations of programs by which it was read; none for a payload that is right.
    public let deviations: [Deviation]
    /// What cannot be read or is missing; none for a payload that is right.
    public let problems: [PayloadError]
    /// The same in a payload inside this one.
    public let insideProblems: [PayloadError]

    /// Creates a result; throws its first problem if the reader is strict.
    public init(
        _ content: Content, of bytes: WireBytes, _ findings: PayloadFindings, mode: ReadingMode
    ) throws(PayloadError) {
        if mode == .strict { try findings.checked() }
        self.content = content
        self.bytes = bytes
        deviations = findings.deviations
        problems = findings.problems
        insideProblems = findings.insideProblems
    }
}
