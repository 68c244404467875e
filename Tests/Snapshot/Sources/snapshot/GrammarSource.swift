import Foundation
import ProtocolGrammar
import YAMLTree

/// The grammar of the package and the real lines beside it.
struct GrammarSource {
    struct Unreadable: Error, CustomStringConvertible { var description: String }

    let grammar: Grammar
    private let folder: URL

    static var standardFolder: String {
        URL(filePath: #filePath).appending(path: "../../../../../Grammar").standardizedFileURL.path
    }

    init(folder path: String) throws(Unreadable) {
        folder = URL(filePath: path)
        let (grammar, diagnostics) = GrammarReader.read(Self.files(folder))
        guard !diagnostics.hasErrors, !grammar.versions.isEmpty else {
            throw Unreadable(description: "\(path) holds no grammar without errors")
        }
        self.grammar = grammar
    }

    private static func files(_ folder: URL) -> [SourceFile] {
        var paths = ["protocol.yaml", "versions.yaml", "errors.yaml"].map { folder.appending(path: $0).path }
        for name in ["types", "commands", "payloads", "sessions"] {
            let names = try? FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: name).path)
            paths += (names ?? []).filter { $0.hasSuffix(".yaml") }.sorted().map {
                folder.appending(path: "\(name)/\($0)").path
            }
        }
        return paths.map { SourceFile(path: $0, bytes: Array(FileManager.default.contents(atPath: $0) ?? Data())) }
    }

    /// The numbers of all versions.
    var versions: [UInt8] { grammar.versions.map { UInt8(clamping: $0.number) } }

    var services: [String] { grammar.services.map(\.name) }

    /// Each valid example line, with the versions it is an example of.
    var examples: [(line: Line, versions: [UInt8])] {
        var result: [(line: Line, versions: [UInt8])] = []
        for example in grammar.commands.flatMap(\.examples) {
            for line in example.lines {
                let context = Context(isClient: line.sender == .client, service: example.service, version: 0)
                let found = Line(
                    text: Array(line.text.utf8), payload: line.payload.map { Array($0.utf8) }, context: context)
                result.append((found, numbers(example.versions)))
            }
        }
        return result
    }

    /// Each line that must be refused, with the versions that must refuse it.
    var invalidExamples: [(line: Line, versions: [UInt8])] {
        grammar.commands.flatMap(\.invalidExamples).map { example in
            let context = Context(isClient: example.sender == .client, service: example.service, version: 0)
            let line = Line(
                text: Array(example.text.utf8), payload: example.payload.map { Array($0.utf8) }, context: context)
            return (line, numbers(example.versions))
        }
    }

    /// The rows of the files of real lines.
    var vectors: [(line: Line, versions: [UInt8])] {
        let path = folder.appending(path: "vectors")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
        return names.filter { $0.hasSuffix(".tsv") }.sorted().flatMap { name in
            let data = FileManager.default.contents(atPath: path.appending(path: name).path) ?? Data()
            return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap { vector($0) }
        }
    }

    private func vector(_ row: Substring) -> (line: Line, versions: [UInt8])? {
        let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
        let services = ["DS": "dispatch", "NS": "notification", "SB": "switchboard", "FT": "fileTransfer"]
        guard columns.count == 6, let service = services[String(columns[1])] else { return nil }
        let numbers = columns[0].split(separator: ",").flatMap { part -> [UInt8] in
            let ends = part.filter { $0 != " " }.split(separator: "-").compactMap { $0 == "CVR0" ? 0 : UInt8($0) }
            guard let first = ends.first, let last = ends.last, first <= last else { return [] }
            return Array(first...last)
        }
        let wire = Self.unescaped(columns[4])
        let end = wire.indices.first { wire[$0] == 13 && $0 + 1 < wire.count && wire[$0 + 1] == 10 } ?? wire.count
        let rest = Array(wire[min(end + 2, wire.count)...])
        let context = Context(isClient: columns[2] == "C>S", service: service, version: 0)
        let line = Line(text: Array(wire[..<end]), payload: rest.isEmpty ? nil : rest, context: context)
        return (line, numbers.filter { versions.contains($0) })
    }

    private static func unescaped(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let letter = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch letter {
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "x"):
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            default: bytes.append(letter)
            }
        }
        return bytes
    }

    private func numbers(_ set: VersionSet) -> [UInt8] { set.numbers.map { UInt8(clamping: $0) } }
}
