import MSNP
import MSNPSession
import MSNPTransport
import SampleServer
import TestSupport
import WireProtocol

/// What raw clients say, written down by hand for each version: the tests do not trust the grammar here.
struct RawScripts: Sendable {
    let server: SampleServer
    /// The limits of the clients' connections.
    var limits = TransportLimits.default

    /// Clients with little room for what they do not read.
    var narrow: RawScripts { RawScripts(server: server, limits: RawConnection.narrow) }

    /// Signs in; the peer is at the notification server and has no status.
    func signIn(_ account: SampleAccount, _ version: Int, password: String? = nil) async throws -> Peer {
        let peer = Peer(server.notificationPort, limits: limits)
        try await begin(peer, account, version, password: password)
        try await peer.expect("USR 4 OK \(account.userHandle)")
        try await peer.expect("MSG Hotmail Hotmail")
        return peer
    }

    /// Sends all of a sign-in, and waits for nothing but its challenge.
    func begin(
        _ peer: Peer, _ account: SampleAccount, _ version: Int, password: String? = nil, endpoint: String = endpoint
    ) async throws {
        let password = password ?? account.password
        let address = account.userHandle
        await peer.send("VER 1 MSNP\(version) CVR0")
        try await peer.expect("VER 1 MSNP\(version)")
        if version >= 8 {
            await peer.send("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS \(address)")
            try await peer.expect("CVR 2")
        }
        let package = version < 8 ? "MD5" : version < 15 ? "TWN" : "SSO"
        await peer.send("USR 3 \(package) I \(address)")
        let challenge = try await peer.expect("USR 3 \(package) S ").split(separator: " ").last ?? ""
        switch package {
        case "MD5":
            let digest = MD5Login.digest(challenge: String(challenge), password: password)
            await peer.send("USR 4 MD5 S \(digest)")
        case "TWN":
            await peer.send("USR 4 TWN S \(server.tickets.issue(account: address, password: password))")
        default:
            let ticket = server.tickets.ticket(account: address, password: password)
            let blob = try SingleSignOnProof(secret: ticket.secret).text(nonce: String(challenge))
            let endpoint = version >= 16 ? " \(endpoint)" : ""
            await peer.send("USR 4 SSO S \(ticket.text) \(blob)\(endpoint)")
        }
    }

    /// Sets a status and waits for the end of what that brings.
    func goOnline(_ peer: Peer, _ version: Int, _ status: String = "NLN", number: Int = 10) async throws {
        let abilities = version < 8 ? "" : version < 16 ? " 32" : " 32:0"
        await peer.send("CHG \(number) \(status)\(abilities)")
        try await peer.expect("CHG \(number) \(status)")
    }

    /// Signs in and sets the status online.
    func online(_ account: SampleAccount, _ version: Int) async throws -> Peer {
        let peer = try await signIn(account, version)
        try await goOnline(peer, version)
        return peer
    }

    /// Opens a chat and calls somebody who answers; both are in it afterwards.
    func chat(
        _ caller: Peer, _ callerAccount: SampleAccount, _ callerVersion: Int, _ callee: Peer,
        _ calleeAccount: SampleAccount, _ calleeVersion: Int
    ) async throws -> (caller: Peer, callee: Peer) {
        await caller.send("XFR 20 SB")
        let words = try await caller.expect("XFR 20 SB ").split(separator: " ").map(String.init)
        let first = Peer(server.switchboardPort)
        await first.send("USR 1 \(user(callerAccount, callerVersion)) \(words[5])")
        try await first.expect("USR 1 OK \(user(callerAccount, callerVersion)) ")
        await first.send("CAL 2 \(calleeAccount.userHandle)")
        let ringing = try await first.expect("CAL 2 RINGING ").split(separator: " ")
        let ring = try await callee.expect("RNG ").split(separator: " ").map(String.init)
        guard ringing.count == 4, ring.count >= 7, ringing[3] == ring[1], UInt64(ring[1]) != nil else {
            throw Peer.Missing(wanted: "a session in decimal", log: ring)
        }
        let second = Peer(server.switchboardPort)
        await second.send("ANS 1 \(user(calleeAccount, calleeVersion)) \(ring[4]) \(ring[1])")
        try await second.expect("IRO 1 1 ")
        try await second.expect("ANS 1 OK")
        try await first.expect("JOI \(calleeAccount.userHandle)")
        return (first, second)
    }

    /// An account on a switchboard.
    func user(_ account: SampleAccount, _ version: Int) -> String {
        account.userHandle + (version >= 16 ? ";" + Self.endpoint : "")
    }

    /// The place of newer clients.
    static let endpoint = "{55192CF5-588E-4ABE-9CDF-395B616ED85B}"
    /// The versions of mixed pairs.
    static let mixed = [2, 7, 8, 12, 15, 18]
    /// All versions.
    static let all = Array(2...18)

    /// A server whose lists begin with the number 1.
    static var young: SampleConfiguration {
        var configuration = SampleConfiguration()
        let clock = configuration.clock
        configuration.clock = ServerClock(now: clock.now, sleep: clock.sleep, unixTime: { 1 })
        return configuration
    }

    /// Runs a server for a test, on a clock that the test moves if it gives one.
    static func run(
        _ configuration: SampleConfiguration? = nil, limits: TransportLimits? = nil, clock: ManualClock? = nil,
        _ body: @escaping @Sendable (RawScripts) async throws -> Void
    ) async throws {
        var configuration = configuration ?? Self.young
        guard let clock else {
            return try await SampleServer.withRunning(configuration, limits: limits) { server in
                try await body(RawScripts(server: server))
            }
        }
        configuration.clock = clock.serverClock
        try await SampleServer.withRunning(configuration, limits: limits) { server in
            // The farewell waits for this clock.
            try await clock.guarding { try await body(RawScripts(server: server)) }
        }
    }
}
