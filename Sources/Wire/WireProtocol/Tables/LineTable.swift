/// What one end sends on one service in one version: the tables of a protocol without everything else, arranged so that
/// reading a line tests no versions.
public final class LineTable: Sendable {
    let sender: Sender
    let service: Int
    /// The version the tables are for.
    public let version: ProtocolVersion
    let `protocol`: ProtocolTable
    /// The commands by the hash of their code; the count is a power of two, and some entries are empty.
    let entries: FixedRows<Entry>
    let candidates: FixedRows<Candidate>
    let steps: FixedRows<Step>
    let constants: QuickConstants
    /// The same, as the quick reader sees them.
    let quick: FixedRows<QuickRows>

    /// A command.
    struct Entry: Sendable {
        /// The code; 0 in an empty entry.
        var code: UInt64 = 0
        var command: UInt16 = 0
        var firstCandidate: UInt16 = 0
        var candidateCount: UInt8 = 0
        /// Whether the quick reader may read the words of a line.
        var isQuick = false
        /// Whether an extra blank stands for an empty word.
        var keepsEmpty = false
        /// Whether the last word is a payload length only if it is a number.
        var mayLackPayload = false
        /// The minimum number of words of a line with a payload, including the command word; 0 if there is no payload.
        var minimumWords: UInt8 = 0
        /// The index of the word with the payload's length; 0 for the last word.
        var lengthWord: UInt8 = 0
        var payloadLimit: UInt32 = 0
        var trailer = PayloadTrailer.none
    }

    /// A form that a line of the command may have.
    struct Candidate: Sendable {
        var form: UInt16
        var transaction: TransactionRule
        var hasPayload: Bool
        /// A bit for each slot whose value the version lacks.
        var vacant: UInt64
        var firstStep: UInt32
        var stepCount: UInt16
        var firstTest: UInt16
        var testCount: UInt8
    }

    init(_ table: ProtocolTable, sender: Sender, service: Int, version: ProtocolVersion) {
        `protocol` = table
        self.sender = sender
        self.service = service
        self.version = version
        var size = 16
        while size < table.commands.count * 2 { size *= 2 }
        var entries = Array(repeating: Entry(), count: size)
        var candidates: [Candidate] = []
        var plan = QuickPlan(version: version)
        for (number, command) in table.commands.enumerated() {
            let found = command.candidates(from: sender, on: service, in: version)
            let forms = command.forms(from: sender)
            var entry = Entry(code: command.code.rawValue, command: UInt16(truncatingIfNeeded: number))
            entry.firstCandidate = UInt16(truncatingIfNeeded: candidates.count)
            entry.candidateCount = UInt8(truncatingIfNeeded: found.count)
            entry.isQuick = !found.isEmpty
            entry.keepsEmpty = command.keepsEmpty
            // Whether a payload follows does not depend on the mode of reading.
            let deviant = command.deviations(from: sender, on: service, in: version).map(\.table)
            entry.setRule(FramingRule(found.map { forms[$0.form] } + deviant, in: version))
            for (form, tests) in found {
                guard let candidate = plan.add(forms[form], number: form, tests) else {
                    entry.isQuick = false
                    continue
                }
                candidates.append(candidate)
            }
            var place = LineTable.place(entry.code, size)
            while entries[place].code != 0 { place = (place + 1) & (size - 1) }
            entries[place] = entry
        }
        self.entries = FixedRows(entries)
        self.candidates = FixedRows(candidates)
        steps = FixedRows(plan.steps)
        constants = QuickConstants(plan.rows, plan.steps)
        quick = FixedRows([
            QuickRows(
                entries: self.entries.start, size: size, candidates: self.candidates.start, steps: steps.start,
                heads: constants.heads.start, packed: constants.packed.start, prefixes: constants.prefixes.start,
                parts: constants.parts.start, tests: constants.tests.start)
        ])
    }

    /// Where the search for a code starts.
    @inline(__always)
    static func place(_ code: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) &>> 40) & (size &- 1)
    }

    /// The entry of a code; `nil` if no command has it.
    @inline(__always)
    func entry(_ code: UInt64) -> Entry? { quick.start.pointee.entry(code)?.pointee }
}

/// The rows of a table, which keeps them alive.
// Proof: it points to rows that never change, and the table that contains it keeps them alive.
struct QuickRows: @unchecked Sendable {
    let entries: UnsafePointer<LineTable.Entry>
    let size: Int
    let candidates: UnsafePointer<LineTable.Candidate>
    let steps: UnsafePointer<Step>
    let heads: UnsafePointer<UInt64>
    let packed: UnsafePointer<UInt64>
    let prefixes: UnsafePointer<QuickPrefix>
    let parts: UnsafePointer<QuickPart>
    let tests: UnsafePointer<QuickTest>

    @inline(__always)
    func entry(_ code: UInt64) -> UnsafePointer<LineTable.Entry>? {
        guard code != 0 else { return nil }
        var place = LineTable.place(code, size)
        while entries[place].code != code {
            if entries[place].code == 0 { return nil }
            place = (place &+ 1) & (size &- 1)
        }
        return entries + place
    }
}

extension LineTable: FramingTable {
    /// The rule of a command; `.noPayload` for an unknown command.
    public func rule(for command: CommandCode) -> FramingRule {
        guard let entry = entry(command.rawValue) else {
            guard sender == .server, command.isErrorCode, let form = `protocol`.errorReply, let payload = form.payload,
                payload.optionalVersions?.contains(version) == true
            else { return .noPayload }
            return .lastIfNumber(minimumWords: 3, limit: payload.limit)
        }
        guard entry.minimumWords > 0 else { return .noPayload }
        return FramingRule(
            place: entry.lengthWord == 0 ? .last : .word(Int(entry.lengthWord)), mayLack: entry.mayLackPayload,
            minimumWords: Int(entry.minimumWords), limit: Int(entry.payloadLimit), trailer: entry.trailer)
    }
}

extension LineTable.Entry {
    mutating func setRule(_ rule: FramingRule) {
        guard rule.place != .absent else { return }
        minimumWords = UInt8(clamping: rule.minimumWords)
        payloadLimit = UInt32(clamping: rule.limit)
        mayLackPayload = rule.mayLack
        trailer = rule.trailer
        if case .word(let index) = rule.place { lengthWord = UInt8(clamping: index) }
        if lengthWord > 0 || trailer.count > 0 { isQuick = false }
    }
}

extension FramingRule {
    /// The rule for a command with these forms: a payload follows whenever one of them can have one.
    init(_ forms: [FormTable], in version: ProtocolVersion) {
        let bearing = forms.filter { $0.payload != nil }
        guard !bearing.isEmpty else {
            self = .noPayload
            return
        }
        let words = bearing.map { form in
            form.words.reduce(form.transaction == .absent || form.transaction == .optional ? 2 : 3) { count, word in
                // A framer does not count empty words.
                word.versions.contains(version) && !word.mayBeEmpty ? count + word.leastWords : count
            }
        }
        // The forms of one command agree on the rest.
        let place = bearing.compactMap { $0.lengthIndex(in: version) }.first
        self.init(
            place: place.map { .word($0) } ?? .last, mayLack: bearing.count < forms.count,
            minimumWords: place.map { $0 + 1 } ?? words.min() ?? 2,
            limit: bearing.compactMap { $0.payload?.limit }.max() ?? 0,
            trailer: bearing.first?.payload?.trailer ?? .none)
    }
}

extension FormTable {
    /// The index of the word with the payload's byte count, the command word being at 0; `nil` for the last word.
    fileprivate func lengthIndex(in version: ProtocolVersion) -> Int? {
        guard let place = payload?.lengthPlace else { return nil }
        let before = words.prefix(place).count { $0.versions.contains(version) }
        return 1 + (transaction == .absent || transaction == .optional ? 0 : 1) + before
    }
}

extension CommandCode {
    /// Whether the word is three digits.
    var isErrorCode: Bool {
        rawValue >> 24 == 0 && [UInt64(16), 8, 0].allSatisfy { rawValue >> $0 & 0xFF &- 0x30 <= 9 }
    }
}
