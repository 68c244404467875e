import ProtocolGrammar

/// Prints known deviations of programs.
struct DeviationEmitter {
    let grammar: Grammar

    /// Prints the programs with known deviations.
    func emitPrograms(into printer: inout SwiftPrinter) {
        guard !grammar.programs.isEmpty else { return }
        printer.line()
        printer.block("extension PeerProgram") { printer in
            for program in grammar.programs {
                printer.document("\(program.title). \(program.about)")
                printer.line(
                    "public static let \(Self.member(program.name)) = PeerProgram(\(SwiftName.literal(program.name)), title: \(SwiftName.literal(program.title)))"
                )
            }
        }
    }

    /// Prints the deviations of a command's forms from one side as an argument.
    func emit(_ command: Command, from sender: Sender, tail: String, into printer: inout SwiftPrinter) {
        printer.line("\(sender.rawValue)Deviations: [")
        printer.indented { printer in
            for form in command.forms(from: sender) {
                for entry in form.deviations { emit(entry, of: form, into: &printer) }
            }
        }
        printer.line("]" + tail)
    }

    private func emit(_ entry: FormDeviation, of form: Form, into printer: inout SwiftPrinter) {
        var parts = ["of: \(SwiftName.type(form.name)).table"]
        parts += SwiftName.ranges(entry.versions, of: grammar.allVersions)
        parts.append("by: \(programs(entry.deviation))")
        printer.line("DeviantForm(")
        printer.indented { printer in
            printer.line(parts.joined(separator: ", ") + ",")
            let words = FormTableEmitter(form: form, grammar: grammar).rows(of: form.patched(by: entry))
            var about = "about: " + SwiftName.literal(entry.deviation.about)
            if let rule = entry.transaction { about += ", transaction: .\(rule)" }
            printer.line(about + (words.isEmpty ? ")," : ","))
            if !words.isEmpty { printer.rows("words: ", words, "),") }
        }
    }

    /// The rows of a type's spellings.
    func rows(of type: ValueType) -> [String] {
        type.deviations.map { entry in
            var parts = [".\(entry.spelling)"]
            parts += SwiftName.ranges(entry.versions, of: grammar.allVersions)
            parts += ["by: \(programs(entry.deviation))", "about: " + SwiftName.literal(entry.deviation.about)]
            return "SpellingDeviation(\(parts.joined(separator: ", ")))"
        }
    }

    /// The rows of a document's deviations.
    func rows(of payload: PayloadType) -> [String] {
        payload.deviations.map { entry in
            let elements = entry.elements.map { SwiftName.literal($0.name) }.joined(separator: ", ")
            return "DocumentDeviation(unescaped: [\(elements)], by: \(programs(entry.deviation)), "
                + "about: \(SwiftName.literal(entry.deviation.about)))"
        }
    }

    /// The programs of a deviation as an array.
    func programs(_ deviation: Deviation) -> String {
        "[" + deviation.programs.map { ".\(Self.member($0.name))" }.joined(separator: ", ") + "]"
    }

    /// The name of a program in code: `pidgin210` for `pidgin-2.10`.
    static func member(_ name: String) -> String {
        let parts = name.split { $0 == "-" || $0 == "." || $0 == "_" }
        let joined = parts.enumerated().map { index, part in
            index == 0 ? part.lowercased() : part.prefix(1).uppercased() + part.dropFirst()
        }.joined()
        return SwiftName.member(joined)
    }
}
