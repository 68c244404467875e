/// Rows that never change, at a place of their own, so that a look at one of them keeps nothing alive and copies nothing.
// Proof: the memory is its own, written in `init` alone and given back in `deinit`; rows are `Sendable`.
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
