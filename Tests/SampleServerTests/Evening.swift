import SampleServer

/// What two users of one version do in an evening.
enum Evening {
    /// Alice and Bob bring their lists, see each other, chat and part; the connections of each.
    static func play(_ scripts: RawScripts, _ version: Int) async throws -> [(main: Peer, chat: Peer)] {
        let bob = try await scripts.signIn(.bob, version)
        try await list(bob, version)
        try await scripts.goOnline(bob, version)
        let alice = try await scripts.signIn(.alice, version)
        try await list(alice, version)
        try await scripts.goOnline(alice, version)
        _ = try await alice.settled()
        try await scripts.goOnline(bob, version, "BSY", number: 11)
        if version >= 11 {
            await bob.send("UUX 12", payload: "<Data><PSM>busy</PSM><CurrentMedia></CurrentMedia></Data>")
            try await bob.expect("UUX 12 0")
        }
        let (caller, callee) = try await scripts.chat(alice, .alice, version, bob, .bob, version)
        let text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nhello"
        await caller.send("MSG 3 A", payload: text)
        try await caller.expect("ACK 3")
        try await callee.expect("MSG alice@example.com")
        await callee.send("MSG 4 N", payload: text)
        try await caller.expect("MSG bob@example.com")
        await callee.send("OUT")
        try await caller.expect("BYE bob@example.com")
        if version >= 16 { try await caller.expect("BYE bob@example.com") }
        await bob.send("OUT")
        try await alice.expect("FLN ")
        _ = try await alice.settled()
        return [(alice, caller), (bob, callee)]
    }

    /// Brings the lists, as the version does.
    private static func list(_ peer: Peer, _ version: Int) async throws {
        if version < 13 {
            await peer.send(version < 10 ? "SYN 5 0" : "SYN 5 0 0")
        } else {
            await peer.send("BLP 5 AL")
            await peer.send(
                "ADL 6", payload: "<ml l=\"1\"><d n=\"example.com\"><c n=\"dave\" l=\"3\" t=\"1\"/></d></ml>")
            await peer.send("PRP 7 MFN Somebody")
        }
        _ = try await peer.settled()
    }
}
