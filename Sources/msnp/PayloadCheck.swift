import WireProtocol

/// Holds a payload against the format its form declares.
enum PayloadCheck {
    /// What is wrong with the payload; nil if nothing is. An empty payload is always right.
    static func problem(of form: any WireForm) -> String? {
        guard let payload = form.payload, !payload.isEmpty else { return nil }
        switch type(of: form).payloadFormat {
        case .none, .bytes, .mime: return nil
        case .text: return payload.string == nil ? "payload is not UTF-8 text" : nil
        case .xml(let roots):
            switch XMLRoot.read(payload.array) {
            case .malformed(let line): return "payload is not well-formed XML (line \(line))"
            case .root(let name):
                let names = roots.map { "\($0)" }
                guard !names.isEmpty, !names.contains(name) else { return nil }
                return "payload has the root '\(name)' instead of \(names.joined(separator: " or "))"
            }
        }
    }
}
