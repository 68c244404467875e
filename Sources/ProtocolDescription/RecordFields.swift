/// The fields of one record, as many as its kind has.
struct RecordFields {
    let record: DescriptionRecord
    private let texts: [String]
    private let line: Int

    init(_ bytes: Substring.UTF8View, line: Int) throws(DescriptionError) {
        self.line = line
        var parts = bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)[...]
        let name = parts.popFirst().map { String(Substring($0)) } ?? ""
        guard let record = DescriptionRecord(rawValue: name) else {
            throw DescriptionError(line: line, kind: .unknownRecord(String(name.prefix(40))))
        }
        guard parts.count == record.count else {
            throw DescriptionError(
                line: line, kind: .wrongFieldCount(record: name, expected: record.count, found: parts.count))
        }
        var texts: [String] = []
        for part in parts { texts.append(try Self.unescaped(part, line: line)) }
        self.record = record
        self.texts = texts
    }

    /// A field of a record; records have as many as they need, so nothing is ever missing.
    subscript(index: Int) -> String { texts.indices.contains(index) ? texts[index] : "" }

    var misplaced: DescriptionError { DescriptionError(line: line, kind: .misplaced(record: record.rawValue)) }

    func invalid(_ text: some StringProtocol) -> DescriptionError {
        DescriptionError(line: line, kind: .invalidField(String(text.prefix(40))))
    }

    func list(_ index: Int) -> [String] {
        self[index].split(separator: ",").map(String.init)
    }

    func flag(_ index: Int) throws(DescriptionError) -> Bool {
        switch self[index] {
        case "yes": true
        case "no": false
        default: throw invalid(self[index])
        }
    }

    func number(_ index: Int, upTo most: Int) throws(DescriptionError) -> Int {
        try number(self[index], upTo: most)
    }

    /// Rising numbers of versions, written as `2-7,10`.
    func numbers(_ index: Int) throws(DescriptionError) -> [Int] {
        var result: [Int] = []
        for range in self[index].split(separator: ",") {
            let ends = range.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2, let start = ends.first, let end = ends.last else { throw invalid(range) }
            let (first, last) = (try number(start, upTo: 127), try number(end, upTo: 127))
            guard first <= last, first > result.last ?? -1 else { throw invalid(range) }
            result += first...last
        }
        return result
    }

    private func number(_ text: some StringProtocol, upTo most: Int) throws(DescriptionError) -> Int {
        guard let number = Int(text), (0...most).contains(number) else { throw invalid(text) }
        return number
    }

    private static func unescaped(_ field: Substring.UTF8View, line: Int) throws(DescriptionError) -> String {
        guard field.contains(UInt8(ascii: "\\")) else { return String(Substring(field)) }
        var bytes: [UInt8] = []
        var rest = field
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "\\"): bytes.append(byte)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            default:
                throw DescriptionError(line: line, kind: .invalidField(String(Substring(field).prefix(40))))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
