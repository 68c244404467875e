import CBaseline

/// One thing to measure: it handles `commands` commands each time it is run and gives a sum, which keeps it alive.
struct Work {
    var name: String
    var commands: Int
    var run: () -> UInt64
}

/// What one piece of work took, in nanoseconds a command.
struct Timing {
    var name: String
    var median: Double
    var minimum: Double
    /// The medians of the ratios to other work, taken within each round, by its name.
    var ratios: [String: Double]
    var allocations: Double
}

enum Stopwatch {
    /// Runs every work once a round, so that what disturbs the machine disturbs all of them.
    static func measure(_ works: [Work], rounds: Int, against references: [String]) -> [Timing] {
        var times = works.map { _ in [Double]() }
        var allocations = works.map { _ in 0.0 }
        var sink: UInt64 = 0
        for round in 0...rounds {
            for (index, work) in works.enumerated() {
                let allocated = allocation_count()
                let start = clock_nanoseconds()
                sink &+= work.run()
                let end = clock_nanoseconds()
                let count = Double(max(1, work.commands))
                allocations[index] = Double(allocation_count() - allocated) / count
                if round > 0 { times[index].append(Double(end - start) / count) }
            }
        }
        keep(sink)
        return works.indices.map { index in
            var ratios: [String: Double] = [:]
            for name in references {
                guard let other = works.firstIndex(where: { $0.name == name }) else { continue }
                ratios[name] = median(zip(times[index], times[other]).map { $0 / $1 })
            }
            return Timing(
                name: works[index].name, median: median(times[index]), minimum: times[index].min() ?? 0,
                ratios: ratios, allocations: allocations[index])
        }
    }

    static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}

/// Keeps the compiler from leaving out the work that made a value.
@inline(never)
func keep<Value>(_ value: Value) {
    withExtendedLifetime(value) {}
}
