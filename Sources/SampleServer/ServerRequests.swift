// Shows: requests arrive as two levels of enums, `.usr(.initial(let request))`, and answers are plain structs.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers a request the rules allow; false ends the connection.
    func answer(_ envelope: Envelope<ClientMessage>) async throws -> Bool {
        let transaction = envelope.transaction
        switch envelope.message {
        case .ver(.offer(let offer)): return try await negotiate(offer, transaction)
        case .inf(.request):
            try await send(INF.Packages(packages: [.digest]), transaction)
        case .cvr(.describe(let description)):
            try await send(
                CVR.Recommended(
                    recommendedVersion: description.clientVersion, recommendedAgain: description.clientVersion,
                    minimumVersion: description.clientVersion), transaction)
        case .usr(let request): return try await signIn(request, transaction)
        case .chg(.change(let change)): try await set(change, transaction)
        case .png(.ping): try await send(QNG.Pong(seconds: context.configuration.pingSeconds))
        case .chl(.request): try await challengeProduct(transaction)
        case .qry(.answer(let answer)): return try await check(answer, transaction)
        case .xfr(.switchboardRequest):
            try await fail(hasStatus ? .switchboardFailed : .notAllowedWhenOffline, transaction)
        case .out(.signOut): return false
        default:
            guard let transaction else { return true }
            try await fail(.commandDisabled, transaction)
        }
        return true
    }

    /// Chooses the first offered version that can sign in.
    private func negotiate(_ offer: VER.Offer, _ transaction: TransactionID?) async throws -> Bool {
        let usable = SignInKind.completeVersions
        for dialect in offer.dialects {
            guard let version = ProtocolVersion(name: dialect.text), usable.contains(version) else { continue }
            connection.adopt(version)
            try await send(VER.Accepted(dialects: [dialect]), transaction)
            return true
        }
        try await send(VER.Rejected(), transaction)
        return false
    }

    /// Sets the status; the first one is followed by the presence of the others and a challenge.
    private func set(_ change: CHG.Change, _ transaction: TransactionID?) async throws {
        guard let user else { return }
        let isFirst = !hasStatus
        hasStatus = true
        try await send(
            CHG.Changed(
                status: change.status, capabilities: change.capabilities,
                endpointCapabilities: change.endpointCapabilities, msnObject: change.msnObject), transaction)
        var others = await context.hub.set(change.status, of: user.member)
        guard isFirst else { return }
        if let contact = context.configuration.contact { others.insert(contact, at: 0) }
        let version = connection.version
        for other in others {
            if ILN.Initial.versions.contains(version) {
                try await send(other.initial(in: version), transaction)
            } else {
                try await send(other.changed(in: version))
            }
        }
        if CHL.Challenge.versions.contains(version) { try await challengeProduct(.zero) }
    }

    /// Asks the client to prove which product it is.
    private func challengeProduct(_ transaction: TransactionID?) async throws {
        var source = SystemRandomNumberGenerator()
        let digits = (0..<20).map { _ in String(source.next(upperBound: UInt(10))) }.joined()
        productChallenge = digits
        try await send(CHL.Challenge(challenge: WireToken(digits)), transaction)
    }

    /// Holds the answer to a product challenge against the right one; false ends the connection.
    private func check(_ answer: QRY.Answer, _ transaction: TransactionID?) async throws -> Bool {
        let product = ClientChallenge.sample
        guard let challenge = productChallenge, answer.clientID.string == product.productID,
            answer.payload?.string == product.answer(to: challenge, version: connection.version)
        else {
            try await fail(.challengeFailed, transaction)
            return false
        }
        productChallenge = nil
        try await send(QRY.Accepted(), transaction)
        return true
    }
}
