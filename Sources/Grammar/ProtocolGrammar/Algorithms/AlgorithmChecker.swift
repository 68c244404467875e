import YAMLTree

extension GrammarChecker {
    mutating func checkAlgorithms() {
        var seen: [String: Algorithm] = [:]
        for algorithm in grammar.algorithms {
            checkName(algorithm.name, as: .algorithm, at: algorithm.location)
            if let twin = seen.updateValue(algorithm, forKey: algorithm.name) {
                error(
                    "duplicate-name", "the algorithm '\(algorithm.name)' is described twice", at: algorithm.location,
                    notes: [.init(message: "the first is here", location: twin.location)])
            }
            check(algorithm)
        }
    }

    private mutating func check(_ algorithm: Algorithm) {
        checkNames(algorithm.allNames, of: algorithm.name)
        var resolver = AlgorithmTypeResolver(grammar: grammar, algorithm: algorithm)
        let types = resolver.resolve()
        let grammar = grammar
        for fault in resolver.faults {
            if let unknown = fault.unknown {
                diagnostics.unknown(
                    fault.identifier, fault.message, unknown.name, among: Self.names(unknown.among, types, grammar),
                    at: fault.location)
            } else {
                error(fault.identifier, fault.message, at: fault.location)
            }
        }
        // The rest holds only for steps that are right.
        guard resolver.faults.isEmpty else { return }
        let used = resolver.used.union(algorithm.outputs.map(\.name))
            .union(algorithm.known.flatMap { $0.inputs.map(\.name) })
        for (name, location) in algorithm.operandNames where !used.contains(name) {
            error("unused-operand", "nothing uses '\(name)'; remove it", at: location)
        }
        if algorithm.outputs.isEmpty {
            error("no-output", "the algorithm '\(algorithm.name)' has no output", at: algorithm.location)
        }
        checkServices(of: algorithm)
        checkPlaces(of: algorithm, types)
        checkValues(of: algorithm, types)
    }

    private static func names(
        _ candidates: AlgorithmTypeResolver.Candidates, _ types: AlgorithmTypes, _ grammar: Grammar
    ) -> [String] {
        switch candidates {
        case .values: types.values.keys.sorted()
        case .algorithms: grammar.algorithms.map(\.name)
        case .inputs(let algorithm): algorithm.inputs.map(\.name)
        }
    }

    // MARK: - Values

    private mutating func checkValues(of algorithm: Algorithm, _ types: AlgorithmTypes) {
        let inputs = algorithm.inputs.map(\.name)
        for known in algorithm.known { checkValues(known.inputs, among: inputs, types) }
        var isComplete = algorithm.vectors.isEmpty
        for vector in algorithm.vectors {
            checkValues(vector.inputs, among: inputs, types)
            checkValues(vector.results, among: types.results, types)
            checkEvidence(of: vector, types)
            let stated = vector.results.map(\.name)
            for value in vector.results.enumerated() where stated[..<value.offset].contains(value.element.name) {
                error(
                    "repeated-value", "the vector states '\(value.element.name)' twice", at: value.element.location)
            }
            let needed = inputs + types.received.sorted() + algorithm.outputs.map(\.name)
            let given = vector.inputs.map(\.name) + stated
            for name in needed where !given.contains(name) {
                error("missing-value", "the vector does not state '\(name)'", at: vector.location)
            }
            if Set(types.results).isSubset(of: stated), hasAllRounds(vector, types) { isComplete = true }
        }
        if algorithm.vectors.isEmpty || !isComplete {
            error(
                "no-walkthrough", "no vector of '\(algorithm.name)' states the result of each step",
                at: algorithm.location)
        }
    }

    /// Whether each round of each loop has the results of all its steps.
    private func hasAllRounds(_ vector: Algorithm.Vector, _ types: AlgorithmTypes) -> Bool {
        types.inner.allSatisfy { name, inner in
            guard let rounds = vector.results.first(where: { $0.name == name })?.node.sequence else { return false }
            return rounds.allSatisfy { $0.mapping?.count == inner.count }
        }
    }

    private mutating func checkValues(
        _ values: [Algorithm.StatedValue], among known: [String], _ types: AlgorithmTypes
    ) {
        for value in values {
            guard known.contains(value.name), let type = types.values[value.name] else {
                diagnostics.unknown(
                    "unknown-value", "nothing here is named '\(value.name)'", value.name, among: known,
                    at: value.location)
                continue
            }
            do throws(AlgorithmValue.Complaint) {
                _ = try value.value(in: types, type)
            } catch {
                self.error("wrong-value", error.message, at: error.location)
            }
        }
    }

    /// Who says what a vector states.
    private mutating func checkEvidence(of vector: Algorithm.Vector, _ types: AlgorithmTypes) {
        for value in vector.computed + vector.outputs where types.received.contains(value.name) {
            error(
                "received-value", "'\(value.name)' is received, not computed; state it under 'steps'",
                at: value.location)
        }
        let claims = vector.steps.filter { !types.received.contains($0.name) } + vector.outputs
        guard vector.confidence.isEmpty, let claim = claims.first else { return }
        error(
            "unproved-value", "no source states '\(claim.name)'; name one, or move the value to 'computed'",
            at: claim.location)
    }
}

extension Algorithm.StatedValue {
    /// The value, if it has the type that the steps give it.
    func value(
        in types: AlgorithmTypes, _ type: AlgorithmType
    ) throws(AlgorithmValue.Complaint) -> AlgorithmValue {
        guard type.kind == .rounds else { return try AlgorithmValue(node, as: type, named: name) }
        guard let items = node.sequence, type.length == nil || type.length == items.count else {
            let wanted = type.length.map { "a list of \($0) rounds" } ?? "a list of rounds"
            throw AlgorithmValue.Complaint(message: "'\(name)' must be \(wanted)", location: node.location)
        }
        let inner = types.inner[name] ?? []
        var rounds: [[String: AlgorithmValue]] = []
        for item in items {
            var round: [String: AlgorithmValue] = [:]
            guard let entries = item.mapping else {
                throw AlgorithmValue.Complaint(message: "a round must be a mapping", location: item.location)
            }
            for entry in entries {
                guard let step = inner.first(where: { $0.name == entry.key }) else {
                    throw AlgorithmValue.Complaint(
                        message: "no step of '\(name)' is named '\(entry.key)'", location: entry.keyLocation)
                }
                round[entry.key] = try AlgorithmValue(entry.value, as: step.type, named: entry.key)
            }
            rounds.append(round)
        }
        return .rounds(rounds)
    }
}

extension Grammar {
    /// The values that a vector or a list of known inputs states, by name; wrong ones are missing.
    public func values(_ values: [Algorithm.StatedValue], of algorithm: Algorithm) -> [String: AlgorithmValue] {
        let types = types(of: algorithm)
        return values.reduce(into: [:]) { result, value in
            guard let type = types.values[value.name] else { return }
            result[value.name] = try? value.value(in: types, type)
        }
    }
}

extension Algorithm {
    /// All names that it declares, those inside of loops as well.
    fileprivate var allNames: [(String, SourceLocation)] {
        let given = inputs.map { ($0.name, $0.location) } + constants.map { ($0.name, $0.location) }
        return given
            + steps.flatMap { step -> [(String, SourceLocation)] in
                switch step.operation {
                case .exchange(let exchange):
                    [(step.name, step.location)] + exchange.receives.map { ($0.name, $0.location) }
                case .forEach(let loop):
                    [(step.name, step.location)] + loop.takes.map { ($0.name, $0.location) }
                        + loop.keeps.map { ($0.name, $0.location) } + loop.steps.map { ($0.name, $0.location) }
                default: [(step.name, step.location)]
                }
            }
    }

    /// The names that something must take as an operand: those of all values but rounds.
    fileprivate var operandNames: [(String, SourceLocation)] {
        let rounds = steps.filter { [.forEach, .exchange].contains($0.operation.name) }.map(\.name)
        return allNames.filter { !rounds.contains($0.0) }
    }
}
