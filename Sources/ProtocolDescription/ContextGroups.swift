/// Texts with the contexts they hold in, in the order of their first one.
struct ContextGroups {
    private struct Place {
        var sender: ProtocolDescription.Sender
        var service: String
        var versions: [Int]
    }

    private var order: [String] = []
    private var places: [String: [Place]] = [:]

    var isEmpty: Bool { order.isEmpty }

    mutating func add(_ text: String, _ context: LineExplainer.Context) {
        if places[text] == nil { order.append(text) }
        var known = places[text] ?? []
        if let index = known.firstIndex(where: { $0.sender == context.sender && $0.service == context.service }) {
            known[index].versions.append(context.version)
        } else {
            known.append(Place(sender: context.sender, service: context.service, versions: [context.version]))
        }
        places[text] = known
    }

    /// Each text under the contexts it holds in.
    func text(_ description: ProtocolDescription) -> String {
        order.map { text in places(of: text, description).map { $0 + "\n" }.joined() + text }.joined(separator: "\n")
    }

    /// The contexts of a text in words; services of the same versions stand together.
    func places(of text: String, _ description: ProtocolDescription) -> [String] {
        var merged: [(sender: ProtocolDescription.Sender, services: [String], versions: Set<Int>)] = []
        for place in places[text] ?? [] {
            let versions = Set(place.versions)
            if let index = merged.firstIndex(where: { $0.sender == place.sender && $0.versions == versions }) {
                merged[index].services.append(place.service)
            } else {
                merged.append((place.sender, [place.service], versions))
            }
        }
        return merged.map { place in
            "from a \(place.sender.rawValue) on \(place.services.joined(separator: ", ")) in "
                + description.describe(place.versions)
        }
    }
}
