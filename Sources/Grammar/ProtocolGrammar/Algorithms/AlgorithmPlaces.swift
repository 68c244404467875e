import YAMLTree

/// Where a value of an algorithm stands on the wire.
public struct AlgorithmPlace: Sendable {
    /// The versions that have it.
    public var versions: VersionSet
    /// The name of its type; nil for a whole payload and for plain text.
    public var type: String?
    /// The form of a parameter or payload of a command, such as `USR.challenge`; nil for a field of a payload type.
    public var form: String?
    /// The name of the payload type that has the field.
    public var payload: String?
}

extension Grammar {
    /// What a name such as `USR.challenge.challenge`, `QRY.answer.payload`, `profile.clientPort` or
    /// `peerObject.peerObject.creator` stands for; nil if there is no such place.
    public func place(named name: String) -> AlgorithmPlace? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first else { return nil }
        if let command = commands[first] {
            guard parts.count == 3, let form = command.forms.first(where: { $0.name == parts[1] }) else { return nil }
            if parts[2] == "payload", form.payload != nil {
                return AlgorithmPlace(versions: form.versions, form: form.fullName)
            }
            return form.values.first { $0.name == parts[2] }.map {
                AlgorithmPlace(versions: $0.versions, type: $0.main.typeName, form: form.fullName)
            }
        }
        guard let payload = payloads.first(where: { $0.name == first }) else { return nil }
        return members(of: payload).first { $0.name == name }?.place
    }

    /// The names of all places of a command or payload, for suggestions.
    func placeNames(beside name: String) -> [String] {
        let first = name.prefix { $0 != "." }
        if let command = commands[String(first)] {
            return command.forms.flatMap { form in
                form.values.map { "\(form.fullName).\($0.name)" }
                    + (form.payload == nil ? [] : ["\(form.fullName).payload"])
            }
        }
        if let payload = payloads.first(where: { $0.name == first }) { return members(of: payload).map(\.name) }
        return commands.map(\.name) + payloads.map(\.name)
    }

    private func members(of payload: PayloadType) -> [(name: String, place: AlgorithmPlace)] {
        func member(_ path: String, _ type: String?, _ versions: VersionSet) -> (String, AlgorithmPlace) {
            (
                "\(payload.name).\(path)",
                AlgorithmPlace(
                    versions: versions.intersection(payload.versions), type: type, payload: payload.name)
            )
        }
        switch payload.content {
        case .mime(let content): return content.fields.map { member($0.name, $0.type, $0.versions) }
        case .blocks(let content):
            return content.blocks.flatMap { block in
                block.fields.map { member("\(block.name).\($0.name)", $0.type, $0.versions) }
            }
        case .xml(let content):
            return content.all.flatMap { element in
                let texts = element.text.map { [member("\(element.name).\($0)", nil, payload.versions)] } ?? []
                return element.attributes.map { member("\(element.name).\($0.name)", $0.type, payload.versions) }
                    + element.children.compactMap { child in
                        child.type.map { member("\(element.name).\(child.name)", $0, payload.versions) }
                    } + texts
            }
        case .binary(let content):
            return (content.numbers + content.footer).map { member($0.name, $0.type ?? "Integer", payload.versions) }
        }
    }

    /// Whether the values of a place are numbers; nil for a payload, which may hold anything.
    fileprivate func isNumber(_ place: AlgorithmPlace) -> Bool? {
        guard let name = place.type else { return place.payload == nil ? nil : false }
        return types[name]?.isNumber ?? (name == "Integer")
    }
}

extension GrammarChecker {
    mutating func checkPlaces(of algorithm: Algorithm, _ types: AlgorithmTypes) {
        for input in algorithm.inputs {
            check(input.places, of: input.name, input.type, algorithm, at: input.location)
        }
        for step in algorithm.steps {
            for (name, places) in step.exchanged {
                check(places, of: name, AlgorithmType(.text), algorithm, at: step.location)
            }
        }
        for output in algorithm.outputs {
            guard let type = types.values[output.name], type.kind != .rounds, types.results.contains(output.name)
            else {
                diagnostics.unknown(
                    "unknown-output", "no step has the result '\(output.name)'", output.name, among: types.results,
                    at: output.location)
                continue
            }
            check(output.places, of: output.name, type, algorithm, at: output.location)
        }
    }

    private mutating func check(
        _ places: [Reference], of name: String, _ type: AlgorithmType, _ algorithm: Algorithm,
        at location: SourceLocation
    ) {
        var missing = algorithm.versions
        let grammar = grammar
        for reference in places {
            guard let place = grammar.place(named: reference.name) else {
                diagnostics.unknown(
                    "unknown-place", "the grammar has no '\(reference.name)'", reference.name,
                    among: grammar.placeNames(beside: reference.name), at: reference.location)
                return
            }
            if let isNumber = grammar.isNumber(place), isNumber != (type.kind == .number) {
                error(
                    "place-type", "'\(name)' is \(type.description), but '\(reference.name)' is not",
                    at: reference.location)
            }
            missing = missing.subtracting(place.versions)
        }
        if !places.isEmpty, !missing.isEmpty {
            error("missing-place", "'\(name)' has no place in \(grammar.describe(missing))", at: location)
        }
    }
}
