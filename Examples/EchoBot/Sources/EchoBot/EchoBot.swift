import Foundation
import MSNP
import MSNPSession
import MSNPTickets
import MSNPTransport

/// A bot that signs in, answers every call, and says back what it hears. No line of it asks for a version.
struct EchoBot: Sendable {
    let server: ServerAddress
    let credentials: Credentials
    let version: ProtocolVersion
    let tickets: WebTickets
    private let connector = TCPConnector()

    /// Signs in and stays until the session ends.
    func run() async throws {
        let signIn = SignIn(credentials: credentials, versions: [version], tickets: tickets)
        try await signIn.follow(from: server, connector: connector, setup: setup) { session, _ in
            try await answerCalls(session)
        }
    }

    private func setup(_ service: Service) -> SessionSetup { SessionSetup(service: service, version: version) }

    /// Goes online and joins each conversation that it is called to.
    private func answerCalls(_ session: ClientSession) async throws {
        _ = try await session.send(CHG.Change(status: .online, capabilities: Capabilities(client: [], extended: [])))
        say("online with \(version.name ?? "\(version)")")
        try await withThrowingTaskGroup(of: Void.self) { calls in
            for await notice in session.notices {
                switch notice {
                case .message(let envelope):
                    switch envelope.message {
                    case .chl(.challenge(let challenge)):
                        let product = ClientChallenge.sample
                        let answer = product.answer(to: challenge.challenge.string, version: version)
                        try await session.post(QRY.Answer(clientID: WireToken(product.productID), payload: answer))
                    case .rng(.invited(let call)):
                        calls.addTask { try await converse(call) }
                    default: break
                    }
                case .unreadable(let error, _): say("not understood: \(error)")
                case .refused(let error, _): say("refused: \(error)")
                case .ended(let reason): throw reason
                }
            }
        }
    }

    /// Joins a conversation and stays until it is over.
    private func converse(_ call: RNG.Invited) async throws {
        try await connector.withSession(at: ServerAddress(call.address), setup(.switchboard)) { board in
            let bot = EndpointHandle(userHandle: try Account(credentials.userHandle), endpoint: try GUID(Self.endpoint))
            _ = try await board.send(ANS.Answer(user: bot, cookie: call.cookie, sessionID: call.sessionID))
            for await notice in board.notices {
                guard case .message(let envelope) = notice, case .msg(.delivered(let said)) = envelope.message,
                    case .plainText(let text) = try Payload.Message.read(said.payload).content
                else { continue }
                say("\(said.userHandle) says \(text.body)")
                // Nobody waits for an acknowledgement, so the letter asks for none.
                try await board.post(
                    MSG.Message(acknowledgement: .never, payload: Payload.PlainText("Echo: \(text.body)")))
            }
        }
    }

    /// Prints a line at once, whoever reads it.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    /// The GUID of this machine, for versions in which an account is at several places.
    private static let endpoint = "{55192CF5-588E-4ABE-9CDF-395B616ED85B}"
}
