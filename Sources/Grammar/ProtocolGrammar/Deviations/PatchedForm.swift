import YAMLTree

extension Form {
    /// The form as a deviation has it, in the versions of the deviation; its values keep their names.
    public func patched(by deviation: FormDeviation) -> Form {
        var result = self
        result.versions = deviation.versions
        result.transaction = deviation.transaction ?? transaction
        result.parameters = modelled(on: deviation.model, in: deviation.versions)
        for patch in deviation.patches { result.apply(patch) }
        result.parameters.removeAll(where: \.versions.isEmpty)
        if !deviation.order.isEmpty {
            let order = deviation.order.map(\.name)
            let all = result.parameters
            result.parameters = order.flatMap { name in all.filter { $0.name == name } }
        }
        return result
    }

    /// The parameters in some versions, those of the model where there is one.
    private func modelled(on model: Int?, in versions: VersionSet) -> [Parameter] {
        parameters.compactMap { row in
            var row = row
            guard let model else {
                // Kept where a patch may name it, even if no version of the deviation has it.
                row.versions = row.versions.intersection(versions)
                return row
            }
            guard row.versions.contains(model) else { return nil }
            row.versions = versions
            return row
        }
    }

    private mutating func apply(_ patch: ParameterPatch) {
        if !parameters.contains(where: { $0.name == patch.name }) {
            guard let content = patch.content else { return }
            parameters.append(.added(content, named: patch.name, in: versions, at: patch.location))
            return
        }
        let rows = parameters.indices.filter { parameters[$0].name == patch.name }
        if let last = rows.last {
            let present = rows.reduce(VersionSet()) { $0.union(parameters[$1].versions) }
            parameters[last].versions = parameters[last].versions.union(
                patch.versions.intersection(versions).subtracting(present))
        }
        for row in rows {
            parameters[row].versions = parameters[row].versions.subtracting(patch.missing)
            if let absent = patch.absent {
                parameters[row].absent = absent
                parameters[row].isOptional = true
            }
            if let condition = patch.condition { parameters[row].condition = condition }
            if let type = patch.type {
                parameters[row].content = .value(type: type.name)
                parameters[row].typeLocation = type.location
            }
        }
    }
}

extension Parameter {
    /// A word that the form does not have.
    fileprivate static func added(
        _ content: Content, named name: String, in versions: VersionSet, at location: SourceLocation
    ) -> Parameter {
        Parameter(
            name: name, about: "", content: content, versions: versions, isOptional: false, allowsEmpty: false,
            prefix: "", repetition: .once, condition: nil, minimum: nil, maximum: nil, isSensitive: false,
            isIgnorable: false, location: location, typeLocation: location)
    }
}

extension Grammar {
    /// The deviations of a command's forms in one context, each with the form as it has it.
    public func deviantForms(
        of command: Command, sender: Sender, service: String, version: Int
    ) -> [(deviation: FormDeviation, form: Form)] {
        command.forms.filter { $0.sender == sender && $0.services.contains(service) }.flatMap { form in
            form.deviations.filter { $0.versions.contains(version) }.map { ($0, form.patched(by: $0)) }
        }
    }
}
