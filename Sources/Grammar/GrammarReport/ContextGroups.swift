import ProtocolGrammar

/// Texts with the contexts in which they hold, in order of first occurrence.
struct ContextGroups {
    private struct Place {
        var sender: Sender
        var services: [String]
        var versions: VersionSet
    }

    private let grammar: Grammar
    private var order: [String] = []
    private var places: [String: [Place]] = [:]

    init(_ grammar: Grammar) {
        self.grammar = grammar
    }

    var isEmpty: Bool { order.isEmpty }

    mutating func add(_ text: String, _ context: LineContext) {
        add(text, context.sender, context.service, VersionSet([context.version]))
    }

    mutating func add(_ text: String, _ sender: Sender, _ service: String, _ versions: VersionSet) {
        if places[text] == nil { order.append(text) }
        var known = places[text] ?? []
        if let index = known.firstIndex(where: { $0.sender == sender && $0.services == [service] }) {
            known[index].versions = known[index].versions.union(versions)
        } else {
            known.append(Place(sender: sender, services: [service], versions: versions))
        }
        places[text] = known
    }

    /// Each text, below its contexts.
    var text: String {
        order.map { text in places(of: text).map { $0 + "\n" }.joined() + text }.joined(separator: "\n")
    }

    /// The contexts of a text in words; services with the same versions are joined.
    func places(of text: String) -> [String] {
        var merged: [Place] = []
        for place in places[text] ?? [] {
            if let index = merged.firstIndex(where: { $0.sender == place.sender && $0.versions == place.versions }) {
                merged[index].services += place.services
            } else {
                merged.append(place)
            }
        }
        return merged.map { place in
            "from a \(place.sender.rawValue) on \(place.services.joined(separator: ", ")) in "
                + grammar.describe(place.versions)
        }
    }
}
