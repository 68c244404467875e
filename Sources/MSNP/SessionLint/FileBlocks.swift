import WireProtocol

/// The blocks that carry a file between two lines of a file transfer: a byte that is 0, or 1 for the last one, the
/// number of bytes with the low byte first, and the bytes.
public struct FileBlocks: Hashable, Sendable {
    private var header: [UInt8] = []
    private var missing = 0
    /// Whether the last block has come.
    public private(set) var isFinished = false
    /// Whether the bytes so far end at the end of a block.
    public var isComplete: Bool { header.isEmpty && missing == 0 }

    /// Begins with the first block.
    public init() {}

    /// Whether a command is followed by blocks.
    static func begin(after form: any WireForm) -> Bool {
        type(of: form).sender == .client && "\(type(of: form).command)" == "TFR"
    }

    /// Takes the bytes of blocks, and gives back those behind the last one.
    public mutating func take(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        while !isFinished, !rest.isEmpty {
            let count = min(missing, rest.count)
            rest = rest.dropFirst(count)
            missing -= count
            guard missing == 0, let byte = rest.first else { continue }
            // A line comes where the sender ends without a last block.
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
