import Foundation
import ProtocolGrammar
import SwiftEmitter
import TestSupport
import Testing
import YAMLTree

/// A grammar file that somebody, or something, spoiled is reported with a place, or still makes a sound grammar.
struct MutationTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func noMutationOfAFileBringsTheReaderDown(seed: UInt64) throws {
        try mutate(Reference.files(), times: 1000, seed: seed)
    }

    /// The same over all of the protocol; slow, and so only where `GRAMMAR_MUTATIONS` says how often.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["GRAMMAR_MUTATIONS"] != nil))
    func noMutationOfTheProtocolBringsTheReaderDown() throws {
        let environment = ProcessInfo.processInfo.environment
        let times = environment["GRAMMAR_MUTATIONS"].flatMap { Int($0) } ?? 1000
        let seed = environment["GRAMMAR_MUTATIONS_SEED"].flatMap { UInt64($0) } ?? 1
        try mutate(Repository.grammarFiles(), times: times, seed: seed)
    }

    private func mutate(_ files: [SourceFile], times: Int, seed: UInt64) throws {
        var mutation = GrammarMutation(seed: seed)
        var sound = 0
        var refused = 0
        for round in 0..<times {
            let index = round % files.count
            let spoiled = SourceFile(path: files[index].path, bytes: mutation.mutate(files[index].bytes))
            // Four times of five only the files that every other one needs stand beside it, which is faster.
            var mutated = files.filter { round % 5 == 0 || Self.isShared($0) }
            mutated.removeAll { $0.path == spoiled.path }
            mutated.append(spoiled)
            let (grammar, read) = GrammarReader.read(mutated)
            let found = read.hasErrors ? read : GrammarChecker.check(grammar)
            for diagnostic in found.all where !hasPlace(diagnostic, in: mutated) {
                Issue.record("no place in round \(round): \(diagnostic)")
            }
            guard !found.hasErrors else {
                refused += 1
                continue
            }
            sound += 1
            // Code is made of few of them, because that takes long.
            if sound % 200 == 0, SwiftEmitter.emit(grammar).isEmpty {
                Issue.record("nothing is made in round \(round)")
            }
        }
        #expect(sound > times / 100)
        #expect(refused > times / 4)
    }

    private static func isShared(_ file: SourceFile) -> Bool {
        ["protocol.yaml", "versions.yaml", "errors.yaml"].contains(file.path)
    }

    private func hasPlace(_ diagnostic: Diagnostic, in files: [SourceFile]) -> Bool {
        let place = diagnostic.location
        guard place.line >= 1, place.column >= 1, !diagnostic.message.isEmpty else { return false }
        guard let file = files.first(where: { $0.path == place.file }) else {
            // A file that is missing as a whole, and errors that are too many, are in no file.
            return ["missing-file", "too-many-errors"].contains(diagnostic.identifier)
        }
        if place.line <= file.bytes.count(where: { $0 == 0x0A }) + 1 { return true }
        // YAML knows more line breaks than one.
        return place.line <= String(decoding: file.bytes, as: UTF8.self).count(where: \.isNewline) + 1
    }
}

/// Spoils the text of a file in one to three places, in the same way for the same seed.
struct GrammarMutation {
    private var random: SeededGenerator

    private static let words = [
        "null", "~", "true", "-1", "0", "99999999999999999999", "1.5", "2-", "+", "7-2", "2-7, 3", "\"", "'", "{", "}",
        "[", "]",
        "&a", "*a", "!!int", "|", ">", "---", "...", "#", "\t", ": ", "- ", "? ", "%", "@", "`", "\u{FEFF}", "\u{0}",
        "\u{85}", "\r", "é", "\u{1F600}", "client:", "server:", "forms:", "values:", "types:", "parameters:",
        "versions: 3+",
        "optional: true", "repeat: true", "literal: X", "type: Missing", "limit: 0", "payload: {}", "when: {}",
        "about:",
    ]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...2, using: &random) {
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
            let line = Int.random(in: 0..<lines.count, using: &random)
            switch Int.random(in: 0..<11, using: &random) {
            case 0: lines.remove(at: line)
            case 1: lines.insert(lines[line], at: Int.random(in: 0...lines.count, using: &random))
            case 2: lines.swapAt(line, Int.random(in: 0..<lines.count, using: &random))
            case 3: lines[line].insert(contentsOf: [0x20, 0x20], at: 0)
            case 4: lines[line].removeFirst(min(2, lines[line].count))
            case 5: replaceWord(&lines[line], with: Array((Self.words.randomElement(using: &random) ?? "").utf8))
            case 6:
                // A reference, key or value from another place of the file.
                let other = lines.randomElement(using: &random) ?? []
                replaceWord(&lines[line], with: Array(other.split(separator: 0x20).randomElement(using: &random) ?? []))
            case 7: lines[line].removeAll { $0 == 0x22 || $0 == 0x27 }
            case 8: lines[line].removeLast(Int.random(in: 0...lines[line].count, using: &random))
            case 9: lines = Array(lines[...line])
            default:
                guard !lines[line].isEmpty else { break }
                let place = Int.random(in: 0..<lines[line].count, using: &random)
                lines[line][place] = UInt8.random(in: 0...255, using: &random)
            }
            bytes = Array(lines.joined(separator: [0x0A]))
        }
        return bytes
    }

    private mutating func replaceWord(_ line: inout [UInt8], with word: [UInt8]) {
        var words = line.split(separator: 0x20, omittingEmptySubsequences: false).map { Array($0) }
        guard let index = words.indices.randomElement(using: &random) else { return }
        if Bool.random(using: &random) { words[index] = word } else { words.insert(word, at: index) }
        line = Array(words.joined(separator: [0x20]))
    }
}
