import ProtocolGrammar

/// What the model says of an algorithm.
struct AlgorithmModel {
    let algorithm: Algorithm
    let writer: ModelWriter
    private let types: AlgorithmTypes

    init(_ algorithm: Algorithm, writer: ModelWriter) {
        self.algorithm = algorithm
        self.writer = writer
        types = writer.grammar.types(of: algorithm)
    }

    func emit() -> JSONValue {
        .record(
            [
                ("about", .ifAny(algorithm.about)), ("versions", writer.versions(algorithm.versions)),
                ("inputs", .list(algorithm.inputs.map(row))), ("constants", .ifAny(algorithm.constants.map(row))),
                ("steps", .list(algorithm.steps.map { row($0, type: types.values[$0.name]) })),
                ("outputs", .list(algorithm.outputs.map(row))), ("known", .ifAny(algorithm.known.map(row))),
                ("vectors", .ifAny(algorithm.vectors.map(row))), ("traps", .ifAny(algorithm.traps)),
            ] + writer.evidence(algorithm.confidence, algorithm.sources, notes: algorithm.notes))
    }

    // MARK: - Values

    private func row(_ input: Algorithm.Input) -> JSONValue {
        .record([
            ("name", .text(input.name)), ("type", row(input.type)), ("places", .ifAny(input.places.map(\.name))),
            ("about", .ifAny(input.about)),
        ])
    }

    private func row(_ constant: Algorithm.Constant) -> JSONValue {
        .record([
            ("name", .text(constant.name)), ("type", row(constant.value.type)), ("value", value(constant.value)),
            ("about", .ifAny(constant.about)),
        ])
    }

    private func row(_ output: Algorithm.Output) -> JSONValue {
        .record([
            ("name", .text(output.name)), ("type", types.values[output.name].map(row)),
            ("places", .ifAny(output.places.map(\.name))), ("about", .ifAny(output.about)),
        ])
    }

    private func row(_ known: Algorithm.Known) -> JSONValue {
        .record(
            [
                ("inputs", values(known.inputs)),
                ("versions", writer.versions(known.versions, within: algorithm.versions)),
                ("about", .ifAny(known.about)),
            ] + writer.evidence(known.confidence, known.sources))
    }

    private func row(_ vector: Algorithm.Vector) -> JSONValue {
        .record(
            [("about", .ifAny(vector.about)), ("inputs", values(vector.inputs)), ("results", values(vector.results))]
                + writer.evidence(vector.confidence, vector.sources))
    }

    private func row(_ type: AlgorithmType) -> JSONValue {
        .record([("kind", .text(type.kind.rawValue)), ("length", type.length.map { .number($0) })])
    }

    private func values(_ stated: [Algorithm.StatedValue]) -> JSONValue {
        let values = writer.grammar.values(stated, of: algorithm)
        return .record(
            stated.map { entry in (entry.name, values[entry.name].map { value($0, named: entry.name) }) })
    }

    /// Numbers are texts, because many readers of JSON have no numbers of 64 bits.
    private func value(_ value: AlgorithmValue, named name: String = "") -> JSONValue {
        switch value {
        case .text, .bytes, .number: .text(value.description)
        case .numbers(let numbers): .texts(numbers.map { "\($0)" })
        case .rounds(let rounds):
            .list(
                rounds.map { round in
                    let steps = types.inner[name] ?? []
                    return .record(steps.map { step in (step.name, round[step.name].map { self.value($0) }) })
                })
        }
    }

    // MARK: - Steps

    private func row(_ step: Algorithm.Step, type: AlgorithmType?) -> JSONValue {
        .record(
            [
                ("name", .text(step.name)), ("operation", .text(step.operation.name.rawValue)),
                ("of", .ifAny(step.operands.map(\.name))),
            ] + details(step) + [("type", type.map(row)), ("about", .ifAny(step.about))])
    }

    private func details(_ step: Algorithm.Step) -> [(String, JSONValue?)] {
        switch step.operation {
        case .hmacSHA1(let key): [("key", .text(key.name))]
        case .tripleDES(let key, let initialization):
            [("key", .text(key.name)), ("initialization", .text(initialization.name))]
        case .fill(let mark, let multiple): [("with", .text(mark)), ("multiple", .number(multiple))]
        case .take(let first, let count): [("first", .number(first)), ("count", .number(count))]
        case .numbers(let layout), .bytes(let layout):
            [("width", .number(layout.width)), ("bigEndian", .ifSet(layout.isBigEndian))]
        case .item(let index): [("index", .number(index))]
        case .add(let modulo), .multiply(let modulo): [("modulo", modulo.map { .text($0.name) })]
        case .replace(let old, let new): [("find", .text(old)), ("with", .text(new))]
        case .field(let name, let separator, let quote):
            [("field", .text(name)), ("separator", .text(separator)), ("quote", .ifAny(quote))]
        case .algorithm(let reference, let arguments):
            [
                ("algorithm", .text(reference.name)),
                ("inputs", .members(arguments.map { ($0.input.name, .text($0.operand.name)) })),
            ]
        case .exchange(let exchange): details(exchange)
        case .forEach(let loop): details(loop, inner: types.inner[step.name] ?? [])
        case .md5, .sha1, .base64, .fromBase64, .hexadecimal, .concatenate, .list, .and, .xor, .decimal,
            .percentEncode, .percentDecode, .guid, .guidBytes:
            []
        }
    }

    private func details(
        _ loop: AlgorithmOperation.Loop, inner: [(name: String, type: AlgorithmType)]
    ) -> [(String, JSONValue?)] {
        [
            ("takes", .texts(loop.takes.map(\.name))),
            (
                "keeps",
                .ifAny(
                    loop.keeps.map {
                        .record([
                            ("name", .text($0.name)), ("start", .text($0.start.name)), ("next", .text($0.next.name)),
                        ])
                    })
            ),
            ("steps", .list(loop.steps.map { step in row(step, type: inner.first { $0.name == step.name }?.type) })),
        ]
    }

    private func details(_ exchange: AlgorithmOperation.Exchange) -> [(String, JSONValue?)] {
        [
            ("services", .texts(exchange.services.map(\.name))),
            ("address", exchange.address.map { .text($0.name) }),
            ("sends", .ifAny(exchange.sends.map { .record([("value", .text($0.operand.name))] + row($0.part)) })),
            (
                "receives",
                .ifAny(
                    exchange.receives.map {
                        .record([("name", .text($0.name))] + row($0.part) + [("about", .ifAny($0.about))])
                    })
            ),
            (
                "refusals",
                .ifAny(
                    exchange.refusals.map { .record([("header", .text($0.header)), ("about", .ifAny($0.about))]) })
            ),
        ]
    }

    private func row(_ part: AlgorithmOperation.Part) -> [(String, JSONValue?)] {
        switch part {
        case .header(let name): [("header", .text(name))]
        case .places(let places): [("places", .texts(places.map(\.name)))]
        case .body: [("body", .flag(true))]
        }
    }
}
