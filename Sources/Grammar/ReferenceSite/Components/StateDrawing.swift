import ProtocolGrammar

/// The states of a session as a drawing: a box for each, and between them what leads from one to the other.
///
/// What ends a connection could come in nearly every state. It has a small ring beside the state instead of an arrow.
struct StateDrawing {
    let session: Session
    let links: Links

    private var grammar: Grammar { links.site.grammar }

    /// A form that leads from one state to another, in all versions in which it does.
    private struct Cause {
        var sender: Sender
        var name: String
        var versions: VersionSet
    }

    private struct Transition {
        var from, to: Int
        var causes: [Cause]
        var versions: VersionSet { causes.reduce(VersionSet()) { $0.union($1.versions) } }
    }

    private static let boxHeight = 34
    private static let lineHeight = 17
    /// The room for the ring beside a box, and for as much on its other side.
    private static let side = 26
    /// How many causes stand at an arrow; the others are named beneath, in the section of the state.
    private static let most = 5

    var html: HTML {
        let transitions = self.transitions
        let layout = LayeredLayout(
            sizes: session.states.map { .init(width: self.width($0) + 2 * Self.side, height: Self.boxHeight) },
            edges: transitions.map { .init(from: $0.from, to: $0.to, label: self.size(of: $0)) })
        let width = layout.size.width
        return tag("figure", .class("drawing")) {
            tag(
                "div", .class("canvas"), Attribute("tabindex", "0"), Attribute("role", "group"),
                .label("The states of \(session.name)")
            ) {
                tag(
                    "svg", Attribute("viewBox", "0 0 \(width) \(layout.size.height)"),
                    Attribute("width", "\(width)"), Attribute("height", "\(layout.size.height)")
                ) {
                    for (transition, route) in zip(transitions, layout.routes) { draw(transition, route) }
                    for (index, point) in layout.nodes.enumerated() { draw(session.states[index], point, index == 0) }
                }
            }
            tag("figcaption", .class("small soft")) {
                "→ is said by a client, ← by a server. "
                if session.states.contains(where: ends) {
                    "A ring marks states in which a line can end the connection. "
                }
                "Each state is a link to its rules."
            }
        }
    }

    // MARK: - What is drawn

    private var transitions: [Transition] {
        var result: [Transition] = []
        for (from, state) in session.states.enumerated() {
            for rule in state.strictRules {
                guard let to = session.states.firstIndex(where: { $0.name == rule.next?.name }), to != from else {
                    continue
                }
                let cause = Cause(sender: rule.sender, name: rule.command.name, versions: grammar.versions(of: rule))
                guard let index = result.firstIndex(where: { $0.from == from && $0.to == to }) else {
                    result.append(Transition(from: from, to: to, causes: [cause]))
                    continue
                }
                if let other = result[index].causes.firstIndex(where: {
                    $0.sender == cause.sender && $0.name == cause.name
                }) {
                    let versions = result[index].causes[other].versions
                    result[index].causes[other].versions = versions.union(cause.versions)
                } else {
                    result[index].causes.append(cause)
                }
            }
        }
        return result
    }

    /// Whether a line can end the connection in a state.
    private func ends(_ state: Session.State) -> Bool {
        state.strictRules.contains { $0.closes || $0.next?.name == GrammarChecker.closedState }
    }

    // MARK: - Sizes

    private func width(_ state: Session.State) -> Int { state.name.count * 8 + 24 }

    private func size(of transition: Transition) -> LayeredLayout.Size {
        let lines = self.lines(of: transition)
        return .init(
            width: (lines.map { $0.text.count + $0.versions.count }.max() ?? 0) * 37 / 5,
            height: lines.count * Self.lineHeight + 4)
    }

    private struct Line {
        var sender: Sender?
        var text: String
        /// The versions, if they are not all.
        var versions = ""
        var shown: [Attribute] = []
    }

    private func lines(of transition: Transition) -> [Line] {
        let all = transition.causes.map { cause in
            let isEverywhere = grammar.openVersions.isSubset(of: cause.versions)
            let versions = Attribute.versions(cause.versions, in: grammar).value ?? ""
            return Line(
                sender: cause.sender, text: (cause.sender == .client ? "→ " : "← ") + cause.name,
                versions: isEverywhere ? "" : " " + versions.map { $0 == "-" ? "–" : String($0) }.joined(),
                shown: grammar.shown(in: cause.versions))
        }
        if all.count <= Self.most { return all }
        return all.prefix(Self.most - 1) + [Line(text: "and \(all.count - Self.most + 1) more")]
    }

    // MARK: - Pieces

    private func draw(_ state: Session.State, _ point: LayeredLayout.Point, _ isFirst: Bool) -> HTML {
        let width = self.width(state)
        let left = point.x - width / 2
        return group {
            if isFirst {
                SVG.circle(x: "\(left - 18)", y: "\(point.y)", radius: "4", .class("start"))
                SVG.path("M\(left - 14) \(point.y) H\(left - 2)", .class("edge"))
            }
            if ends(state) {
                SVG.path("M\(left + width) \(point.y) H\(left + width + 12)", .class("edge"))
                SVG.circle(x: "\(left + width + 17)", y: "\(point.y)", radius: "5", .class("ring"))
                SVG.circle(x: "\(left + width + 17)", y: "\(point.y)", radius: "2", .class("end"))
            }
            HTML.element(
                "a", [.href("#" + StatePage.anchor(of: state.name))],
                SVG.rectangle(
                    x: left, y: point.y - Self.boxHeight / 2, width: width, height: Self.boxHeight,
                    Attribute("rx", "6"))
                    + SVG.text(
                        x: "\(point.x)", y: "\(point.y + 5)", [.class("name")], HTML(state.name)))
        }
    }

    private func draw(_ transition: Transition, _ route: LayeredLayout.Route) -> HTML {
        let lines = self.lines(of: transition)
        let height = lines.count * Self.lineHeight
        return tag("g", [Attribute("aria-hidden", "true")] + grammar.shown(in: transition.versions)) {
            SVG.path(path(of: route), .class("edge"))
            arrowhead(of: route)
            for (index, line) in lines.enumerated() {
                SVG.text(
                    x: "\(route.label.x)", y: "\(route.label.y - height / 2 + index * Self.lineHeight + 13)",
                    [.class("cause \(line.sender?.rawValue ?? "")")] + line.shown,
                    HTML(line.text)
                        + (line.versions.isEmpty ? HTML() : tag("tspan", .class("versions")) { line.versions }))
            }
        }
    }

    /// Curves between rows and straight lines in them, with a gap for the label.
    private func path(of route: LayeredLayout.Route) -> String {
        guard let first = route.points.first else { return "" }
        var text = "M\(first.x) \(first.y)"
        for (index, pair) in zip(route.points, route.points.dropFirst()).enumerated() {
            let (from, to) = pair
            if index.isMultiple(of: 2) {
                let middle = (from.y + to.y) / 2
                text += " C\(from.x) \(middle) \(to.x) \(middle) \(to.x) \(to.y)"
            } else {
                let isLabel = from.x == route.label.x && (min(from.y, to.y)...max(from.y, to.y)).contains(route.label.y)
                text += " \(isLabel ? "M" : "L")\(to.x) \(to.y)"
            }
        }
        return text
    }

    private func arrowhead(of route: LayeredLayout.Route) -> HTML {
        guard let end = route.points.last, let before = route.points.dropLast().last else { return HTML() }
        let back = end.y >= before.y ? -8 : 8
        return SVG.path(
            "M\(end.x) \(end.y) L\(end.x - 4) \(end.y + back) L\(end.x + 4) \(end.y + back) Z", .class("head"))
    }
}

extension Grammar {
    /// The versions of a rule in which the line that it names exists.
    func versions(of rule: Session.Rule) -> VersionSet {
        let name = rule.command.name
        let codes = errors.filter { name == "error.\($0.number)" }.map(\.versions)
        let known = (codes + forms(named: name, from: rule.sender).map(\.versions)).reduce(VersionSet()) {
            $0.union($1)
        }
        let shared = known.intersection(rule.versions)
        return shared.isEmpty ? rule.versions : shared
    }
}
