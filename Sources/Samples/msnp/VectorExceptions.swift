#if Network
import Foundation

/// The vector rows that are believed wrong, each with its reason, from a file beside the vectors.
struct VectorExceptions {
    static let fileName = "exceptions.tsv"
    static let heading = "file\tversions\tserver\tdirection\tvalidity\twire\treason"

    /// An entry of the list.
    struct Entry {
        /// The line of the entry in the list.
        let line: Int
        /// The name of the vector file.
        let file: String
        /// All columns but the last of the vector row.
        let key: String
    }

    private(set) var entries: [Entry] = []
    /// Mistakes in the list itself.
    private(set) var problems: [String] = []
    let path: String

    /// Reads the list beside a vector file; without a list there are no exceptions.
    init(beside file: String) {
        let path = URL(filePath: file).deletingLastPathComponent().appending(path: Self.fileName).relativePath
        self.init(path: path, text: try? String(contentsOfFile: path, encoding: .utf8))
    }

    /// Reads a list.
    init(path: String, text: String?) {
        self.path = path
        guard let text else { return }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().makeIterator()
        guard let first = lines.next(), first.element == Self.heading else {
            problems.append("\(path):1: the first row must be the heading")
            return
        }
        while let (index, line) = lines.next() {
            guard !line.isEmpty else { continue }
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard columns.count == 7, !columns[6].isEmpty else {
                problems.append("\(path):\(index + 1): expected seven columns, the last one a reason")
                continue
            }
            entries.append(
                Entry(
                    line: index + 1, file: String(columns[0]), key: columns[1...5].joined(separator: "\t")))
        }
    }

    /// The entries for a vector file.
    func entries(for file: String) -> [Entry] {
        let name = URL(filePath: file).lastPathComponent
        return entries.filter { $0.file == name }
    }
}
#endif
