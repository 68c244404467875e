import YAMLTree

/// What a test compares of a diagnostic.
struct Found: Equatable, CustomStringConvertible {
    var identifier: String
    var line: Int
    var column: Int
    var length: Int

    init(_ identifier: String, _ line: Int, _ column: Int, _ length: Int = 1) {
        self.identifier = identifier
        self.line = line
        self.column = column
        self.length = length
    }

    var description: String { "\(identifier) \(line):\(column)+\(length)" }
}

func read(
    _ bytes: [UInt8], limits: YAMLLimits = .default
) -> (root: YAMLNode?, list: DiagnosticList, found: [Found]) {
    var list = DiagnosticList()
    let root = YAMLParser.parse(SourceFile(path: "t.yaml", bytes: bytes), limits: limits, into: &list)
    let found = list.all.map {
        Found($0.identifier, $0.location.line, $0.location.column, $0.location.length)
    }
    return (root, list, found)
}

func read(
    _ text: String, limits: YAMLLimits = .default
) -> (root: YAMLNode?, list: DiagnosticList, found: [Found]) {
    read(Array(text.utf8), limits: limits)
}
