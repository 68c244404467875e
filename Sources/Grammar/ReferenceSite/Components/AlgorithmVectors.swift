import ProtocolGrammar

/// The known answers of an algorithm: as a table, and as JSON for programs.
struct AlgorithmVectors {
    let algorithm: Algorithm
    let links: Links

    private var grammar: Grammar { links.site.grammar }
    private var inputs: [String] { algorithm.inputs.map(\.name) }
    private var outputs: [String] { algorithm.outputs.map(\.name) }

    /// The path of the file beside the page.
    static func path(of algorithm: Algorithm) -> String { "algorithms/\(algorithm.name).json" }

    // MARK: - Table

    var table: HTML {
        tag("div", .class("vectors")) {
            Components.table(
                inputs + outputs + ["Meaning", "Stated by", "Grammar"],
                algorithm.vectors.map { vector in
                    let values = grammar.values(vector.inputs + vector.results, of: algorithm)
                    let cells = (inputs + outputs).map { name in
                        values[name].map { Components.code(AlgorithmText.value($0)) } ?? HTML()
                    }
                    let sources = vector.sources.map(links.source).joined(separator: ", ")
                    return Components.Row(
                        cells: cells + [
                            HTML(vector.about), vector.confidence.isEmpty ? HTML("computed") : sources,
                            links.line(vector.location),
                        ])
                })
        }
    }

    // MARK: - JSON

    /// All known answers with every value that they state, for a file.
    var json: String {
        let vectors = algorithm.vectors.map { vector in
            JSONValue.members([
                ("about", .text(vector.about)), ("inputs", values(vector.inputs)),
                ("steps", values(vector.steps + vector.computed)), ("outputs", values(vector.outputs)),
                ("confidence", .text(vector.confidence.isEmpty ? "computed" : vector.confidence)),
                ("sources", .list(vector.sources.map(JSONValue.text))),
            ])
        }
        let whole = JSONValue.members([
            ("protocol", .text(grammar.name)), ("algorithm", .text(algorithm.name)), ("about", .text(algorithm.about)),
            ("types", types), ("vectors", .list(vectors)),
        ])
        return whole.rendered() + "\n"
    }

    /// The types of all values, because texts, numbers and the digits of bytes look alike.
    private var types: JSONValue {
        let types = grammar.types(of: algorithm)
        return .members(
            (inputs + types.results).compactMap { name in
                types.values[name].map { (name, .text($0.kind.rawValue)) }
            })
    }

    private func values(_ stated: [Algorithm.StatedValue]) -> JSONValue {
        let values = grammar.values(stated, of: algorithm)
        return .members(stated.compactMap { entry in values[entry.name].map { (entry.name, Self.json($0)) } })
    }

    /// Numbers are texts here, because not all programs keep 64 bits of a number.
    private static func json(_ value: AlgorithmValue) -> JSONValue {
        switch value {
        case .text, .bytes, .number: .text(value.description)
        case .numbers(let numbers): .list(numbers.map { .text(String($0)) })
        case .rounds(let rounds):
            .list(rounds.map { round in .members(round.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) }) })
        }
    }
}
