import YAMLTree

extension GrammarChecker {
    /// Requests and header fields of HTTP services have names, types, and examples that fit them in each version.
    mutating func checkHTTPServices() {
        for service in grammar.httpServices {
            if let type = service.contentType, !GrammarName.isContentType(type) {
                error("bad-name", "'\(type)' is not a content type or character set", at: service.location)
            }
            checkNames(service.requests.map { ($0.name, $0.location) }, of: service.name)
            for request in service.requests { check(request, of: service) }
            checkNames(service.fields.map { ($0.name, $0.location) }, of: service.name)
            for field in service.fields { check(field, of: service) }
        }
        guard !diagnostics.hasErrors else { return }
        for service in grammar.httpServices {
            for request in service.requests { checkExample(of: request, of: service) }
            for field in service.fields { checkExample(of: field, of: service) }
        }
    }

    private mutating func check(_ request: HTTPService.Request, of service: HTTPService) {
        checkNames(request.parameters.map { ($0.name, $0.location) }, of: request.name)
        for parameter in request.parameters {
            if case .type(let type) = parameter.value { checkType(type, at: parameter.location) }
            if !GrammarName.isHeaderName(parameter.parameter) {
                error(
                    "bad-name",
                    "'\(parameter.parameter)' is not a name in an address; use letters, digits, '-' and '_'",
                    at: parameter.location)
            }
        }
    }

    private mutating func checkExample(of request: HTTPService.Request, of service: HTTPService) {
        guard let example = request.example else { return }
        if let complaint = complaint(about: example.name, request, of: service) {
            error("http-example", complaint, at: example.location)
        }
    }

    private mutating func check(_ field: HTTPService.Field, of service: HTTPService) {
        checkType(field.type, at: field.location)
        if !GrammarName.isHeaderName(field.header) {
            error(
                "bad-name", "'\(field.header)' is not a valid header name; use letters, digits, '-' and '_'",
                at: field.location)
        }
    }

    private mutating func checkExample(of field: HTTPService.Field, of service: HTTPService) {
        guard let example = field.example, let version = unfit(example.name, field.type, service) else { return }
        error(
            "http-example", "'\(example.name)' is no \(field.type) in \(grammar.describe(VersionSet([version])))",
            at: example.location)
    }

    /// Why an address is no example of a request.
    private func complaint(
        about address: String, _ request: HTTPService.Request, of service: HTTPService
    ) -> String? {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, path == service.path else { return "the path is not '\(service.path)'" }
        var missing = request.parameters
        for pair in parts.dropFirst().joined().split(separator: "&", omittingEmptySubsequences: false) {
            let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard words.count == 2, let index = missing.firstIndex(where: { $0.parameter == words[0] }) else {
                return "'\(request.name)' has no parameter '\(words[0])', or it stands there twice"
            }
            switch missing.remove(at: index).value {
            case .literal(let literal):
                if words[1] != literal { return "'\(words[0])' is not '\(literal)'" }
            case .type(let type):
                if let version = unfit(words[1], type, service) {
                    return "'\(words[1])' is no \(type) in \(grammar.describe(VersionSet([version])))"
                }
            }
        }
        return missing.first { !$0.isOptional }.map { "'\($0.parameter)' is missing" }
    }

    /// The first version of a service in which a word is no value of a type.
    private func unfit(_ word: String, _ type: String, _ service: HTTPService) -> Int? {
        guard let type = grammar.types[type] else { return nil }
        return service.versions.numbers.first { version in
            !ValueParser(grammar: grammar, version: version).accepts(word, type: type)
        }
    }
}
