/// Prints tables, for a terminal or as Markdown.
struct Report {
    let markdown: Bool

    func heading(_ text: String) { print(markdown ? "\n### \(text)\n" : "\n\(text)") }

    func remark(_ text: String) { print(markdown ? text + "\n" : "  " + text) }

    func table(_ columns: [String], _ rows: [[String]]) {
        guard !markdown else {
            print("| " + columns.joined(separator: " | ") + " |")
            print("| --- |" + String(repeating: " ---: |", count: columns.count - 1))
            for row in rows { print("| " + row.joined(separator: " | ") + " |") }
            return
        }
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].count }.max() ?? 0
        }
        for row in [columns] + rows {
            let cells = row.indices.map { column in
                let blank = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + blank : blank + row[column]
            }
            print("  " + cells.joined(separator: "  "))
        }
    }

    func timings(_ timings: [Timing], against references: [String]) {
        let columns = ["", "ns, median", "ns, least"] + references.map { "x \($0)" } + ["allocations"]
        table(
            columns,
            timings.map { timing in
                [timing.name, Self.decimal(timing.median, 1), Self.decimal(timing.minimum, 1)]
                    + references.map { timing.ratios[$0].map { Self.decimal($0, 2) } ?? "" }
                    + [Self.decimal(timing.allocations, 3)]
            })
    }

    static func decimal(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((value * scale).rounded())
        let whole = scaled / Int(scale)
        guard digits > 0 else { return String(whole) }
        let fraction = String(scaled % Int(scale))
        return "\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
