import ProtocolGrammar
import SwiftEmitter
import TestSupport
import Testing
import YAMLTree

/// No text of a grammar becomes code: it is refused with its place, or it changes comments and literals alone.
struct PoisonTests {
    private static func grammar() throws -> PoisonedGrammar { PoisonedGrammar(try Reference.files()) }

    /// The files are checked side by side.
    static let files = 0..<((try? Reference.files().count) ?? 0)

    @Test(arguments: files) func invisibleCharactersAreRefusedInEveryScalar(_ file: Int) throws {
        let poisoned = try Self.grammar()
        let spots = poisoned.spots.filter { $0.file == file }
        for step in 0..<3 {
            // Many at once, each of which must be refused at a place of its own.
            for start in stride(from: 0, to: spots.count, by: 50) {
                let batch = spots[start..<min(start + 50, spots.count)].map { spot in
                    (spot: spot, poison: Poison.invisible[(spot.number * 2 + step * 4) % Poison.invisible.count])
                }
                let poisons = Dictionary(uniqueKeysWithValues: batch.map { ($0.spot.number, $0.poison) })
                if Self.refusals(poisoned.file(file, poisons)) == batch.count { continue }
                for (spot, poison) in batch where Self.refusals(poisoned.file(spot, poison)) == 0 {
                    // Payloads have lines that end with CR LF.
                    let isLine = poison.unicodeScalars.allSatisfy { $0 == "\r" || !UnsafeCharacter.isUnsafe($0) }
                    #expect(isLine, "\(spot): \(poison.debugDescription)")
                    try expectHarmless(poisoned, spot, poison)
                }
            }
        }
    }

    /// The number of places of a file at which an invisible character is refused.
    private static func refusals(_ file: SourceFile) -> Int {
        let found = GrammarReader.read([file]).diagnostics.all.filter {
            $0.identifier == "unsafe-character" && $0.location.file == file.path
        }
        return Set(found.map(\.location)).count
    }

    /// One of the texts in the place of each scalar, another one from spot to spot; the next test takes all.
    @Test(arguments: files) func everyScalarIsRefusedOrStaysText(_ file: Int) throws {
        let poisoned = try Self.grammar()
        for (index, spot) in poisoned.spots.enumerated() where spot.file == file {
            try expectHarmless(poisoned, spot, Poison.visible[index % Poison.visible.count])
        }
    }

    /// Texts that become comments or literals reach the code under each of the poisons.
    @Test(arguments: Poison.visible) func whatIsPrintedStaysText(_ poison: String) throws {
        let poisoned = try Self.grammar()
        let printed = [
            "A made-up protocol that uses every feature of the grammar language.", "The first one.",
            "Begins a conversation.",
            "The answer names the session.", "Says something.", "Where everything begins.", "How somebody is.", "GD",
            "Always the same.", "The method comes twice.", "s=", "text/x-note", "Mood",
            "What somebody leaves on the desk.",
        ]
        for text in printed {
            let spots = poisoned.spots.filter { $0.description.hasSuffix("'\(text.prefix(40))'") }
            try #require(!spots.isEmpty, "\(text)")
            for spot in spots { try expectHarmless(poisoned, spot, poison) }
        }
    }

    private static let baseline: [String: String] = {
        let files = (try? Reference.files()) ?? []
        return Dictionary(
            SwiftEmitter.emit(GrammarReader.read(files).grammar).map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
    }()

    private func expectHarmless(_ poisoned: PoisonedGrammar, _ spot: PoisonedGrammar.Spot, _ poison: String) throws {
        let files = poisoned.files(spot, poison)
        let (grammar, read) = GrammarReader.read(files)
        var found = read.all
        if !read.hasErrors { found += GrammarChecker.check(grammar).all }
        if !found.contains(where: { $0.severity == .error }) { found += SwiftChecker.check(grammar).all }
        let errors = found.filter { $0.severity == .error }
        for error in errors {
            let file = files.first { $0.path == error.location.file }
            #expect(
                error.location.line >= 1 && (file != nil || error.identifier == "missing-file"), "\(spot): \(error)")
        }
        guard errors.isEmpty else { return }
        let output = SwiftEmitter.emit(grammar)
        #expect(Set(output.map(\.name)) == Set(Self.baseline.keys), "\(spot): \(poison.debugDescription)")
        for file in output {
            if file.text == Self.baseline[file.name] { continue }
            let hidden = file.text.unicodeScalars.contains(where: UnsafeCharacter.isUnsafe)
            #expect(!hidden, "\(spot): \(poison.debugDescription) in \(file.name)")
            // What is left out may leave out code; it never adds any.
            if poison.isEmpty { continue }
            let isSame = SwiftTokens.haveSameCode(file.text, Self.baseline[file.name] ?? "")
            #expect(isSame, "\(spot): \(poison.debugDescription) in \(file.name)")
        }
    }
}

struct SwiftTokenTests {
    @Test func codeIsComparedAroundDifferences() {
        let first = "// a\nlet a = 1\n\n// b\nlet b = \"x\"\n\nlet c = 2\n"
        #expect(SwiftTokens.haveSameCode(first, first.replacing("\"x\"", with: "\"\"\"\n  y\n  \"\"\"")))
        #expect(SwiftTokens.haveSameCode(first, first.replacing("// b", with: "// b\n// c")))
        #expect(!SwiftTokens.haveSameCode(first, first.replacing("// b", with: "// b\rlet d = 3")))
        #expect(!SwiftTokens.haveSameCode(first, first.replacing("let c = 2", with: "let c = 3")))
        #expect(!SwiftTokens.haveSameCode(first, first + "let d = 3\n"))
    }

    @Test(arguments: [
        ("let a = 1 // b\nlet c", "leta=1letc"), ("// a\rlet b", "letb"), ("a(\"x\\\"y\", b)", "a(\"\",b)"),
        ("a(\"\"\"\n  x \\\n  \"y\"\n  \"\"\")b", "a(\"\")b"), ("\"a\\(b)\"", "\"\\(\""),
        ("\"a\nb\"", "\"<line break>\""),
        ("\"a", "\"<no end>"), ("a /* b", "a/*b"),
    ])
    func onlyCodeIsLeft(_ text: String, _ code: String) {
        #expect(SwiftTokens.code(of: text) == code)
    }
}
