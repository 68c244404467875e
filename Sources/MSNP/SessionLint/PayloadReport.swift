import MSNP
import WireProtocol
import WireXML

/// What is wrong in the payload of a form, and what programs are known to do in it.
public struct PayloadReport: Hashable, Sendable {
    /// The known deviations of programs.
    public private(set) var deviations: [Deviation] = []
    /// What cannot be read or is missing; none for a payload that is right or empty.
    public private(set) var problems: [String] = []
    /// The same in a payload inside the payload, which the other end need not look into.
    public private(set) var insideProblems: [String] = []

    /// Looks into the payload of a form.
    ///
    /// No other code in this module looks into payloads.
    public init(_ form: any WireForm, version: ProtocolVersion) {
        guard let payload = form.payloadBytes, !payload.isEmpty else { return }
        do throws(PayloadError) {
            switch type(of: form).payloadFormat {
            case .absent: break
            case .text: if payload.string == nil { problems = ["payload is not UTF-8 text"] }
            case .bytes, .mime:
                let (command, name) = ("\(type(of: form).command)", "\(type(of: form).form)")
                take(try Payload.inspect(payload, command: command, form: name, version: version))
            case .xml(let roots): try read(payload, of: form, roots.map { "\($0)" }, version)
            }
        } catch {
            problems.append(error.description)
        }
    }

    private mutating func read(
        _ document: WireBytes, of form: any WireForm, _ roots: [String], _ version: ProtocolVersion
    ) throws(PayloadError) {
        let (command, name) = ("\(type(of: form).command)", "\(type(of: form).form)")
        let root = try XMLElement(
            parsing: document,
            tolerating: Payload.documentDeviations(command: command, form: name, version: version), found: &deviations,
            limits: .grammar)
        guard roots.isEmpty || roots.contains(root.name) else {
            let expected = roots.joined(separator: " or ")
            problems.append("payload has the root '\(root.name)' instead of \(expected)")
            return
        }
        take(try Payload.inspect(root, command: command, form: name, version: version))
    }

    private mutating func take(_ findings: PayloadFindings) {
        deviations += findings.deviations
        problems += findings.problems.map(\.description)
        insideProblems += findings.insideProblems.map(\.description)
    }
}
