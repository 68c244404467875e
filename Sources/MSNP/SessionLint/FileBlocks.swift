import WireProtocol

/// The blocks that carry a file between two lines of a file transfer. Each is a byte (1 in the last block, otherwise
/// 0), the length in two bytes, low byte first, and the data.
public struct FileBlocks: Hashable, Sendable {
    private var header: [UInt8] = []
    private var missing = 0
    /// Whether the last block has arrived.
    public private(set) var isFinished = false
    /// Whether the bytes so far end at the end of a block.
    public var isComplete: Bool { header.isEmpty && missing == 0 }

    public init() {}

    /// Whether blocks follow a command.
    static func begin(after form: any WireForm) -> Bool {
        type(of: form).sender == .client && "\(type(of: form).command)" == "TFR"
    }

    /// Consumes the bytes of blocks, and returns those after the last block.
    public mutating func take(_ bytes: [UInt8]) -> [UInt8] { take(bytes) { _ in } }

    /// The bytes of blocks with other data.
    mutating func data(in bytes: [UInt8], _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
        var (result, position) = ([UInt8](), 0)
        _ = take(bytes) { data in
            result += bytes[position..<data.startIndex] + change(Array(data))
            position = data.endIndex
        }
        return result + bytes[position...]
    }

    private mutating func take(_ bytes: [UInt8], _ visit: (ArraySlice<UInt8>) -> Void) -> [UInt8] {
        var rest = bytes[...]
        while !isFinished, !rest.isEmpty {
            let count = min(missing, rest.count)
            if count > 0 { visit(rest.prefix(count)) }
            rest = rest.dropFirst(count)
            missing -= count
            guard missing == 0, let byte = rest.first else { continue }
            // A sender that stops without a last block sends a line here.
            if header.isEmpty, byte > 1 {
                isFinished = true
                continue
            }
            header.append(byte)
            rest = rest.dropFirst()
            guard header.count == 3 else { continue }
            missing = Int(header[1]) + Int(header[2]) * 256
            isFinished = header[0] == 1
            header = []
        }
        return Array(rest)
    }
}
