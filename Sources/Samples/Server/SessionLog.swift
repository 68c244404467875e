#if Network
// Shows: what is wrong with a command names the command and the form, so a log needs no word that a client sent.
import Logging
import MSNP
import MSNPSession
import WireProtocol

/// What happens on one connection, for the operator: with the connection and the account, and without secrets.
struct SessionLog: Sendable {
    private var logger: Logger

    init(_ logger: Logger, connection: String) {
        self.logger = logger
        self.logger[metadataKey: "connection"] = "\(connection)"
    }

    /// Names the account in what follows.
    mutating func name(account: String) {
        logger[metadataKey: "account"] = "\(TerminalText.line(account))"
    }

    func opened() { logger.debug("opened") }

    func closed() { logger.debug("closed") }

    func signedIn(_ version: ProtocolVersion) { logger.info("signed in with \(version.name ?? "\(version)")") }

    /// A request that deviates from the protocol as programs are known to do.
    func accepted(_ deviations: [Deviation], of form: (any DescribedForm)?) {
        for deviation in deviations {
            let name = form.map { "\(type(of: $0).command).\(type(of: $0).form)" } ?? ""
            logger.debug("accepted: \(deviation)", metadata: ["form": "\(name)"])
        }
    }

    /// A command that cannot be read or comes at the wrong time gets an error, or nothing.
    func refused(_ reason: ServerConnection.Reason, with code: ErrorCode?) {
        let answer = code.map { "answered with \($0.number) \($0.name ?? "")" } ?? "not answered"
        logger.notice("\(answer): \(reason)", metadata: Self.form(of: reason))
    }

    /// A request that was read and is refused.
    func refused(_ form: any DescribedForm, with code: ErrorCode) {
        let name = "\(type(of: form).command).\(type(of: form).form)"
        logger.info("answered with \(code.number) \(code.name ?? "")", metadata: ["form": "\(name)"])
    }

    /// The connection is closed because of a command.
    func closed(because reason: ServerConnection.Reason) {
        logger.notice("closed: \(reason)", metadata: Self.form(of: reason))
    }

    /// The connection is closed because too many of its commands cannot be read.
    func closedAfterTooMany() { logger.warning("closed: too many commands cannot be read") }

    /// The connection is closed because the client reads nothing.
    func closedUnread() { logger.notice("closed: the client has read nothing for too long") }

    /// The connection is closed because more waits for the client than may.
    func closedOverflowing() { logger.notice("closed: too much waits for the client to read it") }

    /// The command and the form, as far as they are known.
    private static func form(of reason: ServerConnection.Reason) -> Logger.Metadata {
        switch reason {
        case .rules(let command, let form, _): ["form": "\(command).\(form)"]
        case .decoding(let error): ["form": "\(error.command)\(error.form.map { "." + $0 } ?? "")"]
        case .framing: [:]
        }
    }
}
#endif
