import Foundation
import ProtocolGrammar
import SwiftEmitter
import TestSupport
import Testing
import YAMLTree

/// The files that the emitter makes of small grammar texts.
func emitted(
    types: String = "", commands: [String: String], options: String? = nil
) throws -> [String: String] {
    let grammar = try toyGrammar(commands: commands, types: types)
    var wanted = GenerationOptions()
    if let options {
        let file = SourceFile(path: "options.yaml", bytes: Array(options.utf8))
        let read = GenerationOptions.read(file, for: grammar)
        let report = read.diagnostics.rendered(sources: [file])
        try #require(!read.diagnostics.hasErrors, "\(report)")
        wanted = read.options
    }
    return Dictionary(
        uniqueKeysWithValues: SwiftEmitter.emit(grammar, options: wanted).map { ($0.name, $0.text) })
}

/// The grammar of small texts, which must be sound as far as reading goes.
func toyGrammar(commands: [String: String], types: String = "", programs: String? = nil) throws -> Grammar {
    let versions = """
        versions:
          1: { name: TOY1, status: complete, about: One. }
          2: { name: TOY2, status: complete, about: Two. }
        """
    let shared = """
        protocol: TOY
        about: A toy.
        services: { main: { about: The only one. } }
        types:
          Token: { kind: token, limit: 64 }
        \(types)
        """
    var files = [
        SourceFile(path: "Toy/versions.yaml", bytes: Array(versions.utf8)),
        SourceFile(path: "Toy/protocol.yaml", bytes: Array(shared.utf8)),
        SourceFile(path: "Toy/errors.yaml", bytes: Array("errors: {}".utf8)),
    ]
    if let programs { files.append(SourceFile(path: "Toy/programs.yaml", bytes: Array(programs.utf8))) }
    for (name, text) in commands.sorted(by: { $0.key < $1.key }) {
        files.append(SourceFile(path: "Toy/commands/\(name).yaml", bytes: Array(text.utf8)))
    }
    let (grammar, diagnostics) = GrammarReader.read(files)
    let report = diagnostics.rendered(sources: files)
    try #require(!diagnostics.hasErrors, "\(report)")
    return grammar
}

/// A command file with one client form `go`, whose parameters and other keys are given.
func command(_ body: String) -> String {
    "command: TOY\nabout: Plays.\nclient:\n  go:\n    about: Goes.\n"
        + body.split(separator: "\n").map { "    \($0)\n" }.joined()
        + "    observed: [toy]\n"
}

/// The lines of a text without the blanks in front of them.
private func trimmed(_ text: String) -> [String] {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }
}

/// Records an issue with a line diff when the text does not contain the lines of the snippet one after another.
func expect(_ text: String?, contains snippet: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    let wanted = trimmed(snippet)
    let lines = trimmed(text ?? "")
    var best = (count: -1, start: 0)
    for start in lines.indices {
        let count = zip(lines[start...], wanted).prefix { $0 == $1 }.count
        if count == wanted.count { return }
        if count > best.count { best = (count, start) }
    }
    let closest = lines.dropFirst(best.start).prefix(wanted.count)
    Issue.record("not found\n\(lineDiff(Array(closest), wanted))", sourceLocation: sourceLocation)
}

/// The lines that differ, `-` for what is there and `+` for what was expected.
func lineDiff(_ found: [String], _ expected: [String]) -> String {
    expected.difference(from: found).map { change in
        switch change {
        case .remove(let offset, let line, _): "-\(offset + 1) \(line)"
        case .insert(let offset, let line, _): "+\(offset + 1) \(line)"
        }
    }
    .prefix(40).joined(separator: "\n")
}

/// The grammar whose output is checked in.
enum Reference {
    static let folder = Repository.folder.appending(path: "Tests/SwiftEmitterTests/Reference")
    static var generated: URL { folder.appending(path: "Generated") }

    static func files() throws -> [SourceFile] {
        try Repository.files(in: folder.appending(path: "Grammar"), ending: ".yaml")
    }
}
