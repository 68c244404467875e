#if Network
import MSNP
import MSNPSession
import SessionLint
import WireProtocol

/// A part of what one end sent through a proxy.
public struct ProxiedPart: Sendable {
    /// The end that sent it.
    public let sender: Sender
    /// The bytes as they came.
    public let bytes: [UInt8]
    /// The command; nil if the bytes are none.
    public let line: SessionLine?
    /// What the grammar and the session rules say about it.
    public let findings: [ReplayedPart.Finding]
    /// The address that was replaced, and what stands there now.
    public let replaced: (from: ServerAddress, to: ServerAddress)?

    init(
        _ part: ReplayedPart, from sender: Sender, replaced: (from: ServerAddress, to: ServerAddress)? = nil
    ) {
        self.sender = sender
        bytes = part.bytes
        line = part.line
        findings = part.findings
        self.replaced = replaced
    }
}

/// A command that sends a client to another server.
struct Referral {
    /// The address of the server.
    let address: ServerAddress
    /// The service there.
    let service: Service
    private let line: SessionLine

    /// The referral in a command; nil for any other.
    init?(_ line: SessionLine) {
        let place: HostPort
        switch line.form {
        case let form as XFR.Notification where form.transport != .gateway:
            (place, service) = (form.address, .notification)
        case let form as XFR.Switchboard: (place, service) = (form.address, .switchboard)
        case let form as RNG.Invited: (place, service) = (form.address, .switchboard)
        default: return nil
        }
        address = ServerAddress(host: place.host.string, port: Int(place.port.number))
        self.line = line
    }

    /// The bytes of the command with another address.
    func bytes(to new: ServerAddress) throws(WireEncodingError) -> [UInt8] {
        let place = HostPort(host: WireToken(new.urlHost), port: PortNumber(clamping: new.port))
        var writer = LineWriter(version: line.version, policy: .fitting)
        switch line.form {
        case var form as XFR.Notification:
            form.address = place
            if form.currentAddress != nil { form.currentAddress = place }
            try form.encode(into: &writer, optionalTransaction: line.transaction)
        case var form as XFR.Switchboard:
            form.address = place
            try form.encode(into: &writer, optionalTransaction: line.transaction)
        case var form as RNG.Invited:
            form.address = place
            try form.encode(into: &writer, optionalTransaction: line.transaction)
        default: return line.raw
        }
        return writer.takeBytes()
    }
}
#endif
