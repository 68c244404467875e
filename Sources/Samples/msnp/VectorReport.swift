#if Network
/// Checks the rows of vector files and counts the results.
struct VectorReport {
    /// Rows that behave as they are marked.
    private(set) var passed = 0
    /// Rows that do not, and mistakes in the list of exceptions.
    private(set) var failed = 0
    /// Rows that fail as the list of exceptions expects.
    private(set) var excepted = 0
    /// The lists of exceptions whose mistakes have been reported.
    private var lists: Set<String> = []

    var totals: String { "\(passed) passed, \(failed) failed, \(excepted) excepted" }

    /// Whether there were rows and none of them failed.
    var isClean: Bool { failed == 0 && passed + excepted > 0 }

    /// Checks the rows of a file, and that its exceptions are still needed; returns a line for each problem.
    mutating func check(_ text: String, file: String, _ exceptions: VectorExceptions) -> [String] {
        var problems: [String] = []
        if lists.insert(exceptions.path).inserted { problems += exceptions.problems }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let excepted = exceptions.entries(for: file)
        guard !excepted.isEmpty || lines.contains(where: VectorRow.hasColumns) else {
            failed += problems.count
            return problems + ["\(file): skipped, because no row has the six columns of a wire line"]
        }
        var seen: Set<String> = []
        for (index, line) in lines.enumerated() {
            let place = "\(file):\(index + 1)"
            do throws(VectorRow.Problem) {
                guard let row = try VectorRow(String(line)) else { continue }
                seen.insert(row.key)
                let exception = excepted.first { $0.key == row.key }
                problems += check(row, place, exception.map { "\(exceptions.path):\($0.line)" })
            } catch {
                problems.append("\(place): \(error)")
            }
        }
        for exception in excepted where !seen.contains(exception.key) {
            problems.append("\(exceptions.path):\(exception.line): no such row in \(file)")
        }
        failed += problems.count
        return problems
    }

    /// Checks a row, which may be an exception; returns the problem, if there is one.
    private mutating func check(_ row: VectorRow, _ place: String, _ exception: String?) -> [String] {
        let failures = VectorCheck.check(row)
        if let exception {
            guard failures.isEmpty else {
                excepted += 1
                return []
            }
            return ["\(place): the row behaves as marked, so its exception at \(exception) is stale"]
        }
        guard failures.isEmpty else {
            return [failures.map { "\(place): \($0.version): \($0.reason)" }.joined(separator: "\n")]
        }
        passed += 1
        return []
    }
}
#endif
