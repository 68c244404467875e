import YAMLTree

/// Where the length of a payload stands, what counts its header, and what takes the rest of a line.
extension GrammarChecker {
    /// All that is left of a line is one value of the last parameter.
    mutating func checkRest(of form: Form) {
        for parameter in form.values.flatMap(\.rows) where parameter.isRest(in: grammar) {
            func refuse(_ reason: String) { error("bad-rest", reason, at: parameter.typeLocation) }
            let name = parameter.name
            if form.parameters.last?.location != parameter.location {
                return refuse("'\(name)' takes the rest of the line and must be the last parameter")
            }
            if form.payload != nil {
                return refuse("'\(name)' takes the rest of the line, so nothing can say the length of a payload")
            }
            if parameter.repetition != .once {
                return refuse("'\(name)' takes the rest of the line and cannot be a list")
            }
            if grammar.commands[form.command]?.keepsEmptyWords == true {
                return refuse(
                    "'\(name)' takes the rest of the line, which no command with words that may be 'empty' can have")
            }
        }
    }

    /// A type of which a value is a word, and not the rest of a line.
    mutating func checkIsWord(_ name: String, at location: SourceLocation) {
        guard grammar.type(named: name)?.isRest == true else { return }
        error("bad-rest", "'\(name)' takes the rest of a line and can only be the type of a parameter", at: location)
    }

    /// The parameters that a payload names.
    mutating func checkPayloadWords(of form: Form) {
        let places = [form.payload?.lengthBefore, form.payload?.headerLength].compactMap(\.self)
        for place in places where !form.parameters.contains(where: { $0.name == place.name }) {
            diagnostics.unknown(
                "unknown-parameter", "'\(form.name)' has no parameter named '\(place.name)'", place.name,
                among: form.parameters.map(\.name).filter { !$0.isEmpty }, at: place.location)
            return
        }
        checkLengthPlace(of: form)
        guard let length = form.payload?.headerLength,
            let value = form.values.first(where: { $0.name == length.name })
        else { return }
        let isNumber = value.rows.allSatisfy { row in
            guard row.repetition == .once, !row.mayBeAbsent, !row.allowsEmpty,
                case .integer(let least, let most) = row.typeName.flatMap({ grammar.type(named: $0) })?.kind
            else { return false }
            return least >= 0 && most <= Int(UInt32.max)
        }
        if !isNumber || !form.versions.isSubset(of: value.versions) {
            error(
                "bad-length", "'\(length.name)' cannot count the header; it must be a number that every line has",
                at: length.location)
        }
    }

    /// A length that is not the last word stands behind the same words in each line, so that it is found before the form.
    private mutating func checkLengthPlace(of form: Form) {
        guard let before = form.payload?.lengthBefore, let place = form.lengthPlace else { return }
        if let deviation = form.deviations.first {
            error(
                "bad-length", "a form whose length is not the last word cannot have deviations",
                at: deviation.deviation.location)
        }
        if form.transaction == .optional {
            error(
                "bad-length",
                "the length cannot stand before '\(before.name)': a transaction ID may be missing in front",
                at: before.location)
        }
        let stray = form.parameters[..<place].first { row in
            if row.mayBeAbsent || row.allowsEmpty { return true }
            if case .words = row.repetition { return true }
            return false
        }
        guard let stray else { return }
        let name = stray.literal ?? stray.name
        error(
            "bad-length",
            "the length cannot stand before '\(before.name)': each parameter in front must be one word of every line, but "
                + "not '\(name)'", at: before.location)
    }

    /// Whoever cuts a stream into lines knows the command alone, so its forms have the length in one place.
    mutating func checkLengths(of command: Command) {
        guard command.forms.contains(where: { $0.payload?.lengthBefore != nil }) || grammar.hasRest(command) else {
            return
        }
        for sender in Sender.allCases {
            for service in grammar.services.map(\.name) {
                for version in command.versions.numbers {
                    let forms = grammar.forms(of: command, sender: sender, service: service, version: version)
                    guard checkLengths(of: forms, in: version) else { return }
                }
            }
        }
    }

    /// Whether no two forms of one context disagree about the place of the length.
    private mutating func checkLengths(of forms: [Form], in version: Int) -> Bool {
        guard let first = forms.first(where: { $0.payload != nil }) else { return true }
        let place = Self.place(first, version)
        for form in forms {
            if form.payload == nil, mayHaveNumber(form, at: place, version) {
                error(
                    "ambiguous-payload",
                    "whether a payload follows a line of '\(form.command)' is in doubt in "
                        + "\(grammar.describe(VersionSet([version]))): '\(form.name)' has none and may have a number "
                        + "where the length would be", at: form.location)
                return false
            }
            if form.payload != nil, Self.place(form, version) != place {
                error(
                    "bad-length",
                    "'\(form.name)' and '\(first.name)' have the length of the payload in different places in "
                        + grammar.describe(VersionSet([version])), at: form.location,
                    notes: [.init(message: "'\(first.name)' is here", location: first.location)])
                return false
            }
        }
        return true
    }

    /// Whether a word of a form may be a number: the one at an index behind the command, or the last one.
    private func mayHaveNumber(_ form: Form, at place: Int?, _ version: Int) -> Bool {
        let layout = FormLayout(form, version: version, grammar: grammar)
        guard let place else { return layout.mayEndInNumber }
        if place < layout.fixed.count { return FormSelector.mayBeNumber(layout.fixed[place]) }
        return layout.most.map { $0 > place } ?? true
    }

    /// The index of the word with the length; nil for the last word.
    private static func place(_ form: Form, _ version: Int) -> Int? {
        guard form.payload?.lengthBefore != nil else { return nil }
        return form.lengthPlace(in: version).map { $0 + (form.transaction == .absent ? 0 : 1) }
    }
}
