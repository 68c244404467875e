import MSNP
import MSNPSession
import WireProtocol

extension Service {
    /// The service whose sessions may begin with the command at the start of what a client sent; nil if there is none.
    public init?(openedBy bytes: [UInt8]) {
        for service in [Service.notification, .switchboard, .fileTransfer] {
            for version in ProtocolVersion.complete.reversed()
            where Self.begins(service, in: version, with: bytes) {
                self = service
                return
            }
        }
        return nil
    }

    private static func begins(_ service: Service, in version: ProtocolVersion, with bytes: [UInt8]) -> Bool {
        var stream = RecordedStream<ClientMessage>(service: service, version: version)
        stream.append(bytes, line: 0)
        guard case .message(let envelope, _) = stream.next()?.arrival, let form = envelope.message.form,
            let state = SessionRules.initial(service)
        else { return false }
        if case .go = state.step(for: form.formID, in: version) { return true }
        return false
    }
}
