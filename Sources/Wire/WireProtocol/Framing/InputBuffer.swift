/// The buffered input and the position in it.
///
/// Forms point into the chunk, so it never changes; later input waits in `rest`. A command that the chunk cuts in two
/// gets its own small chunk, and then the rest becomes the chunk, so that large reads are not copied.
struct InputBuffer: Sendable {
    private(set) var chunk = ByteChunk.empty
    /// The first byte of the chunk that no command has used yet.
    private(set) var head = 1
    /// The offset of the head in the stream.
    private(set) var offset: UInt64 = 0
    private var rest: [UInt8] = []
    private var restHead = 0
    // No line feed occurs before these positions.
    private var scanned = 1
    private var restScanned = 0

    /// The number of bytes that no command has used yet.
    var count: Int { chunk.count &- head &+ (rest.count &- restHead) }

    /// Whether the chunk is used up.
    @inline(__always) var isAtEnd: Bool { head == chunk.count }

    mutating func append(_ bytes: [UInt8]) {
        if restHead == rest.count {
            rest = bytes
            restHead = 0
            restScanned = 0
        } else {
            append(bytes.span)
        }
    }

    mutating func append(_ bytes: Span<UInt8>) {
        if restHead == rest.count {
            rest = []
            restHead = 0
            restScanned = 0
        } else {
            compactRest()
        }
        // With small reads, the array would grow many times before a command is complete.
        let size = rest.count &+ bytes.count
        if rest.capacity < size { rest.reserveCapacity(max(512, size &* 2)) }
        bytes.withUnsafeBufferPointer { rest.append(contentsOf: $0) }
    }

    /// Drops the used bytes of the rest once they are at least half of it.
    @inline(__always)
    private mutating func compactRest() {
        if restHead > 0, restHead >= rest.count &- restHead { dropUsed() }
    }

    @inline(never)
    private mutating func dropUsed() {
        rest.removeFirst(restHead)
        restScanned = max(0, restScanned &- restHead)
        restHead = 0
    }

    /// Moves the head to a position in the chunk.
    @inline(__always)
    mutating func advance(to index: Int) {
        offset &+= UInt64(truncatingIfNeeded: index &- head)
        head = index
        scanned = index
    }

    /// The position of the first line feed, moved into the chunk with all bytes before it; `nil` if there is none.
    @inline(__always)
    mutating func lineFeed() -> Int? {
        if scanned < chunk.count {
            if let found = firstIndex(of: 0x0A, in: chunk.view.span, from: scanned) {
                scanned = found
                return found
            }
            scanned = chunk.count
        }
        let end = rest.count
        guard restScanned < end else { return nil }
        guard let found = firstIndex(of: 0x0A, in: rest.span, from: restScanned) else {
            restScanned = end
            return nil
        }
        if isAtEnd {
            takeRest()
            scanned = found
            return found
        }
        pull(found &+ 1 &- restHead)
        scanned = chunk.count &- 1
        return scanned
    }

    /// Moves a number of bytes from the head on into one chunk; `false` if there are fewer.
    mutating func makeContiguous(_ needed: Int) -> Bool {
        let held = chunk.count &- head
        if held >= needed { return true }
        guard count >= needed else { return false }
        if held == 0 { takeRest() } else { pull(needed &- held) }
        return true
    }

    /// Turns the rest into the chunk.
    mutating func takeRest() {
        chunk = ByteChunk(rest)
        head = restHead
        scanned = max(restScanned, restHead)
        rest = []
        restHead = 0
        restScanned = 0
    }

    /// Moves a number of bytes from the rest to a new chunk, after what is left of this one.
    private mutating func pull(_ count: Int) {
        let end = restHead &+ count
        let held = chunk.view[head...]
        let joined = [UInt8](unsafeUninitializedCapacity: held.count &+ count) { memory, size in
            let next = memory.initialize(fromContentsOf: held)
            _ = rest.withUnsafeBufferPointer { memory[next...].initialize(fromContentsOf: $0[restHead..<end]) }
            size = held.count &+ count
        }
        scanned = max(0, scanned &- head)
        chunk = ByteChunk(joined)
        head = 0
        restHead = end
        restScanned = max(restScanned, end)
    }

    /// Drops up to a number of bytes; returns how many.
    mutating func drop(_ most: Int) -> Int {
        var dropped = 0
        while dropped < most {
            if isAtEnd {
                guard restHead < rest.count else { break }
                takeRest()
            }
            let step = min(most &- dropped, chunk.count &- head)
            advance(to: head &+ step)
            dropped &+= step
        }
        return dropped
    }
}
