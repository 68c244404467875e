import MSNP
import MSNPSession
import WireProtocol

/// Holds a vector row against the grammar.
enum VectorCheck {
    /// What is wrong in one version.
    struct Failure {
        /// The version's name.
        let version: String
        /// The reason.
        let reason: String
    }

    /// Checks a row in all of its versions.
    static func check(_ row: VectorRow) -> [Failure] {
        guard let service = row.server.service else {
            return row.isValid ? [Failure(version: "FT", reason: "no such service")] : []
        }
        var failures: [Failure] = []
        for number in row.versions {
            guard let version = ProtocolVersion.known.first(where: { $0.number == number }) else {
                if row.isValid {
                    failures.append(Failure(version: "MSNP\(number)", reason: "unknown version"))
                }
                continue
            }
            let reason =
                row.fromClient
                ? refusal(ClientMessage.self, row.wire, service, version)
                : refusal(ServerMessage.self, row.wire, service, version)
            if row.isValid, let reason {
                failures.append(Failure(version: version.displayName, reason: reason))
            } else if !row.isValid, reason == nil {
                failures.append(Failure(version: version.displayName, reason: "accepted, though invalid"))
            }
        }
        return failures
    }

    /// Why the bytes are not one good command; nil if they are one and come out of the encoder as they went in.
    private static func refusal<Message: WireMessage & WireEncodable>(
        _ message: Message.Type, _ wire: [UInt8], _ service: Service, _ version: ProtocolVersion
    ) -> String? {
        var half = WireHalf<Message>(service: service, version: version)
        half.append(wire)
        let arrival = half.next()
        guard half.bufferedBytes == 0 else { return "the bytes are not one whole command" }
        switch arrival {
        case nil: return "the bytes are not one whole command"
        case .unframed(let error): return "\(error)"
        case .undecodable(let error, _): return "\(error)"
        case .message(let envelope, let frame):
            if half.next() != nil { return "more than one command" }
            return refusal(envelope, frame, wire, version)
        }
    }

    /// Why a decoded command is not good: unknown, a bad payload, or other bytes when encoded again.
    private static func refusal<Message: WireMessage & WireEncodable>(
        _ envelope: Envelope<Message>, _ frame: Frame, _ wire: [UInt8], _ version: ProtocolVersion
    ) -> String? {
        if let form = envelope.message.form {
            if let reason = PayloadCheck.problem(of: form) { return reason }
        } else if envelope.message.isUnknown {
            return "\(frame.command): unknown command"
        }
        var writer = LineWriter(version: version)
        do throws(EncodingError) {
            try envelope.message.encode(into: &writer, transaction: envelope.transaction)
        } catch {
            return "\(error)"
        }
        guard writer.bytes == wire else {
            let spelled = String(decoding: writer.bytes, as: UTF8.self).debugDescription
            return "encodes to other bytes: \(spelled)"
        }
        return nil
    }
}

/// What the check needs of a message besides decoding.
protocol WireEncodable {
    /// Writes the command.
    func encode(into writer: inout LineWriter, transaction: TransactionID?) throws(EncodingError)
    /// True for a command the grammar does not know.
    var isUnknown: Bool { get }
}

extension ClientMessage: WireEncodable {
    /// True for a command the grammar does not know.
    var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}

extension ServerMessage: WireEncodable {
    /// True for a command the grammar does not know.
    var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}

extension VectorRow.Server {
    /// The generated service; none for file transfer.
    var service: Service? {
        switch self {
        case .dispatch: .dispatch
        case .notification: .notification
        case .switchboard: .switchboard
        case .fileTransfer: nil
        }
    }
}
