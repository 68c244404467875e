import ProtocolGrammar

extension Links {
    /// A link to a place on the wire: a parameter of a form, or a field of a payload.
    func place(_ name: String) -> HTML {
        guard let place = grammar.place(named: name) else { return Components.code(name) }
        if let form = place.form {
            guard let found = grammar.forms(named: form).first else { return Components.code(name) }
            let value = String(name.dropFirst(form.count + 1))
            if found.values.contains(where: { $0.name == value }), let target = self.place(of: value, in: found) {
                return code(name, to: target.path, anchor: target.anchor)
            }
            return self.place(ofForm: form).map { code(name, to: $0.path, anchor: $0.anchor) } ?? Components.code(name)
        }
        return grammar.payloads.first { $0.name == place.payload }
            .map { code(name, to: PagePath.payload($0)) } ?? Components.code(name)
    }

    func places(_ places: [Reference]) -> HTML { places.map { place($0.name) }.joined(separator: ", ") }

    /// Links to the algorithms that take or make a value of a form or payload, with the value of each.
    func algorithms(of owner: String) -> [HTML] {
        grammar.sortedAlgorithms.flatMap { algorithm in
            algorithm.places.filter { $0.name.hasPrefix(owner + ".") }.map { place in
                Components.code(String(place.name.dropFirst(owner.count + 1))) + HTML(" in ")
                    + self.algorithm(algorithm.name)
            }
        }
    }
}
