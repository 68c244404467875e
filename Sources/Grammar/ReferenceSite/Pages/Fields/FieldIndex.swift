import ProtocolGrammar

/// Everything that has a name of its own on the wire or in the grammar: parameters, fields, elements, values, bits.
struct FieldIndex {
    /// A place where something of the name is.
    struct Place {
        /// What has it, such as `USR.initial`.
        var owner: String
        var path: String
        var anchor: String?
        var versions: VersionSet
    }

    /// One name of one kind, with all places that have it.
    struct Entry {
        var name: String
        var kind: String
        var places: [Place]

        var versions: VersionSet { places.reduce(VersionSet()) { $0.union($1.versions) } }
    }

    /// By name, ignoring case, then by kind.
    let entries: [Entry]

    init(_ site: Site) {
        var collector = Collector(site: site)
        collector.addParameters()
        collector.addPayloads()
        collector.addTypes()
        collector.addServices()
        entries = collector.entries.sorted { first, second in
            let keys = (first.name.lowercased(), second.name.lowercased())
            return keys.0 == keys.1 ? (first.name, first.kind) < (second.name, second.kind) : keys.0 < keys.1
        }
    }
}

private struct Collector {
    let site: Site
    private(set) var entries: [FieldIndex.Entry] = []
    /// The places among the entries, by kinds and names.
    private var indices: [String: Int] = [:]

    init(site: Site) { self.site = site }

    private var grammar: Grammar { site.grammar }

    private mutating func add(_ name: String, _ kind: String, _ place: FieldIndex.Place) {
        guard !name.isEmpty else { return }
        let key = "\(kind) \(name)"
        if let index = indices[key] {
            entries[index].places.append(place)
        } else {
            indices[key] = entries.count
            entries.append(FieldIndex.Entry(name: name, kind: kind, places: [place]))
        }
    }

    mutating func addParameters() {
        let links = Links(site: site, page: PagePath.fields)
        for form in grammar.sortedCommands.flatMap(\.forms) {
            for value in form.values {
                guard let place = links.place(of: value.name, in: form) else { continue }
                add(
                    value.name, "parameter",
                    FieldIndex.Place(
                        owner: form.fullName, path: place.path, anchor: place.anchor, versions: value.versions))
            }
        }
    }

    mutating func addPayloads() {
        /// The shared parts that an earlier payload has.
        var shared: Set<String> = []
        for payload in grammar.sortedPayloads {
            for part in payload.parts {
                if let home = part.home, !shared.insert("\(home) \(part.name)").inserted { continue }
                // A described element stands in the index itself.
                if part.kind == .child && part.type == nil { continue }
                let kind =
                    switch part.kind {
                    case .header: "header"
                    case .line: "line"
                    case .element, .child: "element"
                    case .attribute: "attribute"
                    case .number: "number"
                    }
                add(
                    part.wire, kind,
                    FieldIndex.Place(
                        owner: "\(payload.name).\(part.name)", path: PagePath.payload(payload), anchor: part.anchor,
                        versions: part.versions))
            }
        }
    }

    mutating func addTypes() {
        for type in grammar.sortedTypes {
            let uses = site.typeUses.versions(of: type)
            func place(_ name: String, _ versions: VersionSet) -> FieldIndex.Place {
                FieldIndex.Place(
                    owner: type.name, path: PagePath.type(type), anchor: TypePage.anchor(ofValue: name),
                    versions: versions.intersection(uses))
            }
            switch type.kind {
            case .enumeration(let values, _):
                for value in values {
                    add(value.name, "value", place(value.name, value.versions))
                    if Int(value.wire) == nil { add(value.wire, "word", place(value.name, value.versions)) }
                }
            case .flags(let values, let fields):
                for value in values { add(value.name, "bit", place(value.name, value.versions)) }
                for field in fields { add(field.name, "bits", place(field.name, field.versions)) }
            case .composite(let parts):
                for part in parts { add(part.name, "part of a word", place(part.name, part.versions)) }
            case .token, .text, .integer, .boolean, .guid, .rest: break
            }
        }
    }

    mutating func addServices() {
        for service in grammar.httpServices {
            let place = FieldIndex.Place(
                owner: service.name, path: PagePath.services, anchor: "http-\(service.name)",
                versions: service.versions)
            for field in service.fields { add(field.header, "HTTP header", place) }
            for parameter in service.requests.flatMap(\.parameters) {
                add(parameter.parameter, "HTTP parameter", place)
            }
        }
    }
}
