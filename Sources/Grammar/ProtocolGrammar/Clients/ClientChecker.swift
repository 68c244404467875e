import YAMLTree

extension GrammarChecker {
    /// The services that clients ask exist in a version that they speak.
    mutating func checkClients() {
        for client in grammar.clients {
            for reference in client.services {
                guard let service = grammar.httpServices[reference.name] else {
                    diagnostics.unknown(
                        "unknown-service", "no HTTP service is named '\(reference.name)'", reference.name,
                        among: grammar.httpServices.map(\.name), at: reference.location)
                    continue
                }
                if service.versions.intersection(client.versions).isEmpty {
                    error(
                        "versions-outside", "'\(service.name)' exists in \(grammar.describe(service.versions)) only",
                        at: reference.location)
                }
            }
        }
    }

    /// The lines of clients are right in the newest version that each speaks.
    mutating func checkClientLines() {
        for client in grammar.clients {
            guard let version = client.versions.numbers.last else { continue }
            for line in client.lines {
                let name = String(line.name.prefix { $0 != " " })
                let service = grammar.command(named: name)?.services.first ?? ""
                do throws(MatchFailure) {
                    _ = try matcher.match(
                        Array(line.name.utf8), payloadCount: nil, sender: .client, service: service, version: version)
                } catch {
                    self.error(
                        "client-line",
                        "this line cannot be read in \(grammar.describe(VersionSet([version]))): \(error.sentence)",
                        at: line.location)
                }
            }
        }
    }
}
