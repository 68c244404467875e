import YAMLTree

/// What a conversation says over HTTP is what the service takes and answers.
extension GrammarChecker {
    mutating func checkHTTPService(_ service: Reference) {
        guard grammar.httpServices[service.name] == nil else { return }
        diagnostics.unknown(
            "unknown-service", "no HTTP service is named '\(service.name)'", service.name,
            among: grammar.httpServices.map(\.name), at: service.location)
    }

    func complaint(aboutRequest step: ToldConversation.Step, _ version: Int) -> String? {
        guard let service = step.httpService.flatMap({ grammar.httpServices[$0] }) else { return nil }
        let place = grammar.describe(VersionSet([version]))
        guard service.versions.contains(version) else { return "'\(service.name)' does not exist in \(place)" }
        guard case .web(let services) = step.to.role, services.contains(where: { $0.name == service.name }) else {
            return "'\(step.to.name)' is no server of '\(service.name)'"
        }
        if let complaint = complaint(aboutHeaders: step.headers, of: service, isAnswer: false) { return complaint }
        guard service.method == "POST" else {
            return step.payload == nil ? nil : "a request for '\(service.name)' has no body, since its method is GET"
        }
        guard let payload = grammar.payloads.first(where: { $0.name == step.payloadKind }),
            payload.serviceRequest?.service.name == service.name, payload.versions.contains(version)
        else { return "a request for '\(service.name)' needs one of its messages of \(place) as payload" }
        return complaint(aboutEnvelope: step, of: service)
    }

    func complaint(aboutResponse step: ToldConversation.Step, _ version: Int) -> String? {
        let code = step.text.prefix { $0 != " " }
        guard code.utf8.count == 3, code.utf8.allSatisfy(\.isDigit) else {
            return "a response is a status, such as '200 OK'"
        }
        guard let service = step.httpService.flatMap({ grammar.httpServices[$0] }) else { return nil }
        if let complaint = complaint(aboutHeaders: step.headers, of: service, isAnswer: true) { return complaint }
        guard let request = grammar.payloads.first(where: { $0.name == step.requestKind }) else {
            return step.payload == nil ? nil : "an answer of '\(service.name)' has no body, since nothing was posted"
        }
        // A fault stands where a message would.
        if let envelope = service.envelope, step.payloadKind == envelope.name, step.envelopeKind == nil { return nil }
        guard let answer = request.serviceRequest?.answer.name, step.payloadKind == answer else {
            return "the answer to '\(request.name)' is '\(request.serviceRequest?.answer.name ?? "")'"
        }
        return complaint(aboutEnvelope: step, of: service)
    }

    private func complaint(aboutEnvelope step: ToldConversation.Step, of service: HTTPService) -> String? {
        guard step.envelopeKind != service.envelope?.name else { return nil }
        return service.envelope.map { "a message of '\(service.name)' stands in a payload of the kind '\($0.name)'" }
            ?? "a message of '\(service.name)' stands in no other payload"
    }

    /// Headers are those that an algorithm sends to the service, or receives from it.
    private func complaint(
        aboutHeaders headers: [String], of service: HTTPService, isAnswer: Bool
    ) -> String? {
        let exchanges = grammar.algorithms.flatMap { $0.exchanges(with: service.name) }
        let known = Set(exchanges.flatMap { isAnswer ? $0.answerHeaders : $0.requestHeaders })
        for header in headers {
            let name = String(header.prefix { $0 != ":" })
            guard header.dropFirst(name.count).hasPrefix(": ") else {
                return "a header is a name, a colon, a blank and a value"
            }
            if known.contains(name) { continue }
            return isAnswer
                ? "no algorithm receives the header '\(name)' from '\(service.name)'"
                : "no algorithm sends the header '\(name)' to '\(service.name)'"
        }
        return nil
    }
}

extension Algorithm {
    /// What it says to an HTTP service, and hears.
    func exchanges(with service: String) -> [AlgorithmOperation.Exchange] {
        steps.compactMap { step in
            guard case .exchange(let exchange) = step.operation,
                exchange.services.contains(where: { $0.name == service })
            else { return nil }
            return exchange
        }
    }
}

extension AlgorithmOperation.Exchange {
    /// The headers that it sends.
    fileprivate var requestHeaders: [String] { sends.compactMap(\.part.header) }

    /// The headers that it can receive.
    fileprivate var answerHeaders: [String] { receives.compactMap(\.part.header) + refusals.map(\.header) }
}

extension AlgorithmOperation.Part {
    fileprivate var header: String? {
        if case .header(let name) = self { name } else { nil }
    }
}
