/// What is different between two snapshots, by kind.
struct Comparison {
    /// One kind of difference.
    private struct Group {
        var count = 0
        /// How often each command has it.
        var commands: [String: Int] = [:]
        var sample = ""
    }

    private static let shown = 50

    private var records = 0
    private var different = 0
    private var groups: [String: Group] = [:]
    private var details: [String] = []

    /// Prints the differences; whether there are none.
    static func run(_ old: String, _ new: String) throws -> Bool {
        var comparison = Comparison()
        var (left, right) = (try SnapshotReader(path: old), try SnapshotReader(path: new))
        while true {
            let (first, second) = (try left.next(), try right.next())
            guard let first, let second else {
                comparison.report()
                guard first == nil, second == nil else {
                    throw Snapshot.Wrong(description: "one file has only \(comparison.records) records")
                }
                return comparison.different == 0
            }
            comparison.records += 1
            if first != second { try comparison.add(first, second) }
        }
    }

    private mutating func add(_ old: [UInt8], _ new: [UInt8]) throws {
        guard let before = JSON(old), let after = JSON(new) else {
            throw Snapshot.Wrong(description: "line \(records) is no record")
        }
        for name in ["part", "sender", "service", "version", "small", "line", "payload", "stream", "pieces"]
        where before[name] != after[name] {
            throw Snapshot.Wrong(description: "record \(records) has another \(name): record the new one with --like")
        }
        different += 1
        let (oldEvents, newEvents) = (before["found"]?.elements ?? [], after["found"]?.elements ?? [])
        var kinds: [String] = []
        for (oldEvent, newEvent) in zip(oldEvents, newEvents) where oldEvent != newEvent {
            kinds += Self.kinds(oldEvent, newEvent)
        }
        if oldEvents.count != newEvents.count {
            let rest = (oldEvents + newEvents)[oldEvents.count > newEvents.count ? newEvents.count : oldEvents.count]
            kinds.append("\(oldEvents.count > newEvents.count ? "fewer" : "more") events (\(Self.outcome(rest)))")
        }
        let pair = zip(oldEvents, newEvents).first { $0 != $1 }
        let events = [("old", pair?.0), ("new", pair?.1)].map { name, event in
            "    \(name): \(event.map(Self.text)?.prefix(1000) ?? "nothing")"
        }
        let sample = (["record \(records), \(Self.summary(before))"] + events).joined(separator: "\n")
        let part = before["part"]?.text ?? ""
        for kind in Set(kinds) {
            var group = groups["\(part): \(kind)", default: Group(sample: sample)]
            group.count += 1
            group.commands[Self.command(before), default: 0] += 1
            groups["\(part): \(kind)"] = group
        }
        if details.count < Self.shown { details.append("\(sample)\n  \(kinds.joined(separator: "; "))") }
    }

    private func report() {
        print("\(records) records, \(different) different")
        for (name, group) in groups.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
            let commands = group.commands.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let most = commands.prefix(6).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            print("\n\(group.count) x \(name)\n  \(most)\(commands.count > 6 ? ", ..." : "")\n  \(group.sample)")
        }
        if !details.isEmpty { print("\nThe first \(details.count):") }
        for detail in details { print("\n\(detail)") }
    }

    /// In what two events differ.
    private static func kinds(_ old: JSON, _ new: JSON) -> [String] {
        let (before, after) = (outcome(old), outcome(new))
        guard before == after else { return ["\(before) -> \(after)"] }
        var result: [String] = []
        for name in ["frame", "bytes", "result"] where old[name] != new[name] {
            result.append("\(name) of \(before)")
        }
        for name in ["unframed", "refused"] {
            guard let first = old[name], let second = new[name] else { continue }
            result += members(first, second).map { "\(name): \($0)" }
        }
        guard let first = old["decoded"], let second = new["decoded"] else { return result }
        for name in members(first, second) {
            switch name {
            case "fields": result += fields(first["fields"]?.elements ?? [], second["fields"]?.elements ?? [])
            case "again", "older", "newer", "remade":
                result.append("\(name): \(written(first[name])) -> \(written(second[name]))")
            default: result.append("decoded: \(name)")
            }
        }
        return result
    }

    /// The names of what two objects have different.
    private static func members(_ old: JSON, _ new: JSON) -> [String] {
        guard case .object(let first) = old, case .object(let second) = new else { return [] }
        return Set(first.keys).union(second.keys).filter { first[$0] != second[$0] }.sorted()
    }

    private static func fields(_ old: [JSON], _ new: [JSON]) -> [String] {
        guard old.map({ $0.elements.first }) == new.map({ $0.elements.first }) else { return ["names of fields"] }
        return zip(old, new).filter { $0 != $1 }.map { first, second in
            let isValue = first.elements.dropFirst().first != second.elements.dropFirst().first
            return "field \(first.elements.first?.text ?? ""): \(isValue ? "value" : "sensitive")"
        }
    }

    /// What an event is: a message, or an error with its kind.
    private static func outcome(_ event: JSON) -> String {
        for name in ["unframed", "refused"] {
            if let error = event[name] { return "\(name) (\(kind(error)))" }
        }
        guard let decoded = event["decoded"] else { return "frame" }
        return decoded["command"]?.text == nil ? "unknown command" : "decoded"
    }

    private static func written(_ value: JSON?) -> String {
        switch value {
        case nil: "nothing"
        case .flag: "what was read"
        case .text: "other bytes"
        case let error?: "refused (\(kind(error)))"
        }
    }

    /// The name of the kind of an error, without what it says more.
    private static func kind(_ error: JSON) -> Substring { error["kind"]?.text?.prefix { $0 != "(" } ?? "" }

    private static func command(_ record: JSON) -> String {
        guard let text = record["line"]?.text else {
            return record["pieces"] == nil
                ? String((record["stream"]?.text ?? "").prefix { $0 > " " }.prefix(8)) : "stream"
        }
        return String(text.prefix { $0 > " " }.prefix(8))
    }

    private static func summary(_ record: JSON) -> String {
        let version = record["version"]?.number ?? 0
        let place = "\(record["sender"]?.text ?? "") \(record["service"]?.text ?? "") \(version)"
        let input = record["line"] ?? record["stream"] ?? .null
        let text = (input.text ?? "").debugDescription
        let route = record["line"] != nil ? "frame" : record["pieces"] != nil ? "stream" : "line"
        return "\(place)\(record["small"] == nil ? "" : ", small limits"), \(route) \(text.prefix(400))"
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: "null"
        case .flag(let flag): "\(flag)"
        case .number(let number): "\(number)"
        case .text(let text): text.debugDescription
        case .array(let elements): "[" + elements.map(text).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }.joined(separator: ", ")
                + "}"
        }
    }
}
