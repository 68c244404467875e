/// What depends on service and version when a command of one sender is read, with equal contexts put together.
package struct CommandContexts {
    /// The forms in the order in which they are tried, each with its tests.
    package struct Choices {
        package var services: [String]
        package var versions: VersionSet
        package var order: [FormSelector.Choice]
    }

    /// Which word of a line counts the bytes of a payload.
    package struct Rule: Hashable {
        /// Whether a line without a number there has no payload, instead of being an error.
        package var mayLack: Bool
        /// The index of the word behind the command; nil for the last word.
        package var place: Int?
        /// The minimum number of words of a line with a payload, including the command.
        package var minimumWords: Int
        package var limit: Int
    }

    package struct Framing {
        package var services: [String]
        package var versions: VersionSet
        package var rule: Rule
    }

    package private(set) var choices: [Choices] = []
    package private(set) var framing: [Framing] = []

    package init(_ command: Command, sender: Sender, grammar: Grammar) {
        var selectors: [(key: String, order: [FormSelector.Choice], places: [(String, Int)])] = []
        var rules: [(rule: Rule, places: [(String, Int)])] = []
        for service in grammar.services.map(\.name) {
            for version in grammar.allVersions.numbers {
                let forms = grammar.forms(of: command, sender: sender, service: service, version: version)
                let deviant = grammar.deviantForms(of: command, sender: sender, service: service, version: version)
                if let rule = Self.rule(forms + deviant.map(\.form), version: version, grammar: grammar) {
                    if let index = rules.firstIndex(where: { $0.rule == rule }) {
                        rules[index].places.append((service, version))
                    } else {
                        rules.append((rule, [(service, version)]))
                    }
                }
                guard !forms.isEmpty else { continue }
                let order = FormSelector(forms, version: version, grammar: grammar).choices
                let key = order.map { "\($0.form.name) \($0.tests)" }.joined(separator: ";")
                if let index = selectors.firstIndex(where: { $0.key == key }) {
                    selectors[index].places.append((service, version))
                } else {
                    selectors.append((key, order, [(service, version)]))
                }
            }
        }
        for entry in selectors {
            for (services, versions) in Self.groups(entry.places) {
                choices.append(Choices(services: services, versions: versions, order: entry.order))
            }
        }
        for entry in rules {
            for (services, versions) in Self.groups(entry.places) {
                framing.append(Framing(services: services, versions: versions, rule: entry.rule))
            }
        }
    }

    /// A payload follows whenever one of the forms can have one.
    private static func rule(_ forms: [Form], version: Int, grammar: Grammar) -> Rule? {
        let bearing = forms.filter { $0.payload != nil }
        let words = bearing.map { form in
            let head = form.transaction == .absent || form.transaction == .optional ? 2 : 3
            // Empty words do not count when lines are cut.
            return form.parameters(in: version).filter { !$0.allowsEmpty }.reduce(head) { $0 + $1.leastWords }
        }
        guard let least = words.min() else { return nil }
        let limits = bearing.compactMap { $0.payload.map { $0.limit ?? grammar.limits.payload } }
        // The forms of one command agree on the place.
        let place = bearing.compactMap { form -> Int? in
            guard form.payload?.lengthBefore != nil else { return nil }
            return form.lengthPlace(in: version).map { $0 + (form.transaction == .absent ? 1 : 2) }
        }.first
        return Rule(
            mayLack: bearing.count < forms.count, place: place, minimumWords: place.map { $0 + 1 } ?? least,
            limit: min(limits.max() ?? grammar.limits.payload, grammar.limits.payload))
    }

    /// The versions of each service, with services of the same versions put together.
    private static func groups(_ places: [(service: String, version: Int)]) -> [([String], VersionSet)] {
        var services: [String] = []
        for place in places where !services.contains(place.service) { services.append(place.service) }
        var result: [([String], VersionSet)] = []
        for service in services {
            let versions = VersionSet(places.filter { $0.service == service }.map(\.version))
            if let index = result.firstIndex(where: { $0.1 == versions }) {
                result[index].0.append(service)
            } else {
                result.append(([service], versions))
            }
        }
        return result
    }
}
