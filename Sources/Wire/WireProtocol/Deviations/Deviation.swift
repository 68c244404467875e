/// A program that people run, and whose habits the grammar knows.
public struct PeerProgram: Hashable, Sendable, CustomStringConvertible {
    /// The name in the grammar, such as `pidgin-2.10`.
    public let name: String
    /// The name for people, such as `Pidgin 2.10`.
    public let title: String

    /// Creates a program.
    public init(_ name: String, title: String) {
        self.name = name
        self.title = title
    }

    /// The name for people.
    public var description: String { title }
}

/// A row of the grammar: what named programs are known to do that the protocol does not have.
public struct DeviationRule: Sendable {
    /// The programs that do it.
    public let programs: [PeerProgram]
    /// What they do, in one sentence.
    public let about: StaticString

    /// Creates a row.
    public init(_ programs: [PeerProgram], _ about: StaticString) {
        self.programs = programs
        self.about = about
    }
}

/// A known deviation from the protocol, as it was found in a line.
public struct Deviation: Hashable, Sendable, CustomStringConvertible {
    /// The programs that are known for it.
    public let programs: [PeerProgram]
    /// What they do, in one sentence.
    public let about: String
    /// The parameter it was found in; `nil` if the line as a whole deviates.
    public let parameter: String?
    /// The byte of the line where it begins, from 0; that of the payload for a deviation of a payload.
    public let offset: Int

    init(_ rule: DeviationRule, parameter: StaticString?, offset: Int) {
        self.init(rule, parameter: parameter.map { "\($0)" }, offset: offset)
    }

    init(_ rule: DeviationRule, parameter: String?, offset: Int) {
        programs = rule.programs
        about = "\(rule.about)"
        self.parameter = parameter
        self.offset = offset
    }

    /// A deviation of a whole line.
    @usableFromInline
    init(_ rule: DeviationRule) { self.init(rule, parameter: String?.none, offset: 0) }

    /// `known deviation of Pidgin 2.10, BitlBee 3.2: no extended capabilities are two zeros`, without the place.
    public var description: String {
        let titles = programs.map(\.title).joined(separator: ", ")
        let first = about.first.map { String($0).lowercased() } ?? ""
        let sentence = first + about.dropFirst()
        return "known deviation of \(titles): \(sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence)"
    }
}

/// A form as some programs send it: the words that its lines have then, with the values in the slots of the form.
public struct DeviantForm: Sendable {
    let rule: DeviationRule
    let table: FormTable

    /// Creates the table of a deviation from that of its form.
    public init(
        of form: FormTable, in ranges: ClosedRange<UInt8>..., by programs: [PeerProgram], about: StaticString,
        transaction: TransactionRule? = nil, words: [FormWord] = []
    ) {
        rule = DeviationRule(programs, about)
        table = FormTable(
            of: form, in: ranges.isEmpty ? .all : VersionSet(ranges), transaction: transaction ?? form.transaction,
            words: words)
    }
}

/// A line that was read by known deviations, with which a form writes itself until it is changed.
final class DeviantLine: Sendable {
    let version: ProtocolVersion
    let transaction: TransactionID?
    let deviations: [Deviation]
    /// The line and its payload as they came.
    let frame: Frame

    init(_ frame: Frame, version: ProtocolVersion, transaction: TransactionID?, deviations: [Deviation]) {
        self.frame = frame
        self.version = version
        self.transaction = transaction
        self.deviations = deviations
    }
}

extension DescribedForm {
    /// The known deviations of programs by which the form was read; none for one that is right, or was changed.
    public var deviations: [Deviation] { storage.view.chunk.deviant?.deviations ?? [] }
}

extension Envelope where Message: ProtocolMessage {
    /// The known deviations of programs by which the message was read; none for one that is right.
    public var deviations: [Deviation] { message.deviations }
}
