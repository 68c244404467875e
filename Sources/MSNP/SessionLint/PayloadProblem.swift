import MSNP
import WireProtocol
import WireXML

/// What is wrong with the payload of a form; nil if it is correct or empty.
///
/// No other code in this module looks into payloads.
public func payloadProblem(of form: any WireForm, version: ProtocolVersion) -> String? {
    guard let payload = form.payloadBytes, !payload.isEmpty else { return nil }
    let (command, name) = ("\(type(of: form).command)", "\(type(of: form).form)")
    do throws(PayloadError) {
        switch type(of: form).payloadFormat {
        case .absent: break
        case .text:
            if payload.string == nil { return "payload is not UTF-8 text" }
        case .bytes, .mime: try Payload.validate(payload, command: command, form: name, version: version)
        case .xml(let roots):
            let root = try XMLElement(parsing: payload, limits: .grammar)
            let names = roots.map { "\($0)" }
            guard names.isEmpty || names.contains(root.name) else {
                return "payload has the root '\(root.name)' instead of \(names.joined(separator: " or "))"
            }
            try Payload.validate(root, command: command, form: name, version: version)
        }
        return nil
    } catch {
        return "\(error)"
    }
}
