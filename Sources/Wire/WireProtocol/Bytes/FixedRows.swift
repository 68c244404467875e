/// Rows that never change, in their own memory, so that reading one retains and copies nothing.
// Proof: it owns the memory, writes it only in `init` and frees it in `deinit`; rows are `Sendable`.
final class FixedRows<Row: Sendable>: @unchecked Sendable {
    let start: UnsafePointer<Row>
    private let memory: UnsafeMutablePointer<Row>

    private let count: Int

    init(_ rows: [Row]) {
        count = rows.count
        memory = .allocate(capacity: max(1, rows.count))
        memory.initialize(from: rows, count: rows.count)
        start = UnsafePointer(memory)
    }

    deinit {
        memory.deinitialize(count: count)
        memory.deallocate()
    }
}
