#if Network
// Shows: a switchboard uses the version of the sign-in; the newest version reads the first line of every other.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers a request on a switchboard; false ends the connection.
    func chat(_ envelope: Envelope<ClientMessage>) async throws -> Bool {
        let transaction = envelope.transaction
        switch envelope.message {
        case .usr(.join(let request)):
            return try await join(request.user, request.cookie, nil, transaction)
        case .ans(.answer(let request)):
            return try await join(request.user, request.cookie, request.sessionID.text, transaction)
        case .cal(.invite(let request)): return try await call(request.userHandle.string, transaction)
        case .msg(.message(let message)): return try await say(message, transaction)
        default: return false
        }
    }

    /// Admits a client with a cookie to a new chat, or to the one that it was invited to.
    private func join(
        _ user: EndpointHandle, _ cookie: Credential, _ room: String?,
        _ transaction: TransactionID?
    ) async throws -> Bool {
        let account = user.userHandle.string
        guard let claim = await context.exchange.redeem(cookie.string, userHandle: account, room: room)
        else {
            try fail(.authenticationFailed, transaction)
            return false
        }
        connection.adopt(claim.version)
        log.name(account: account)
        let entry: (membership: Exchange.ChatMembership, others: [Participant])
        do throws(Refusal) {
            entry = try await context.exchange.enterChat(claim, endpoint: user.endpoint, mailbox: mailbox)
        } catch {
            try fail(error.code, transaction)
            return false
        }
        membership = entry.membership
        if room == nil {
            try say(
                USR.Joined(user: user, friendlyName: WireText(entry.membership.participant.name)), transaction)
        } else {
            try list(entry.others, transaction)
            try say(ANS.Joined(), transaction)
        }
        return true
    }

    /// Tells a newcomer who is in the chat.
    private func list(_ others: [Participant], _ transaction: TransactionID?) throws {
        let lines = others.flatMap { participant in users(participant).map { (participant, $0) } }
        for (index, line) in lines.enumerated() {
            let (participant, user) = line
            try say(
                IRO.Participant(
                    index: UInt32(clamping: index + 1), total: UInt32(clamping: lines.count),
                    user: user, friendlyName: WireText(participant.name),
                    capabilities: participant.capabilities), transaction)
        }
    }

    /// Invites somebody.
    private func call(_ userHandle: String, _ transaction: TransactionID?) async throws -> Bool {
        guard let membership else { return false }
        let call = try await context.exchange.call(userHandle, from: membership)
        guard let sessionID = try? SessionID(membership.room) else { throw Refusal(.switchboardFailed) }
        try say(CAL.Ringing(sessionID: sessionID), transaction)
        if case .ownEndpoint(let participant) = call { tellJoined(participant) }
        return true
    }

    /// Passes on a message and acknowledges it as requested.
    private func say(_ message: MSG.Message, _ transaction: TransactionID?) async throws -> Bool {
        guard let membership else { return false }
        let payload = message.payload
        let isData = (try? MIMEMessage(reading: payload))?.contentType == Self.dataType
        if message.acknowledgement == .data, !isData {
            try fail(.invalidPeerPayload, transaction)
            return false
        }
        let isDelivered = await context.exchange.say(payload, from: membership)
        if isDelivered {
            let answer = ACK.Delivered()
            if message.allows(.ackDelivered(answer)) { try say(answer, transaction) }
        } else {
            let answer = NAK.Undelivered()
            if message.allows(.nakUndelivered(answer)) { try say(answer, transaction) }
        }
        return true
    }

    /// The content type of peer-to-peer data.
    private static let dataType = "application/x-msnmsgrp2p"
}
#endif
