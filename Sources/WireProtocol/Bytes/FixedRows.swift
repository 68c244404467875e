/// Rows that never change, at a place of their own, so that a look at one of them keeps nothing alive and copies nothing.
final class FixedRows<Row: Sendable>: @unchecked Sendable {
    // Immutable after `init`, which is why it may be shared.
    let start: UnsafePointer<Row>
    private let memory: UnsafeMutableBufferPointer<Row>

    init(_ rows: [Row]) {
        memory = .allocate(capacity: max(1, rows.count))
        _ = memory.initialize(from: rows)
        count = rows.count
        start = UnsafePointer(memory.baseAddress ?? UnsafeMutablePointer.allocate(capacity: 1))
    }

    let count: Int

    deinit {
        memory.extracting(..<count).deinitialize()
        memory.deallocate()
    }
}
