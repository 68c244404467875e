import ProtocolGrammar

/// A step of a conversation: a row of the diagram that opens to what is said, decoded.
struct SequenceStep {
    let number: Int
    let told: ToldConversation.Step
    let meaning: ConversationIndex.Meaning?
    let version: Int
    let actors: ConversationActors

    private var links: Links { actors.links }
    private var site: Site { links.site }

    var html: HTML {
        tag("details", .class("step \(side)"), .id("step-\(number)")) {
            tag("summary") { row.html }
            tag("div", .class("open")) {
                sentence
                content
            }
        }
    }

    private var isEvent: Bool { told.step.content == .connect || told.step.content == .close }

    /// The class for colours: who speaks, or nobody.
    private var side: String {
        if isEvent { return "event" }
        return switch told.from.role {
        case .client: "client"
        case .direct: "client"
        case .server, .web: "server"
        }
    }

    // MARK: - The row

    private var row: SequenceRow {
        SequenceRow(
            number: number, from: actors.lane(of: told.from), to: actors.lane(of: told.to), lanes: actors.active.count,
            arrow: arrow, words: words, label: "\(number). \(spoken)")
    }

    private var arrow: SequenceRow.Arrow {
        switch told.step.content {
        case .connect: .dashed
        case .close: .crossed
        case .line, .data, .request, .response: .solid
        }
    }

    private var words: [String] {
        switch told.step.content {
        case .connect: ["connects"]
        case .close: ["closes", "the", "connection"]
        case .line, .request, .response:
            EscapedText.of(told.text.utf8).split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        case .data: [told.payloadKind ?? "data", "\(told.payload?.count ?? 0)", "bytes"]
        }
    }

    /// Who says what to whom, for those who hear the page.
    private var spoken: String {
        let ends = "\(actors.title(of: told.from)) to \(actors.title(of: told.to))"
        switch told.step.content {
        case .connect: return "\(actors.title(of: told.from)) connects to \(actors.title(of: told.to))"
        case .close: return "\(actors.title(of: told.from)) closes the connection to \(actors.title(of: told.to))"
        case .line, .data, .request, .response:
            let text = words.joined(separator: " ")
            return "\(ends): \(text.count > 160 ? text.prefix(160) + "…" : text)"
        }
    }

    // MARK: - What it opens to

    private var sentence: HTML {
        tag("p") {
            tag("b") {
                (isEvent ? spoken : "\(actors.title(of: told.from)) to \(actors.title(of: told.to))").capitalizedFirst
                    + "."
            }
            " " + told.about
            if told.step.isMistake {
                " "
                tag("span", .class("tag closes")) { "The state of the session does not allow it." }
            }
            " "
            target
            " "
            links.line(told.step.location)
        }
    }

    /// A link to the page that says what it is.
    private var target: HTML {
        switch meaning {
        case .form(let name): return links.form(name)
        case .error(let code): return links.error(code)
        case nil:
            if let service = told.httpService { return HTML("HTTP service ") + links.httpService(service) }
            return HTML()
        }
    }

    @HTMLBuilder
    private var content: HTML {
        switch told.step.content {
        case .connect, .close: HTML()
        case .line: lineContent
        case .request, .response: message
        case .data: data
        }
        if !told.payloadAbout.isEmpty { tag("p", .class("small soft")) { "Payload: " + told.payloadAbout } }
    }

    @HTMLBuilder
    private var lineContent: HTML {
        if let sender = told.sender, let service = told.service {
            let line = WireLine(
                sender: sender, text: told.text, payload: told.payload, service: service,
                versions: VersionSet([version]), site: site)
            WireFigure(title: "Step \(number)", lines: [line]).html(links)
        } else {
            tag("pre", .class("message")) { EscapedText.of(told.text.utf8) }
        }
        kinds
    }

    /// A request or an answer over HTTP, with its headers and its body.
    @HTMLBuilder
    private var message: HTML {
        tag(
            "pre", .class("message"), Attribute("tabindex", "0"), Attribute("role", "group"),
            .label("Message of step \(number)")
        ) {
            tag("b") { EscapedText.of(told.text.utf8) }
            for header in told.headers { "\n" + EscapedText.of(header.utf8) }
            if let payload = told.payload {
                "\n\n" + DocumentText.lines(of: payload).joined(separator: "\n")
            }
        }
        if told.payload != nil { kinds }
        if let payload = told.payload, payload.first == UInt8(ascii: "<") {
            tag("p", .class("small soft")) {
                "Blanks and line breaks between elements are not sent; they help to read."
            }
        }
    }

    @HTMLBuilder
    private var data: HTML {
        if let payload = told.payload {
            PayloadText.html(payload)
            kinds
        }
    }

    /// What the payload is.
    private var kinds: HTML {
        guard let payload = told.payload, !payload.isEmpty else { return HTML() }
        let kinds = [told.payloadKind, told.envelopeKind].compactMap(\.self).map { links.payload(named: $0) }
        return tag("p", .class("small soft")) {
            "\(payload.count) bytes"
            if !kinds.isEmpty { ": " }
            kinds.joined(separator: " in ")
        }
    }
}
