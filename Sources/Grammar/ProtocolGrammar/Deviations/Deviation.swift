import YAMLTree

/// What named programs are known to do that the protocol does not have.
public struct Deviation: Sendable {
    public var programs: [Reference]
    /// One sentence.
    public var about: String
    public var sources: [String]
    public var location: SourceLocation
}

/// Another spelling of the values of a type.
public enum Spelling: String, Sendable, CaseIterable {
    /// A GUID without its braces.
    case bare
    /// Zeros in front of a number.
    case leadingZeros = "leading-zeros"
    /// A fraction behind a whole number.
    case fraction
    /// A `%` that starts no escape.
    case strayPercent = "stray-percent"
    /// A word in other letter case.
    case letterCase = "letter-case"

    /// Whether values of a type can be spelled so.
    func applies(to kind: ValueType.Kind) -> Bool {
        switch (self, kind) {
        case (.bare, .guid(let braces)): braces
        case (.leadingZeros, .integer), (.leadingZeros, .flags), (.fraction, .integer), (.strayPercent, .text): true
        case (.letterCase, .enumeration), (.letterCase, .boolean): true
        default: false
        }
    }
}

/// A spelling of a type's values that some programs use.
public struct SpellingDeviation: Sendable {
    public var spelling: Spelling
    public var deviation: Deviation
    public var versions: VersionSet
    /// A value as it is spelled so.
    public var example: String
}

/// A document as some programs write it, so that it is not well-formed.
public struct DocumentDeviation: Sendable {
    /// What is wrong with the document.
    public enum Fault: String, Sendable, CaseIterable {
        /// The text of an element has `<`, `>` or `&` as they are.
        case unescapedText = "unescaped-text"
    }

    public var fault: Fault
    /// The elements whose text is written so, by their names in the document.
    public var elements: [Reference]
    public var deviation: Deviation
    public var example: String
}

/// A line that a deviation is about.
public struct DeviationExample: Sendable {
    public var text: String
    public var payload: String?
    public var versions: VersionSet
    public var location: SourceLocation
}

/// Something that some programs send in a state that does not allow it.
public struct RuleDeviation: Sendable {
    public var deviation: Deviation
    public var examples: [DeviationExample]
}

/// A form as some programs send it: a patch of the form's table.
public struct FormDeviation: Sendable {
    public var deviation: Deviation
    /// The versions that it is known in, whether they have the form or not.
    public var versions: VersionSet
    /// The version whose parameters are sent.
    public var model: Int?
    public var transaction: TransactionRule?
    /// The names of the parameters in the order of the line; empty if it is that of the form.
    public var order: [Reference]
    public var patches: [ParameterPatch]
    /// Lines that are read by this deviation alone.
    public var examples: [DeviationExample]
}

/// What is different about a parameter, or about a literal with a name.
public struct ParameterPatch: Sendable {
    public var name: String
    /// Versions that have the parameter, too.
    public var versions = VersionSet()
    /// Versions that lack it, although the form has it there.
    public var missing = VersionSet()
    /// The value that stands for a missing word.
    public var absent: String?
    /// What has to hold so that it is there; `.some(nil)` for nothing.
    public var condition: Parameter.Condition??
    /// The type of the parameter, or of a word that the form does not have and whose value nobody asks for.
    public var type: Reference?
    /// The word of a literal that the form does not have.
    public var literal: String?
    public var location: SourceLocation

    /// What a word is that the form does not have.
    var content: Parameter.Content? {
        literal.map(Parameter.Content.literal) ?? type.map { .value(type: $0.name) }
    }
}
