import YAMLTree

/// What a step does with its operands.
public enum AlgorithmOperation: Sendable {
    /// The word for an operation in the grammar.
    public enum Name: String, Sendable, CaseIterable {
        case md5, sha1
        case hmacSHA1 = "hmac-sha1"
        case tripleDES = "3des-cbc"
        case base64, hexadecimal
        case fromBase64 = "from-base64"
        case concatenate, fill, take, numbers, bytes, item, list, add, multiply, and, xor, decimal
        case percentEncode = "percent-encode"
        case percentDecode = "percent-decode"
        case replace, field, guid
        case guidBytes = "guid-bytes"
        case exchange, algorithm
        case forEach = "for-each"

        /// The operations of a step inside of a loop, which has no loops and exchanges in it.
        static let inner = allCases.filter { ![.exchange, .algorithm, .forEach].contains($0) }
    }

    /// How numbers stand in bytes.
    public struct Layout: Sendable, Hashable {
        /// The bytes of a number.
        public var width: Int
        public var isBigEndian: Bool
    }

    /// A part of a message: a header field, a field of a payload or the whole body.
    public enum Part: Sendable, Hashable {
        case header(String)
        /// One field in each of several payloads of the grammar.
        case places([Reference])
        case body
    }

    /// A request over HTTP and its answer.
    public struct Exchange: Sendable {
        public struct Sent: Sendable {
            public var operand: Reference
            public var part: Part
        }

        public struct Received: Named, Sendable {
            public var name: String
            public var part: Part
            public var about: String
            public var location: SourceLocation
        }

        /// A header of answers that have no results, such as a refusal.
        public struct Refusal: Sendable {
            public var header: String
            public var about: String
        }

        /// The HTTP services that may be asked.
        public var services: [Reference]
        /// A computed address in place of theirs.
        public var address: Reference?
        public var sends: [Sent]
        public var receives: [Received]
        public var refusals: [Refusal]
    }

    /// Steps that are repeated for each number, or each few numbers, of a list.
    public struct Loop: Sendable {
        /// A number that goes from one round to the next.
        public struct Kept: Named, Sendable {
            public var name: String
            /// What it is in the first round.
            public var start: Reference
            /// The step that it becomes.
            public var next: Reference
            public var location: SourceLocation
        }

        /// The names of the numbers that a round takes from the list.
        public var takes: [Reference]
        public var keeps: [Kept]
        public var steps: [Algorithm.Step]
    }

    /// An input of another algorithm, and the operand that it gets.
    public struct Argument: Sendable {
        public var input: Reference
        public var operand: Reference
    }

    case md5, sha1
    case hmacSHA1(key: Reference)
    case tripleDES(key: Reference, initialization: Reference)
    case base64, fromBase64, hexadecimal
    case concatenate
    /// Appends a character until the length is a multiple of a number.
    case fill(with: String, multiple: Int)
    /// Some of the bytes, counted from 0, or as many of them as there are.
    case take(first: Int, count: Int)
    /// Reads numbers from bytes.
    case numbers(Layout)
    /// Writes numbers as bytes.
    case bytes(Layout)
    /// A number of a list, counted from 0.
    case item(Int)
    case list
    case add(modulo: Reference?)
    case multiply(modulo: Reference?)
    case and, xor
    case decimal
    /// Everything but letters and digits as `%` and two digits.
    case percentEncode
    case percentDecode
    case replace(String, with: String)
    /// The value of a field in a list such as `a=1,b=2`, without the quotes around it.
    case field(String, separator: String, quote: String)
    /// The text of a GUID whose first three parts are little-endian, and its bytes.
    case guid, guidBytes
    case exchange(Exchange)
    case algorithm(Reference, [Argument])
    case forEach(Loop)

    /// Its word in the grammar.
    public var name: Name {
        switch self {
        case .md5: .md5
        case .sha1: .sha1
        case .hmacSHA1: .hmacSHA1
        case .tripleDES: .tripleDES
        case .base64: .base64
        case .fromBase64: .fromBase64
        case .hexadecimal: .hexadecimal
        case .concatenate: .concatenate
        case .fill: .fill
        case .take: .take
        case .numbers: .numbers
        case .bytes: .bytes
        case .item: .item
        case .list: .list
        case .add: .add
        case .multiply: .multiply
        case .and: .and
        case .xor: .xor
        case .decimal: .decimal
        case .percentEncode: .percentEncode
        case .percentDecode: .percentDecode
        case .replace: .replace
        case .field: .field
        case .guid: .guid
        case .guidBytes: .guidBytes
        case .exchange: .exchange
        case .algorithm: .algorithm
        case .forEach: .forEach
        }
    }
}

extension AlgorithmOperation.Name {
    /// The kinds of operands, and how many there are.
    var operands: (kinds: [AlgorithmType.Kind], count: ClosedRange<Int>) {
        let most = GrammarLimit.operands
        return switch self {
        case .md5, .sha1, .hmacSHA1, .tripleDES, .base64, .hexadecimal, .concatenate, .fill, .numbers:
            ([.text, .bytes], 1...most)
        case .take: ([.text, .bytes], 1...1)
        case .fromBase64, .percentEncode, .percentDecode, .replace, .field, .guidBytes: ([.text], 1...1)
        case .guid: ([.bytes], 1...1)
        case .bytes: ([.number, .numbers], 1...most)
        case .item, .forEach: ([.numbers], 1...1)
        case .list: ([.number], 1...most)
        case .add, .multiply: ([.number], 2...most)
        case .and, .xor: ([.number, .numbers], 2...2)
        case .decimal: ([.number], 1...1)
        case .exchange, .algorithm: ([], 0...0)
        }
    }
}
