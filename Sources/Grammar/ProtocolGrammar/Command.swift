import YAMLTree

/// Who sends a line.
public enum Sender: String, Sendable, CaseIterable {
    case client, server

    public var other: Sender { self == .client ? .server : .client }
}

/// A command such as `USR` with all its forms.
public struct Command: Named, Sendable {
    /// The command word; one to eight printable characters.
    public var name: String
    /// Its name where only letters and digits can be, such as `OK` for `+OK`: that of its file.
    public var plainName: String
    public var about: String
    public var notes: String
    public var services: [String]
    public var versions: VersionSet
    /// Whether only its name is known, so that its lines are not decoded.
    public var isNamedOnly: Bool
    public var forms: [Form]
    public var changes: [(version: Int, text: String)]
    public var examples: [Example]
    public var invalidExamples: [InvalidExample]
    /// Its names in generated code that cannot use the command word.
    public var names: [TargetName] = []
    public var location: SourceLocation

    public func forms(from sender: Sender) -> [Form] {
        forms.filter { $0.sender == sender }
    }

    /// Whether two spaces in a row enclose an empty word, instead of counting as one.
    public var keepsEmptyWords: Bool {
        forms.contains { $0.parameters.contains(where: \.allowsEmpty) }
    }
}

/// A name for one target language, such as `swift`; only its emitter interprets it.
public struct TargetName: Sendable {
    /// The languages that there is an emitter for.
    static let targets = ["swift"]

    public var target: String
    public var name: String
    public var location: SourceLocation
}

/// Whether lines have a transaction ID.
public enum TransactionRule: String, Sendable, CaseIterable {
    case required
    case absent = "none"
    case zero, optional
}

/// One shape of a command's line from one sender, over a set of versions.
public struct Form: Sendable {
    public var command: String
    public var name: String
    public var about: String
    public var sender: Sender
    public var services: [String]
    public var versions: VersionSet
    public var transaction: TransactionRule
    public var parameters: [Parameter]
    public var payload: Payload?
    public var answers: [Answer]
    public var errors: [Reference]
    public var sources: [String]
    public var confidence: String
    public var notes: String
    /// What programs are known to send instead.
    public var deviations: [FormDeviation] = []
    public var location: SourceLocation

    public func parameters(in version: Int) -> [Parameter] {
        parameters.filter { $0.versions.contains(version) }
    }

    /// How many parameters stand before the length of the payload in a version; nil for a form without a payload.
    public func lengthPlace(in version: Int) -> Int? {
        lengthPlace.map { place in parameters[..<place].count { $0.versions.contains(version) } }
    }

    /// The index among the parameters at which the length of the payload stands; nil for a form without a payload.
    public var lengthPlace: Int? {
        guard let payload else { return nil }
        return payload.lengthBefore.flatMap { before in parameters.firstIndex { $0.name == before.name } }
            ?? parameters.count
    }

    /// The parameters that have a value, in the order of the line.
    public var values: [FormValue] {
        var result: [FormValue] = []
        for row in parameters where row.literal == nil {
            if let last = result.indices.last, result[last].main.location == row.location {
                result[last].rows.append(row)
            } else {
                result.append(FormValue(main: row, rows: [row]))
            }
        }
        return result
    }
}

/// A form of the other side that answers a request.
public struct Answer: Sendable, Hashable {
    /// How many lines of the form come.
    public enum Count: String, Sendable, CaseIterable {
        case one = "1"
        case atMostOne = "0-1"
        case any = "0+"
        case some = "1+"
    }

    /// The values of a parameter of the request that allow the answer.
    public struct Condition: Sendable, Hashable {
        public var parameter: Reference
        public var values: [Reference]
    }

    public var form: Reference
    public var count: Count
    /// When the answer may come; nil if always.
    public var condition: Condition?

    public var name: String { form.name }
    public var location: SourceLocation { form.location }
}

/// A reference by name to another part of the grammar.
public struct Reference: Sendable, Hashable {
    public var name: String
    public var location: SourceLocation
}

/// A parameter with a value, as it is in each of its versions.
public struct FormValue: Sendable {
    /// What it is in its first versions.
    public var main: Parameter
    /// No two of them have a version in common.
    public var rows: [Parameter]

    public var name: String { main.name }

    public var versions: VersionSet { rows.reduce(VersionSet()) { $0.union($1.versions) } }

    /// Whether a line may omit it in a version that has it.
    public var mayBeAbsent: Bool { rows.contains(where: \.mayBeAbsent) }
}

/// A named value or a literal of a form in some versions. A parameter whose rules depend on the version consists of
/// several consecutive ones that share one location.
public struct Parameter: Sendable {
    public enum Content: Sendable, Hashable {
        case literal(String)
        case value(type: String)
    }

    public enum Repetition: Sendable, Hashable {
        case once
        /// All remaining words, and at least `minimum`.
        case words(minimum: Int)
        /// Values inside one word.
        case separated(by: String)
    }

    public struct Condition: Sendable {
        public var parameter: String
        public var value: String
        public var location: SourceLocation
    }

    public var name: String
    public var about: String
    public var content: Content
    public var versions: VersionSet
    public var isOptional: Bool
    public var allowsEmpty: Bool
    public var prefix: String
    public var repetition: Repetition
    public var condition: Condition?
    public var minimum: Int?
    public var maximum: Int?
    public var isSensitive: Bool
    /// Whether a writer may omit the value where the version, or another value, has no place for it.
    public var isIgnorable: Bool
    /// In a deviation, the value of a missing word.
    public var absent: String?
    public var location: SourceLocation
    public var typeLocation: SourceLocation

    public var literal: String? {
        if case .literal(let text) = content { return text }
        return nil
    }

    public var typeName: String? {
        if case .value(let type) = content { return type }
        return nil
    }

    /// Whether a line may omit it in a version that has it.
    public var mayBeAbsent: Bool {
        isOptional || condition != nil
    }

    /// Whether its value is all that is left of the line.
    public func isRest(in grammar: Grammar) -> Bool { typeName.flatMap { grammar.type(named: $0) }?.isRest == true }

    /// The minimum number of words.
    public var leastWords: Int {
        if mayBeAbsent { return 0 }
        if case .words(let minimum) = repetition { return minimum }
        return 1
    }
}

/// Bytes that follow the line; a word of it, the last one unless something else is said, counts them.
public struct Payload: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case mime, xml, text, bytes
    }

    public var format: Format
    public var roots: [String]
    public var limit: Int?
    public var length: Int?
    /// The parameter that follows the length in the line; nil if the length is the last word.
    public var lengthBefore: Reference?
    /// The parameter that counts the first bytes of the payload, which are a header.
    public var headerLength: Reference?
    public var about: String
    public var location: SourceLocation
}

/// Lines of one conversation, with the forms and values that they must decode to.
public struct Example: Sendable {
    public struct Line: Sendable {
        public var sender: Sender
        public var text: String
        public var payload: String?
        public var form: String
        public var values: [(name: String, node: YAMLNode)]
        public var location: SourceLocation
    }

    public var title: String
    public var versions: VersionSet
    public var service: String
    public var lines: [Line]
    public var location: SourceLocation
}

/// A line that must be refused.
public struct InvalidExample: Sendable {
    public var sender: Sender
    public var text: String
    public var payload: String?
    public var versions: VersionSet
    public var service: String
    public var error: String
    public var parameter: String?
    public var location: SourceLocation
}
