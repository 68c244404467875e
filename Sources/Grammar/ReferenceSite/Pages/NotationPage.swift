import ProtocolGrammar

/// The page that explains how the other pages are written.
struct NotationPage {
    let site: Site

    private var grammar: Grammar { site.grammar }
    private var links: Links { Links(site: site, page: PagePath.notation) }
    private static let summary = "How lines are written on these pages, what the marks mean, and how sure a fact is."

    var page: Page {
        Page(
            path: PagePath.notation, title: "Notation", summary: Self.summary,
            sections: [lines, payloads, errors, versions, evidence].compactMap(\.self),
            entries: [
                SearchEntry(
                    name: "Notation", kind: .page, words: ["framing", "syntax", "confidence", "evidence"],
                    path: PagePath.notation, anchor: nil, about: Self.summary)
            ])
    }

    // MARK: - Lines

    private var lines: PageSection {
        var rows = [
            Components.Row(
                Components.code(grammar.sortedCommands.first?.name ?? "NAME"),
                HTML("the command, or any other word that the list of parameters does not name"))
        ]
        if grammar.hasTransactions {
            rows.append(
                Components.Row(
                    Components.code("TrID"),
                    HTML("the transaction ID, a decimal number; a reply repeats that of its request")))
        }
        rows += [
            Components.Row(Components.code("name"), HTML("a parameter")),
            Components.Row(Components.code("[name]"), HTML("an optional parameter")),
            Components.Row(Components.code("name..."), HTML("all remaining words")),
            Components.Row(Components.code("N=name"), HTML("a parameter with a prefix")),
            Components.Row(Components.code("length"), HTML("the number of payload bytes that follow the line")),
        ]
        let content = group {
            Components.prose(
                "A line ends with CR LF, and spaces separate its words. The syntax of a line shows them in order:")
            Components.table(["Word", "Meaning"], rows)
            tag("p", .class("prose")) {
                "In examples, "
                Components.sender(.client, "→")
                " marks a line of the client and "
                Components.sender(.server, "←")
                " a line of the server. Beneath each word stands its parameter; point to the word, or go to it by the "
                "keyboard, to read what it means. Text on the wire is written with "
                Components.code("\\r\\n")
                " for a line break, "
                Components.code("\\\\")
                " for a backslash and "
                Components.code("\\xNN")
                " for a byte that is no text."
            }
        }
        return PageSection(id: "lines", title: "Lines", content: content)
    }

    // MARK: - Payloads and errors

    /// Which lines a reader must not take for all there is.
    private var payloads: PageSection? {
        let forms = grammar.sortedCommands.flatMap(\.forms).filter { $0.payload != nil }
        guard !forms.isEmpty else { return nil }
        let isLast = forms.allSatisfy { $0.payload?.lengthBefore == nil }
        let content = tag("p", .class("prose")) {
            "Some lines announce a payload, which follows directly after CR LF. "
            isLast ? HTML("The last word") : HTML("The word ") + Components.code("length")
            " of such a line is the number of the payload's bytes, and "
            if grammar.trailer.isEmpty {
                "the next line begins right behind the last of them. "
            } else {
                grammar.trailer == "\r\n" ? HTML("CR LF") : Components.code(EscapedText.of(grammar.trailer.utf8))
                ", which the number does not count, follows the last of them. "
            }
            if grammar.payloads.isEmpty {
                "The pages of their commands say which lines these are."
            } else {
                links.link("The list of these lines", to: PagePath.payloads, anchor: "forms")
                " stands with the payloads."
            }
        }
        return PageSection(id: "framing", title: "Payloads", content: content)
    }

    private var errors: PageSection? {
        guard grammar.hasErrors else { return nil }
        let content = tag("p", .class("prose")) {
            links.link("An error", to: PagePath.errors)
            " is a line that begins with a number in place of a command. "
            tag("span", .class("tag closes")) { "closes" }
            " marks those after which the server closes the connection."
            if !grammar.errorPayloadVersions.isEmpty {
                let place = grammar.versions.count > 1 ? " (\(grammar.describe(grammar.errorPayloadVersions)))" : ""
                " An error may bear a payload too\(place): if it does, the length is a third word."
            }
        }
        return PageSection(id: "errors", title: "Errors", content: content)
    }

    // MARK: - Versions and evidence

    private var versions: PageSection? {
        guard grammar.versions.count > 1, let first = grammar.openVersions.first else { return nil }
        let content = group {
            tag("p", .class("prose")) {
                "A mark such as "
                grammar.versionMark(VersionSet([first]))
                " says in which versions something exists; what has no mark is there as long as the thing around it. "
                "A bar on the axis of versions says the same. "
                tag("span", .class("needs-js")) {
                    "The choice in the header hides what a version lacks, and against a second version it marks what "
                    "only one of them has. It stays in the address, so that a link to a page keeps it."
                }
            }
            tag("p", .class("prose")) {
                "Where two versions are compared, "
                tag("ins") { "this is new" }
                " and "
                tag("del") { "this is gone" }
                "."
            }
        }
        return PageSection(id: "versions", title: "Versions", content: content)
    }

    private var evidence: PageSection {
        let content = group {
            Components.table(
                ["Evidence", "Meaning"],
                [
                    Components.Row(HTML("observed"), HTML("seen on the wire")),
                    Components.Row(HTML("documented"), HTML("known only from descriptions")),
                    Components.Row(HTML("inferred"), HTML("concluded from other facts")),
                ])
            tag("p", .class("prose")) {
                if !grammar.sources.isEmpty {
                    links.link("The sources", to: PagePath.sources)
                    " say who knows it. "
                }
                if !site.files.all.isEmpty {
                    "A link such as "
                    links.line(grammar.nameLocation)
                    " leads to the line of the grammar that states a fact. "
                }
                "The tests decode each example in each version that it names."
            }
        }
        return PageSection(id: "evidence", title: "Evidence", content: content)
    }
}
