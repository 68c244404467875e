extension LineExplainer {
    /// The words about a line that was read.
    func meaning(of line: DecodedLine, version: Int, in scope: Scope) -> String {
        guard let form = description.form(named: line.form) else { return "\(line.form): nothing is known of it\n" }
        var lines = ["\(form.fullName): \(form.about)", "", "  " + (form.line(in: version) ?? ""), ""]
        var rows: [(name: String, text: String)] = line.transaction.map { [("TrID", $0)] } ?? []
        let parameters = form.parameters(in: version)
        for value in line.values {
            let parameter = parameters.first { $0.name == value.name && $0.type != nil }
            rows.append((value.name, text(of: value, parameter, version)))
        }
        let width = rows.map(\.name.count).max() ?? 0
        lines += rows.map { row in
            "  \(row.name)\(String(repeating: " ", count: width - row.name.count))  \(row.text)"
        }
        if !rows.isEmpty { lines.append("") }
        func list(_ name: String, _ items: [String]) {
            if !items.isEmpty { lines.append("  \(name): " + items.joined(separator: ", ")) }
        }
        list("payload", form.payload.isEmpty ? [] : [form.payload])
        let contents = description.payloads.filter {
            $0.forms.contains(form.fullName) || $0.forms.contains(form.command)
        }
        list("payload kinds", contents.compactMap { item($0.name, in: $0.versions, of: form, scope) })
        list(
            "answers",
            form.answers.compactMap { item($0.form, in: versions(of: $0.form), of: form, scope, Self.remark($0)) })
        let questions = description.commands.flatMap(\.forms).filter { question in
            question.sender != form.sender
                && question.answers.contains { $0.form == form.fullName || $0.form == form.command }
        }
        list("answers to", questions.compactMap { item($0.fullName, in: $0.versions, of: form, scope) })
        let errors = description.errors.filter { form.errors.contains($0.name) }
        list("errors", errors.compactMap { item("\($0.number) \($0.name)", in: $0.versions, of: form, scope) })
        list("sources", form.sources)
        list("confidence", [form.confidence])
        list("note", form.notes.isEmpty ? [] : [form.notes])
        return lines.joined(separator: "\n") + "\n"
    }

    /// A name with its versions where the form has more; nil if it shares none, or not the one that was asked about.
    private func item(
        _ name: String, in versions: [Int], of form: ProtocolDescription.Form, _ scope: Scope, _ remark: String? = nil
    ) -> String? {
        let shared = Set(versions).intersection(form.versions)
        if shared.isEmpty { return nil }
        var remarks = [remark].compactMap(\.self)
        if let version = scope.version {
            guard shared.contains(version) else { return nil }
        } else if shared.count < form.versions.count {
            remarks.append(description.describe(shared))
        }
        return remarks.isEmpty ? name : "\(name) (\(remarks.joined(separator: "; ")))"
    }

    /// The versions of a form, or of all forms of a command.
    private func versions(of name: String) -> [Int] {
        if let form = description.form(named: name) { return form.versions }
        return description.command(named: name)?.forms.flatMap(\.versions) ?? []
    }

    private static func remark(_ answer: ProtocolDescription.Form.Answer) -> String? {
        switch answer.count {
        case "0-1": "perhaps"
        case "0+": "any number"
        case "1+": "one or more"
        default: nil
        }
    }

    private func text(
        of value: DecodedLine.Value, _ parameter: ProtocolDescription.Parameter?, _ version: Int
    ) -> String {
        let tail = (parameter?.about).map { $0.isEmpty ? "" : " - " + $0 } ?? ""
        if value.isSensitive || parameter?.isSensitive == true { return "(not shown)" + tail }
        let type = parameter?.type.flatMap { name in description.types.first { $0.name == name } }
        if value.words.isEmpty { return "(none)" + tail }
        return value.words.map { text(of: $0, type, version) }.joined(separator: ", ") + tail
    }

    private func text(of word: String, _ type: ProtocolDescription.ValueType?, _ version: Int) -> String {
        if word.isEmpty { return "(empty)" }
        let shown = Self.visible(word)
        switch type?.kind {
        case .choice:
            // A reader may give the name for the word.
            let values = (type?.values ?? []).filter { $0.versions.contains(version) }
            guard let value = values.first(where: { $0.wire == word }) ?? values.first(where: { $0.name == word })
            else { return "\(shown) (no value with a name)" }
            return "\(value.wire) (\(value.name)\(value.about.isEmpty ? "" : ": " + value.about))"
        case .bits:
            guard let number = UInt64(word) else { return shown }
            let bits = (type?.values ?? []).filter { bit in UInt64(bit.wire).map { $0 & number != 0 } ?? false }
            return "\(shown) (\(bits.isEmpty ? "none" : bits.map(\.name).joined(separator: " + ")))"
        case .parts(let notation): return "\(shown) (\(notation))"
        case nil: return shown
        }
    }

    /// The text with control characters made visible, so that a line cannot move the cursor of a terminal.
    private static func visible(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            return isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
        .joined()
    }
}
