import YAMLTree

/// The HTTP services that the exchanges of an algorithm ask.
extension GrammarChecker {
    mutating func checkServices(of algorithm: Algorithm) {
        for step in algorithm.steps {
            guard case .exchange(let exchange) = step.operation else { continue }
            for service in exchange.services { checkHTTPService(service) }
            let services = exchange.services.compactMap { grammar.httpServices[$0.name] }
            guard services.count == exchange.services.count, let first = exchange.services.first else { continue }
            let missing = services.reduce(algorithm.versions) { $0.subtracting($1.versions) }
            if !missing.isEmpty {
                let place = grammar.describe(missing)
                error("versions-outside", "no service that is named here exists in \(place)", at: first.location)
            }
            let requests = grammar.payloads.filter { payload in
                services.contains { $0.name == payload.serviceRequest?.service.name }
            }
            check(exchange.sends.flatMap(\.part.places), among: requests.map(\.name), services)
            let answers = requests.compactMap(\.serviceRequest?.answer.name)
            check(exchange.receives.flatMap(\.part.places), among: answers, services)
        }
    }

    /// The payloads of an exchange are messages of its services.
    private mutating func check(_ places: [Reference], among messages: [String], _ services: [HTTPService]) {
        for reference in places {
            guard let payload = grammar.place(named: reference.name)?.payload, !messages.contains(payload) else {
                continue
            }
            let names = services.map { "'\($0.name)'" }.joined(separator: " or ")
            error("wrong-service", "'\(payload)' is no message of \(names) in this direction", at: reference.location)
        }
    }
}
