import ProtocolGrammar

/// A known answer of an algorithm of the grammar.
package struct KnownAnswer: Sendable, CustomStringConvertible {
    package var algorithm: Algorithm
    package var number: Int
    package var inputs: [String: AlgorithmValue]
    /// The results that the grammar states.
    package var results: [String: AlgorithmValue]

    package var description: String { "\(algorithm.name) \(number)" }

    /// All known answers of the grammar.
    package static let all: [KnownAnswer] = {
        let grammar = Repository.grammar
        return grammar.algorithms.flatMap { algorithm in
            algorithm.vectors.enumerated().map { index, vector in
                KnownAnswer(
                    algorithm: algorithm, number: index + 1, inputs: grammar.values(vector.inputs, of: algorithm),
                    results: grammar.values(vector.results, of: algorithm))
            }
        }
    }()

    /// The known answers of one algorithm.
    package static func of(_ name: String) -> [KnownAnswer] { all.filter { $0.algorithm.name == name } }

    /// A text among the inputs and results; empty if there is none.
    package func text(_ name: String) -> String {
        guard case .text(let text) = inputs[name] ?? results[name] else { return "" }
        return text
    }
}
