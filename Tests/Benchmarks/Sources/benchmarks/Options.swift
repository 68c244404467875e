import MSNP
import WireProtocol

/// What the command line asks for.
struct Options {
    enum Part: String, CaseIterable {
        case decode, headers, encode, memory, scaling
    }

    static let usage = """
        usage: benchmarks [--markdown] [--rounds N] [--only decode|headers|encode|memory|scaling] [--largest MIB]
                          [--file PATH [--version N] [--service NAME]]
               benchmarks --once WHAT [--repeats N] [--file PATH ...]

        WHAT is framing, decode, texts, headers, reads64, reads1, memchr, split, duplicate, duplicate-texts, encode,
        encode-payload, print, print-payload, write-nothing or nothing.
        --once runs one pass, or N, and prints nothing: for a tool that counts instructions or samples.

        """

    var markdown = false
    var rounds = 15
    var largest = 64
    var repeats = 1
    var parts = Set(Part.allCases)
    var file: String?
    var version = ProtocolVersion(12)
    var service = Service.notification
    var once: String?

    struct Wrong: Error, CustomStringConvertible { var description: String }

    init(_ arguments: [String]) throws(Wrong) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            if name == "--markdown" {
                markdown = true
                continue
            }
            guard let value = rest.popFirst() else { throw Wrong(description: "\(name) is no option or needs a value") }
            switch name {
            case "--rounds": rounds = try Self.number(name, value)
            case "--repeats": repeats = try Self.number(name, value)
            case "--largest": largest = try Self.number(name, value)
            case "--only":
                guard let part = Part(rawValue: value) else { throw Wrong(description: "no part is called \(value)") }
                parts = [part]
            case "--file": file = value
            case "--version": version = ProtocolVersion(UInt8(clamping: try Self.number(name, value)))
            case "--service":
                guard let known = Service(rawValue: value) else { throw Wrong(description: "no service \(value)") }
                service = known
            case "--once": once = value
            default: throw Wrong(description: "\(name) is no option")
            }
        }
    }

    private static func number(_ name: String, _ value: String) throws(Wrong) -> Int {
        guard let number = Int(value), number > 0 else { throw Wrong(description: "\(name) needs a number") }
        return number
    }
}
