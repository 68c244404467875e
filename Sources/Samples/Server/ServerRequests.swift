#if Network
// Shows: requests arrive as nested enums, `.usr(.initial(let request))`, and answers are plain structs.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers a request that the rules allow; false ends the connection.
    func answer(_ envelope: Envelope<ClientMessage>) async throws -> Bool {
        let transaction = envelope.transaction
        switch envelope.message {
        case .ver(.offer(let offer)): return try negotiate(offer, transaction)
        case .inf(.request): try say(INF.Packages(packages: [.digest]), transaction)
        case .cvr(.describe(let description)): try recommend(description, transaction)
        case .usr(let request): return try await signIn(request, transaction)
        case .out(.signOut): return false
        default:
            guard let handle else { return false }
            return try await answer(envelope.message, transaction, handle)
        }
        return true
    }

    /// Answers a request of a signed-in user.
    private func answer(
        _ message: ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle
    ) async throws -> Bool {
        switch message {
        case .chg(.change(let change)): try await set(change, transaction, handle)
        case .uux(.publish(let data)): try await publish(data, transaction, handle)
        case .png(.ping): try say(QNG.Pong(seconds: context.configuration.pingSeconds))
        case .chl(.request): try challengeProduct(transaction)
        case .qry(.answer(let answer)): return try check(answer, transaction)
        case .xfr(.switchboardRequest): try await openChat(transaction, handle)
        case .syn, .lst, .lsg, .gtc, .blp, .prp, .sbp:
            try await settings(message, transaction, handle)
        case .add, .adc, .rem, .rea: try await lists(message, transaction, handle)
        case .adg, .rmg, .reg: try await groups(message, transaction, handle)
        case .adl, .rml, .fqy: try await contacts(message, transaction, handle)
        case .uun(.message(let message)): try await relay(message, transaction, handle)
        case .uum(.message(let message)):
            try await context.exchange.page(
                to: message.userHandle.string, kind: message.kind, payload: message.payload, by: handle)
        default: return try other(message, transaction)
        }
        return true
    }

    /// Answers requests that this server has no use for.
    private func other(_ message: ClientMessage, _ transaction: TransactionID?) throws -> Bool {
        switch message {
        case .gcf(.request(let request)):
            try say(GCF.Document(file: request.file, payload: Self.shields), transaction)
        case .url(.page):
            let address = WireToken(context.startPage(of: host))
            try say(URLCommand.Address(resource: "/", signInURL: address, siteID: 1), transaction)
        case .ims(.switch(let request)): try say(IMS.Switched(isOn: request.isOn), transaction)
        case .fnd: try say(FND.Nothing(), transaction)
        case .snd: try say(SND.Sent(), transaction)
        case .sdc: try say(SDC.Mailed(), transaction)
        default: try fail(.commandDisabled, transaction)
        }
        return true
    }

    /// Chooses the first offered version that the server speaks.
    private func negotiate(_ offer: VER.Offer, _ transaction: TransactionID?) throws -> Bool {
        let served = context.versions
        for dialect in offer.dialects {
            guard let version = ProtocolVersion(name: dialect.text), served.contains(version) else { continue }
            connection.adopt(version)
            try say(VER.Accepted(dialects: [dialect]), transaction)
            return true
        }
        try say(VER.Rejected(), transaction)
        return false
    }

    /// Tells the client that it is up to date.
    private func recommend(_ description: CVR.Describe, _ transaction: TransactionID?) throws {
        let address = WireToken(context.startPage(of: host))
        try say(
            CVR.Recommended(
                recommendedVersion: description.clientVersion, recommendedAgain: description.clientVersion,
                minimumVersion: description.clientVersion, downloadURL: address, infoURL: address), transaction)
    }

    /// Challenges the client to prove which product it is.
    func challengeProduct(_ transaction: TransactionID?) throws {
        let digits = Random.digits(20)
        productChallenge = (digits, context.clock.now() + context.limits.challengeTime)
        try say(CHL.Challenge(challenge: WireToken(digits)), transaction)
    }

    /// Checks the answer to a product challenge; false ends the connection.
    private func check(_ answer: QRY.Answer, _ transaction: TransactionID?) throws -> Bool {
        let version = connection.version
        guard let challenge = productChallenge, let text = answer.payload.string,
            Products.accept(text, of: answer.clientID.string, to: challenge.text, version: version)
        else {
            try fail(.challengeFailed, transaction)
            return false
        }
        productChallenge = nil
        try say(QRY.Accepted(), transaction)
        return true
    }

    /// Lists the disabled features: none.
    private static let shields =
        "<?xml version=\"1.0\" encoding=\"utf-8\" ?><config><shield><cli maj=\"7\" min=\"0\" minbld=\"0\" maxbld=\"9999\" "
        + "deny=\" \" /></shield><block></block></config>"
}

/// Why a request is refused; sent as an error reply.
struct Refusal: Error, Equatable {
    let code: ErrorCode

    init(_ code: ErrorCode) {
        self.code = code
    }
}
#endif
