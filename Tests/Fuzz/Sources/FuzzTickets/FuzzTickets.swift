// Whatever login services and servers say, and however it is cut, a client gets the same ticket or the same error, which
// has a reason; each of its requests is sound and goes where a password may go, and a ticket never breaks out of USR.
import FuzzSupport
import MSNP
import MSNPSession
import WireProtocol

/// What no service knows before it is asked.
let credentials = Credentials(userHandle: "alice@example.com", password: "Zq7Kx9Wm2Vt4Rb8N")

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTickets(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard bytes.count > 2 else { return 0 }
    // The challenge of the server, and the answers of the services.
    let parts = bytes[2...].split(separator: 0x1E, omittingEmptySubsequences: false).map(Array.init)
    let challenge = String(decoding: parts[0], as: UTF8.self)
    let answers = Array(parts.dropFirst().prefix(16))
    let outcomes = (0..<3).map { way in
        let services = Services(answers, cut: bytes[0], way: way)
        return bytes[1] & 1 == 0 ? services.ticket(challenge) : services.token(policy: challenge)
    }
    check(outcomes.allSatisfy { $0 == outcomes[0] }, "other outcomes for other pieces: \(outcomes)")
    check(outcome: outcomes[0])
    return 0
}

/// What became of a request.
enum Outcome: Equatable {
    case ticket(String)
    case token(String, secret: String?)
    case error(TicketError)
}

private func check(outcome: Outcome) {
    switch outcome {
    case .ticket(let ticket):
        guard let credential = try? Credential(ticket) else { return }
        checkLine(USR.Ticket(ticket: credential), ticket, .msnp9)
    case .token(let ticket, let secret):
        // A secret that is none is an error of its own.
        let blob = secret.flatMap { try? SingleSignOnProof(secret: $0).text(nonce: "nonce") }
        guard let credential = try? Credential(ticket) else { return }
        let proof = try? USR.Proof(ticket: credential, blob: blob.map(Credential.init(_:)))
        guard let proof else { fatalError("no proof of \(ticket)") }
        checkLine(proof, ticket, .msnp15)
    case .error(let error):
        let text = error.description
        check(text.count < 400, "an error of \(text.count) characters")
        check(!text.contains(where: \.isNewline), "an error of several lines")
        check(!text.hasSuffix(": "), "no reason: \(error)")
        check(!text.contains(credentials.password.value.string), "an error tells the password")
    }
}

/// A ticket is one word of one line, or it is refused.
private func checkLine(_ form: some WireForm & TransactionForm, _ ticket: String, _ version: ProtocolVersion) {
    var writer = LineWriter(version: version)
    guard (try? form.encode(into: &writer, transaction: 4)) != nil else { return }
    var decoder = MessageDecoder<ClientMessage>(service: .notification, version: version)
    decoder.append(writer.bytes)
    check((try? decoder.next())??.message.form != nil, "a line that is not read: \(ticket)")
    check(decoder.bufferedBytes == 0, "more than a line: \(ticket)")
}
