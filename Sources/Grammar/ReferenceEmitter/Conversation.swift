import ProtocolGrammar

/// A path through a session in one version, as example lines that decode in it.
struct Conversation {
    let grammar: Grammar
    let session: Session
    let version: Int

    private struct Step {
        var form: Form
        var line: Example.Line
    }

    private typealias Path = [(rule: Session.Rule, step: Step)]

    /// The lines up to the state that allows everything, or as far as there are examples.
    func lines() -> [String] {
        let path = path()
        var steps: [Step] = []
        var spoken: Set<String> = []
        func add(_ step: Step) {
            if spoken.insert(step.form.fullName).inserted { steps.append(step) }
        }
        var state = session.states.first
        for (rule, step) in path {
            if let state { sideSteps(of: state).forEach(add) }
            add(step)
            state = session.states.first { $0.name == rule.next?.name }
        }
        return numbered(steps)
    }

    /// What may be sent in a state without leaving it: requests with answers and, on the way into a state
    /// that allows everything, what the server sends unrequested.
    private func sideSteps(of state: Session.State) -> [Step] {
        let rules = state.rules.filter { $0.next == nil && isSmooth($0) }
        let requests = rules.filter { $0.sender == .client }.compactMap(step)
        let told = rules.filter { $0.sender == .server }.compactMap(step)
        var steps: [Step] = []
        for request in requests {
            if let answer = told.first(where: { Self.does($0.form, answer: request.form) }) {
                steps += [request, answer]
            }
        }
        guard session.states.contains(where: { $0.otherwise == .allow }) else { return steps }
        let questions = grammar.commands.flatMap { $0.forms(from: .client) }
        return steps + told.filter { step in !questions.contains { Self.does(step.form, answer: $0) } }
    }

    private static func does(_ form: Form, answer question: Form) -> Bool {
        question.answers.contains { form.isNamed($0.name) }
    }

    private func isSmooth(_ rule: Session.Rule) -> Bool {
        rule.versions.contains(version) && rule.error == nil && !rule.closes && rule.deviation == nil
    }

    /// The shortest path to the goal; a session without one ends with the last line of the server.
    private func path() -> Path {
        guard let first = session.states.first else { return [] }
        var paths: [(state: Session.State, path: Path)] = [(first, [])]
        var reached: Set<String> = [first.name]
        var index = 0
        while index < paths.count {
            let (state, path) = paths[index]
            if state.otherwise == .allow { return path }
            for rule in state.rules where isSmooth(rule) {
                guard let next = session.states.first(where: { $0.name == rule.next?.name }),
                    !reached.contains(next.name), let step = step(rule)
                else { continue }
                reached.insert(next.name)
                paths.append((next, path + [(rule, step)]))
            }
            index += 1
        }
        let last = session.states.last { reached.contains($0.name) }?.name
        guard let (state, path) = paths.first(where: { $0.state.name == last }), !path.isEmpty else { return [] }
        let closing = state.rules.first { rule in
            rule.sender == .server && rule.next?.name == GrammarChecker.closedState && isSmooth(rule)
                && step(rule) != nil
        }
        guard let closing, let step = step(closing) else { return path }
        return path + [(closing, step)]
    }

    /// An example line for a rule. The best one names this version, or belongs to this version and service.
    private func step(_ rule: Session.Rule) -> Step? {
        let matcher = LineMatcher(grammar)
        for service in session.services {
            for form in grammar.forms(named: rule.command.name, from: rule.sender)
            where form.versions.contains(version) && form.services.contains(service) {
                for line in candidates(for: form, service: service) {
                    let found = try? matcher.match(
                        Array(line.text.utf8), payloadCount: line.payload?.utf8.count, sender: form.sender,
                        service: service, version: version)
                    if found?.form.name == form.name { return Step(form: form, line: line) }
                }
            }
        }
        return nil
    }

    /// The example lines of a form, the best ones first, with other version names replaced by this version.
    private func candidates(for form: Form, service: String) -> [Example.Line] {
        let dialects = Set(grammar.versions.map(\.name))
        let own = grammar.version(number: version)?.name ?? ""
        var ranked: [(rank: [Int], line: Example.Line)] = []
        for example in grammar.command(named: form.command)?.examples ?? [] {
            for var line in example.lines where line.form == form.name && line.sender == form.sender {
                var words = line.text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                let named = words.indices.filter { dialects.contains(words[$0]) }
                var naming = named.isEmpty ? 2 : 0
                if let first = named.first, words[first] != own {
                    naming = 1
                    words[first] = own
                    let rest = words[(first + 1)...].filter { $0 != own }
                    line.text = (words[...first] + rest).joined(separator: " ")
                }
                let place = (example.versions.contains(version) ? 0 : 2) + (example.service == service ? 0 : 1)
                ranked.append(([naming, named.count, place, ranked.count], line))
            }
        }
        return ranked.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map(\.line)
    }

    /// The lines with transaction IDs that count up from 1.
    private func numbered(_ steps: [Step]) -> [String] {
        var number = 0
        return steps.flatMap { step -> [String] in
            var text = step.line.text
            if step.form.transaction == .required {
                if step.form.sender == .client { number += 1 }
                var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
                if words.count > 1, words[1] != "0", UInt32(words[1]) != nil { words[1] = "\(max(1, number))" }
                text = words.joined(separator: " ")
            }
            return ExampleText.lines(sender: step.form.sender, text: text, payload: step.line.payload)
        }
    }
}
