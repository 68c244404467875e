#if Network
import MSNP
import MSNPSession
import SessionLint
import WireProtocol

/// Checks a vector row against the grammar.
enum VectorCheck {
    /// A failure in one version.
    struct Failure {
        let version: String
        let reason: String
    }

    /// Checks a row in each of its versions.
    static func check(_ row: VectorRow) -> [Failure] {
        if row.service == Service(shortName: "FT"), let first = row.wire.first, first < 0x20 {
            return check(blocks: row)
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
                ? refusal(ClientMessage.self, row, version) : refusal(ServerMessage.self, row, version)
            if row.isValid, let reason {
                failures.append(Failure(version: version.displayName, reason: reason))
            } else if !row.isValid, reason == nil {
                failures.append(
                    Failure(version: version.displayName, reason: "accepted, although it is marked invalid"))
            }
        }
        return failures
    }

    /// Checks a row that holds blocks of a file instead of a line.
    private static func check(blocks row: VectorRow) -> [Failure] {
        var blocks = FileBlocks()
        let isRead = blocks.take(row.wire).isEmpty && blocks.isComplete
        guard isRead != row.isValid else { return [] }
        return [
            Failure(
                version: "FT",
                reason: isRead ? "accepted, although it is marked invalid" : "not a sequence of whole blocks")
        ]
    }

    /// Why the bytes are not one correct command that encodes to the same bytes; nil if they are.
    private static func refusal<Message: WireMessage>(
        _ message: Message.Type, _ row: VectorRow, _ version: ProtocolVersion
    ) -> String? {
        var codec = MessageCodec<Message>(service: row.service, version: version)
        codec.append(row.wire)
        let arrival = codec.next()
        guard codec.bufferedBytes == 0 else { return "not one whole command" }
        switch arrival {
        case nil: return "not one whole command"
        case .unframed(let error): return "\(error)"
        case .undecodable(let error, _): return "\(error)"
        case .message(let envelope, let frame):
            if codec.next() != nil { return "more than one command" }
            return refusal(envelope, frame, row, version)
        }
    }

    /// Why a decoded command is not correct: it is unknown, has a bad payload, or encodes to other bytes.
    private static func refusal<Message: WireMessage>(
        _ envelope: Envelope<Message>, _ frame: Frame, _ row: VectorRow, _ version: ProtocolVersion
    ) -> String? {
        guard let form = envelope.message.form else { return "\(frame.command): unknown command" }
        let report = PayloadReport(form, version: version)
        if !row.isFramingOnly, let reason = (report.problems + report.insideProblems).first { return reason }
        var writer = LineWriter(version: version)
        do throws(WireEncodingError) {
            try envelope.message.encode(into: &writer, optionalTransaction: envelope.transaction)
        } catch {
            return "\(error)"
        }
        guard writer.bytes == row.wire else {
            let spelled = String(decoding: writer.bytes, as: UTF8.self).debugDescription
            return "encodes to other bytes: \(spelled)"
        }
        return nil
    }
}
#endif
