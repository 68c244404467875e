import MSNP
import WireProtocol
import WireXML

/// What is wrong with the payload of a form.
struct PayloadProblem: Error, CustomStringConvertible {
    let description: String
}

/// What is wrong with the payload of a form; nil if it is correct or empty.
public func payloadProblem(of form: any WireForm, version: ProtocolVersion) -> String? {
    do throws(PayloadProblem) {
        _ = try payloadDeviations(of: form, version: version)
        return nil
    } catch {
        return error.description
    }
}

/// The known deviations of programs in the payload of a form; throws if something else is wrong with it.
///
/// No other code in this module looks into payloads.
func payloadDeviations(of form: any WireForm, version: ProtocolVersion) throws(PayloadProblem) -> [Deviation] {
    guard let payload = form.payloadBytes, !payload.isEmpty else { return [] }
    let (command, name) = ("\(type(of: form).command)", "\(type(of: form).form)")
    do {
        switch type(of: form).payloadFormat {
        case .absent: return []
        case .text:
            if payload.string == nil { throw PayloadProblem(description: "payload is not UTF-8 text") }
            return []
        case .bytes, .mime: return try Payload.validate(payload, command: command, form: name, version: version)
        case .xml(let roots):
            var found: [Deviation] = []
            let root = try XMLElement(
                parsing: payload,
                tolerating: Payload.documentDeviations(command: command, form: name, version: version), found: &found,
                limits: .grammar)
            let names = roots.map { "\($0)" }
            guard names.isEmpty || names.contains(root.name) else {
                let expected = names.joined(separator: " or ")
                throw PayloadProblem(description: "payload has the root '\(root.name)' instead of \(expected)")
            }
            return found + (try Payload.validate(root, command: command, form: name, version: version))
        }
    } catch {
        throw error as? PayloadProblem ?? PayloadProblem(description: "\(error)")
    }
}
