// The interpreter of the grammar, the reader of frames and the reader of streams never disagree.
import Foundation
import FuzzSupport
import MSNP
import ProtocolGrammar
import Synchronization
import WireProtocol
import YAMLTree

private let matcher = LineMatcher(grammar())

private func grammar() -> Grammar {
    let folder = Foundation.URL(filePath: #filePath).appending(path: "../../../../../Grammar").standardizedFileURL
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    let files = paths.filter { $0.hasSuffix(".yaml") }.sorted().map { path in
        SourceFile(
            path: path, bytes: Array(FileManager.default.contents(atPath: folder.appending(path: path).path) ?? Data()))
    }
    let read = GrammarReader.read(files)
    check(!read.diagnostics.hasErrors, "the grammar is not sound")
    atexit { report() }
    return read.grammar
}

/// How many lines were read by all, and how many of them are right.
private let compared = Atomic<Int>(0)
private let accepted = Atomic<Int>(0)

private func report() {
    let text = "compared \(compared.load(ordering: .relaxed)), accepted \(accepted.load(ordering: .relaxed))\n"
    FileHandle.standardError.write(Data(text.utf8))
}

@_silgen_name("LLVMFuzzerMutate")
private func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// Leaves the command word alone in three of four inputs, so that most lines are those of a form.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateWords(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
    let kept = 7
    guard seed & 3 > 0, count > kept, most > kept else { return mutate(bytes, count, most) }
    // Now and then another service and sender.
    if seed >> 2 & 15 == 0 { bytes[1] = UInt8(truncatingIfNeeded: seed >> 8) & 0x83 }
    return kept + mutate(bytes + kept, count - kept, most - kept)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMatcher(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput(start, count)?.withMessages(Comparison())
    return 0
}

private struct Comparison: MessageUse {
    func use<Message: DecodableMessage & FormBearing & Equatable>(_ input: FuzzInput, _ type: Message.Type)
    where Message.MessageService == MSNP.Service {
        let checked = input.framed(type, cut: .max)
        check(checked == input.streamed(type, cut: .max), "the readers of frames and of streams differ")
        let strict = input.framed(type, mode: .strict, cut: .max)
        check(strict == input.streamed(type, mode: .strict, cut: .max), "the strict readers differ")
        let fast = input.framed(type, mode: .fast, cut: .max)
        check(fast == input.streamed(type, mode: .fast, cut: .max), "the fast readers differ")
        check(checked.count == strict.count && checked.count == fast.count, "another count in another mode")
        for (index, arrival) in checked.enumerated() {
            check(
                strict[index].envelope == nil || strict[index] == arrival, "right for the strict reader alone")
            check(arrival.envelope == nil || fast[index] == arrival, "not what the fast reader reads")
            if let frame = arrival.frame { compare(arrival, frame, input) }
        }
        // The first command is read in every other version too.
        guard let first = checked.first, let frame = first.frame, isDescribed(frame) else { return }
        var other = input
        other.stream = frame.lineBytes.array + [0x0D, 0x0A] + (frame.payloadBytes?.array ?? [])
        for version in ProtocolVersion.known where version != first.version {
            (other.version, other.later) = (version, version)
            let framed = other.framed(type, cut: .max)
            check(framed == other.streamed(type, cut: .max), "the readers differ in \(version)")
            for arrival in framed {
                if let frame = arrival.frame { compare(arrival, frame, other) }
            }
        }
    }

    /// Whether the grammar has forms of the command.
    private func isDescribed(_ frame: Frame) -> Bool {
        let name = frame.command == .invalid ? "" : frame.command.description
        return matcher.grammar.command(named: name)?.isNamedOnly == false
    }

    private func compare(_ arrival: Arrival<some Sendable & FormBearing>, _ frame: Frame, _ input: FuzzInput) {
        let line = frame.lineBytes.array
        let form = arrival.envelope?.message.form
        guard isDescribed(frame) else {
            return check(form == nil || form is ErrorReply, "a form of a command without forms")
        }
        let expected = try? matcher.match(
            line, payloadCount: frame.payload?.count, sender: input.sender == .client ? .client : .server,
            service: input.service.rawValue, version: Int(arrival.version.number), isStrict: false)
        if compared.add(1, ordering: .relaxed).newValue.isMultiple(of: 1_000_000) { report() }
        let found = form.map { type(of: $0).form.description }
        check(
            expected?.form.name == found,
            "\(expected?.form.name ?? "refused") by the grammar, \(found ?? "refused") by the code")
        guard let expected, let form else { return }
        accepted.add(1, ordering: .relaxed)
        check(
            expected.deviations.map(\.about) == form.deviations.map(\.about), "other deviations in \(form)")
        check(
            expected.transaction == arrival.envelope?.transaction?.description, "another transaction ID in \(form)")
        // A deviation may have another order, and words that no property is made from.
        let names = form.fields.map(\.name)
        let places = expected.values.compactMap { value in
            names.firstIndex(of: value.name).map { (place: $0, value: value) }
        }
        compare(
            expected.deviations.isEmpty ? expected.values : places.sorted { $0.place < $1.place }.map(\.value),
            form.fields)
    }

    private func compare(_ values: [(name: String, value: MatchedLine.Value)], _ fields: [Field]) {
        check(values.map(\.name) == fields.map(\.name), "\(values) and \(fields)")
        for (expected, field) in zip(values, fields) {
            switch (expected.value, field.value) {
            case (.one(let readings), .text(let text)):
                check(isReading(text, of: readings), "\(readings) and \(field)")
            case (.list(let items), .list(let texts)):
                let isEmpty = items.count == 1 && texts.isEmpty
                check(isEmpty || items.count == texts.count, "\(items) and \(field)")
                for (item, text) in zip(items, texts) {
                    guard case .one(let readings) = item else { continue }
                    check(isReading(text, of: readings), "\(readings) and \(field)")
                }
            default: check(false, "\(expected) and \(field)")
            }
        }
    }

    /// Parts of composite words are decoded for people, and the interpreter gives such a word as it stands.
    private func isReading(_ text: String, of readings: [String]) -> Bool {
        readings.contains(text) || readings.count == 1 && readings[0].utf8.contains(UInt8(ascii: "%"))
    }
}
