import YAMLTree

/// A computation of the protocol, such as the answer to a challenge, as steps that a program can run.
public struct Algorithm: Named, Sendable {
    /// What the computation starts from.
    public struct Input: Named, Sendable {
        public var name: String
        public var type: AlgorithmType
        /// Where it stands on the wire: parameters, payloads and their fields.
        public var places: [Reference]
        public var about: String
        public var location: SourceLocation
    }

    /// A value that is always the same.
    public struct Constant: Named, Sendable {
        public var name: String
        public var value: AlgorithmValue
        public var about: String
        public var location: SourceLocation
    }

    /// One operation, whose result has the name of the step.
    public struct Step: Named, Sendable {
        public var name: String
        public var operation: AlgorithmOperation
        /// The inputs, constants and earlier results that the operation takes, in order.
        public var operands: [Reference]
        public var about: String
        public var location: SourceLocation
    }

    /// A result that leaves the computation.
    public struct Output: Named, Sendable {
        /// The name of a step, or of what an exchange receives.
        public var name: String
        /// Where it stands on the wire.
        public var places: [Reference]
        public var about: String
        public var location: SourceLocation
    }

    /// Values of some inputs that programs are known to use, such as the key of a product.
    public struct Known: Sendable {
        public var inputs: [StatedValue]
        public var versions: VersionSet
        public var about: String
        public var confidence: String
        public var sources: [String]
        public var location: SourceLocation
    }

    /// A value by name, before its type is known.
    public struct StatedValue: Named, Sendable {
        public var name: String
        var node: YAMLNode
        public var location: SourceLocation
    }

    /// A known answer: inputs, and what the steps make of them.
    public struct Vector: Sendable {
        public var inputs: [StatedValue]
        /// Results that the sources state, or that an exchange received.
        public var steps: [StatedValue]
        /// Results that follow from the inputs, and that no source states.
        public var computed: [StatedValue]
        public var outputs: [StatedValue]
        public var about: String
        /// Empty if nothing but the inputs was given.
        public var confidence: String
        public var sources: [String]
        public var location: SourceLocation

        /// All results that it states.
        public var results: [StatedValue] { steps + computed + outputs }
    }

    public var name: String
    public var about: String
    public var versions: VersionSet
    public var inputs: [Input]
    public var constants: [Constant]
    public var steps: [Step]
    public var outputs: [Output]
    public var known: [Known]
    public var vectors: [Vector]
    /// What goes wrong easily.
    public var traps: [String]
    public var notes: String
    public var confidence: String
    public var sources: [String]
    public var location: SourceLocation

    /// The places of all inputs and outputs, and of what exchanges send and receive.
    public var places: [Reference] {
        inputs.flatMap(\.places) + outputs.flatMap(\.places) + steps.flatMap(\.exchanged).flatMap(\.places)
    }
}

extension Algorithm.Step {
    /// The names of what an exchange sends and receives, with their places.
    var exchanged: [(name: String, places: [Reference])] {
        guard case .exchange(let exchange) = operation else { return [] }
        return exchange.sends.map { ($0.operand.name, $0.part.places) }
            + exchange.receives.map { ($0.name, $0.part.places) }
    }
}

extension AlgorithmOperation.Part {
    /// The fields of payloads that it is.
    public var places: [Reference] {
        if case .places(let places) = self { places } else { [] }
    }
}
