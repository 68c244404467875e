import Foundation

/// The rows of vector files that are believed wrong, each with its reason: a file beside the vectors.
struct VectorExceptions {
    /// The name of the list.
    static let fileName = "exceptions.tsv"
    /// What the columns of the list are called.
    static let heading = "file\tversions\tserver\tdirection\tvalidity\twire\treason"

    /// A row of the list.
    struct Entry {
        /// The row of the list.
        let line: Int
        /// The file it is about.
        let file: String
        /// The columns of the row it is about, but the last.
        let key: String
    }

    /// The rows of the list.
    private(set) var entries: [Entry] = []
    /// What is wrong with the list itself.
    private(set) var problems: [String] = []
    /// Where the list is.
    let path: String

    /// Reads the list beside a vector file; there are no exceptions where there is no list.
    init(beside file: String) {
        path = URL(filePath: file).deletingLastPathComponent().appending(path: Self.fileName).relativePath
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().makeIterator()
        guard let first = lines.next(), first.element == Self.heading else {
            problems.append("\(path):1: the first row has to be the heading")
            return
        }
        while let (index, line) = lines.next() {
            guard !line.isEmpty else { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 7, !columns[6].isEmpty else {
                problems.append("\(path):\(index + 1): seven columns are needed, the last one with the reason")
                continue
            }
            entries.append(
                Entry(
                    line: index + 1, file: String(columns[0]), key: columns[1...5].joined(separator: "\t")))
        }
    }

    /// The rows of the list about a vector file.
    func entries(for file: String) -> [Entry] {
        let name = URL(filePath: file).lastPathComponent
        return entries.filter { $0.file == name }
    }
}
