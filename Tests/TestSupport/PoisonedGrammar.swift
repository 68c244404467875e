import YAMLTree

/// The files of a grammar with one scalar after the other replaced.
package struct PoisonedGrammar: Sendable {
    /// A scalar of a file, keys included, by its place in the order of reading.
    package struct Spot: Sendable, CustomStringConvertible {
        package var file: Int
        package var number: Int
        package var description: String
    }

    private let files: [SourceFile]
    private let trees: [YAMLNode]
    /// Every scalar of every file.
    package let spots: [Spot]

    package init(_ files: [SourceFile]) {
        var diagnostics = DiagnosticList()
        self.files = files
        trees = files.compactMap { YAMLParser.parse($0, lineKeys: ["payload", "text", "trailer"], into: &diagnostics) }
        precondition(trees.count == files.count, diagnostics.rendered(sources: files))
        spots = trees.enumerated().flatMap { file, tree in
            var writer = Writer(poisons: [:])
            writer.write(tree)
            return writer.scalars.enumerated().map { number, text in
                Spot(file: file, number: number, description: "\(files[file].path) '\(text.prefix(40))'")
            }
        }
    }

    /// The file of a spot, with another text in its place.
    package func file(_ spot: Spot, _ poison: String) -> SourceFile {
        file(spot.file, [spot.number: poison])
    }

    /// A file with other texts in the places of some scalars, by their numbers.
    package func file(_ index: Int, _ poisons: [Int: String]) -> SourceFile {
        var writer = Writer(poisons: poisons)
        writer.write(trees[index])
        return SourceFile(path: files[index].path, bytes: Array(writer.text.utf8))
    }

    /// All files, with another text in the place of a scalar.
    package func files(_ spot: Spot, _ poison: String) -> [SourceFile] {
        var result = files
        result[spot.file] = file(spot, poison)
        return result
    }

    /// A tree as YAML, with all scalars in quotation marks.
    package static func text(of tree: YAMLNode) -> String {
        var writer = Writer(poisons: [:])
        writer.write(tree)
        return writer.text
    }

    /// Writes a tree as YAML in brackets.
    private struct Writer {
        var poisons: [Int: String]
        var text = ""
        var scalars: [String] = []

        mutating func write(_ node: YAMLNode) {
            switch node.content {
            case .scalar(let scalar, _): write(scalar)
            case .sequence(let items):
                text += "["
                for item in items {
                    write(item)
                    text += ", "
                }
                text += "]"
            case .mapping(let entries):
                text += "{"
                for entry in entries {
                    write(entry.key)
                    text += ": "
                    write(entry.value)
                    text += ",\n"
                }
                text += "}"
            }
        }

        private mutating func write(_ scalar: String) {
            let poison = poisons[scalars.count]
            scalars.append(scalar)
            text += "\""
            for character in (poison ?? scalar).unicodeScalars {
                if character == "\"" || character == "\\" {
                    text += "\\\(character)"
                } else if (0x20..<0x7F).contains(character.value) {
                    text.unicodeScalars.append(character)
                } else {
                    let digits = String(character.value, radix: 16)
                    text += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                }
            }
            text += "\""
        }
    }
}

/// Texts that a grammar must not be able to smuggle into what is generated from it.
package enum Poison {
    /// Texts with characters that no scalar may have.
    package static let invisible = [
        "x.\rpublic let evil = 1 //", "x\u{85}public let evil = 1 //", "x\u{2028}public let evil = 1 //",
        "x\u{2029}public let evil = 1 //", "x\u{0}", "\u{1B}[2Jx", "x\u{7F}", "\u{9B}31mx", "x\u{202E}live",
        "x\u{2066}live\u{2069}", "x\u{FEFF}", "x\u{200B}", "x\u{AD}y",
    ]

    /// Texts that any scalar may have as far as YAML is concerned.
    package static let visible = [
        "x\npublic let evil = 1\n//", "*/ public let evil = 1 /*", "\"); fatalError(\"", "\\(evil())",
        "\"\"\"\n}\nevil()",
        "\"# + evil() + #\"", "`evil`", "../../evil", "", "A: Sendable {}; public func evil() {}", "evil {}",
        "<script>evil()</script>", "[evil](javascript:evil)", "![x](evil)", "| evil |", "x // evil", "a b", "é", "-",
        "x\\",
        "    evil",
    ]
}
