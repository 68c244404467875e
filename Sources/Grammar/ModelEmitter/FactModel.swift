import ProtocolGrammar

/// What the model says of versions, errors, programs and the rest that has no structure of its own.
struct FactModel {
    let writer: ModelWriter
    private var grammar: Grammar { writer.grammar }

    var limits: JSONValue {
        let limits = grammar.limits
        return .record([
            ("line", .number(limits.line)), ("parameters", .number(limits.parameters)),
            ("payload", .number(limits.payload)), ("bufferedBytes", .number(limits.bufferedBytes)),
            ("headers", .number(limits.headers)), ("headerBytes", .number(limits.headerBytes)),
            ("depth", .number(limits.depth)),
        ])
    }

    func row(_ version: Version) -> JSONValue {
        .record([
            ("number", .number(version.number)), ("name", .text(version.name)),
            ("status", .text(version.status.rawValue)), ("base", version.base.map { .number($0) }),
            ("about", .ifAny(version.about)), ("notes", .ifAny(version.notes)), ("sources", .ifAny(version.sources)),
        ])
    }

    func row(_ error: ErrorCode) -> JSONValue {
        .record([
            ("number", .number(error.number)), ("name", .text(error.name)), ("about", .ifAny(error.about)),
            ("versions", writer.versions(error.versions)), ("closes", error.closesConnection.map { .flag($0) }),
            ("retry", error.retry.map { .text($0.rawValue) }),
            ("payload", .ifSet(error.hasPayload)), ("refuses", .ifAny(error.failures.map(\.rawValue))),
            ("aliases", .ifAny(error.aliases)), ("shown", .ifAny(error.shown)), ("sources", .ifAny(error.sources)),
        ])
    }

    func row(_ program: Program) -> JSONValue {
        .record([
            ("name", .text(program.name)), ("title", .text(program.title)), ("about", .ifAny(program.about)),
            ("side", .text(program.side.rawValue)), ("versions", writer.versions(program.versions)),
            ("sources", .ifAny(program.sources)),
        ])
    }

    func row(_ client: OfficialClient) -> JSONValue {
        .record(
            [
                ("name", .text(client.name)), ("build", .ifAny(client.build)), ("date", .ifAny(client.date)),
                ("versions", writer.versions(client.versions)), ("lines", .ifAny(client.lines.map(\.name))),
                ("httpServices", .ifAny(client.services.map(\.name))), ("about", .ifAny(client.about)),
            ] + writer.evidence(client.confidence, client.sources, notes: client.notes))
    }

    func row(_ fact: VersionFact) -> JSONValue {
        .record([
            ("name", .text(fact.name)), ("about", .ifAny(fact.about)), ("versions", writer.versions(fact.versions)),
        ])
    }

    func row(_ behaviour: Behaviour) -> JSONValue {
        .record(
            [
                ("name", .text(behaviour.name)), ("about", .ifAny(behaviour.about)),
                ("versions", writer.versions(behaviour.versions)),
            ] + writer.evidence(behaviour.confidence, behaviour.sources))
    }

    func row(_ service: HTTPService) -> JSONValue {
        .record(
            [
                ("name", .text(service.name)), ("about", .ifAny(service.about)), ("hosts", .texts(service.hosts)),
                ("path", .text(service.path)), ("scheme", .text(service.scheme)), ("method", .text(service.method)),
                ("envelope", service.envelope.map { .text($0.name) }),
                ("contentType", service.contentType.map { .text($0) }),
                ("requests", .ifAny(service.requests.map(row))), ("headers", .ifAny(service.fields.map(row))),
                ("versions", writer.versions(service.versions)),
            ] + writer.evidence(service.confidence, service.sources, notes: service.notes))
    }

    private func row(_ request: HTTPService.Request) -> JSONValue {
        .record([
            ("name", .text(request.name)), ("about", .ifAny(request.about)),
            (
                "parameters",
                .ifAny(
                    request.parameters.map { parameter in
                        var (literal, type): (JSONValue?, JSONValue?)
                        switch parameter.value {
                        case .literal(let text): literal = .text(text)
                        case .type(let name): type = .text(name)
                        }
                        return .record([
                            ("name", .text(parameter.name)), ("parameter", .text(parameter.parameter)),
                            ("literal", literal), ("type", type), ("optional", .ifSet(parameter.isOptional)),
                            ("about", .ifAny(parameter.about)),
                        ])
                    })
            ),
            ("example", request.example.map { .text($0.name) }),
        ])
    }

    private func row(_ field: HTTPService.Field) -> JSONValue {
        .record([
            ("name", .text(field.name)), ("header", .text(field.header)), ("type", .text(field.type)),
            ("about", .ifAny(field.about)), ("example", field.example.map { .text($0.name) }),
        ])
    }

    func row(_ question: Question) -> JSONValue {
        .record([
            ("name", .text(question.name)), ("about", .text(question.about)),
            (
                "of",
                .list(
                    grammar.subjects(of: question).map { subject in
                        .record([("kind", .text(subject.kind.rawValue)), ("name", .text(subject.name))])
                    })
            ),
            ("versions", writer.versions(grammar.versions(of: question))),
            ("readings", .ifAny(question.readings.map(row))), ("why", .ifAny(question.why)),
            ("notes", .ifAny(question.notes)),
        ])
    }

    private func row(_ reading: Question.Reading) -> JSONValue {
        .record([
            ("about", .text(reading.about)), ("sources", .texts(reading.sources)),
            ("preferred", .ifSet(reading.isPreferred)),
        ])
    }
}
