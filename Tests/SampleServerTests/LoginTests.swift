import Foundation
import MSNPSession
import Testing

@testable import SampleServer

/// The login service over plain HTTP, and what passwords are kept as.
@Suite(.timeLimit(.minutes(30)))
struct LoginTests {
    /// Sends a request and gives back the lines of the answer.
    static func ask(
        _ scripts: RawScripts, _ head: [String], host: String? = nil, body: String = ""
    ) async -> [String] {
        let peer = Peer(scripts.server.loginPort)
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        await peer.sendRaw(
            (head + ["Host: \(host ?? "127.0.0.1:\(scripts.server.loginPort)")"] + length).joined(separator: "\r\n"))
        await peer.sendRaw("\r\n\r\n" + body)
        return await peer.everything().components(separatedBy: "\r\n")
    }

    /// Nexus, login, ticket, sign-in.
    @Test func aPassportTicketSignsIn() async throws {
        try await RawScripts.run { scripts in
            let nexus = await Self.ask(scripts, ["GET /rdr/pprdr.asp HTTP/1.1"])
            let login = "127.0.0.1:\(scripts.server.loginPort)/login2.srf"
            #expect(nexus.contains { $0.hasPrefix("PassportURLs: ") && $0.contains("DALogin=\(login),") })
            let header =
                "Authorization: Passport1.4 OrgVerb=GET,OrgURL=http%3A%2F%2Fmessenger%2Emsn%2Ecom,"
                + "sign-in=alice%40example.com,pwd="
            let answer = await Self.ask(scripts, ["GET /login2.srf HTTP/1.1", header + "correct%2Dhorse,ct=1,rver=1"])
            let info = answer.first { $0.hasPrefix("Authentication-Info: ") } ?? ""
            let ticket = info.split(separator: "'").dropFirst().first ?? ""
            #expect(answer.first == "HTTP/1.1 200 OK")
            #expect(info.contains("da-status=success") && ticket.hasPrefix("t="))
            let peer = Peer(scripts.server.notificationPort)
            await peer.send("VER 1 MSNP9")
            await peer.send("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS alice@example.com")
            await peer.send("USR 3 TWN I alice@example.com")
            await peer.send("USR 4 TWN S \(ticket)")
            try await peer.expect("USR 4 OK alice@example.com")
            let refusal = await Self.ask(scripts, ["GET /login2.srf HTTP/1.1", header + "wrong,ct=1"])
            #expect(refusal.first == "HTTP/1.1 401 Unauthorized")
            #expect(refusal.contains { $0.hasPrefix("WWW-Authenticate: Passport1.4 da-status=failed") })
        }
    }

    /// The nexus names the address of this server; a client chooses at most the port, as in front of a proxy.
    @Test(arguments: [
        (nil, "evil.example", "127.0.0.1:PORT"), (nil, "evil.example:80", "127.0.0.1:PORT"),
        (nil, "127.0.0.1:443", "127.0.0.1:443"), (nil, "127.0.0.1:443,DALogin=evil.example", "127.0.0.1:PORT"),
        (nil, "127.0.0.1:0443@evil.example", "127.0.0.1:PORT"), (nil, "127.0.0.1.evil.example", "127.0.0.1:PORT"),
        ("chat.example", "evil.example", "chat.example:PORT"), ("chat.example", "Chat.example", "chat.example"),
        ("chat.example", "chat.example:8080", "chat.example:8080"), ("chat.example", "127.0.0.1", "chat.example:PORT"),
    ])
    func theNexusNamesThisServer(_ sample: (publicHost: String?, asked: String, named: String)) async throws {
        var configuration = SampleConfiguration()
        configuration.publicHost = sample.publicHost
        try await RawScripts.run(configuration) { scripts in
            let nexus = await Self.ask(scripts, ["GET /rdr/pprdr.asp HTTP/1.1"], host: sample.asked)
            let named = sample.named.replacing("PORT", with: "\(scripts.server.loginPort)")
            #expect(
                nexus.first { $0.hasPrefix("PassportURLs") }
                    == "PassportURLs: DARealm=Passport.Net,DALogin=\(named)/login2.srf,DAReg=\(named)/,Properties=\(named)/"
            )
        }
    }

    /// A request gets its answer, whatever stands behind it.
    @Test(arguments: ["\r\n", "\u{0}\u{0}", "GET / HTTP/9.9\r\n\r\n", "GET /x HTTP/1.1\r\nA: b\r\n\r\n"])
    func aConnectionHasOneAnswer(_ rest: String) async throws {
        try await RawScripts.run { scripts in
            let peer = Peer(scripts.server.loginPort)
            await peer.sendRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + rest)
            #expect(
                await peer.everything()
                    == "HTTP/1.1 200 OK\r\nContent-Length: 19\r\nConnection: close\r\n\r\nMSNP sample server\n")
        }
    }

    @Test func theNexusNamesAProxyUnlessItIsAskedDirectly() async throws {
        var configuration = SampleConfiguration()
        configuration.loginHost = "login.example:444"
        try await RawScripts.run(configuration) { scripts in
            let nexus = await Self.ask(scripts, ["GET /rdr/pprdr.asp HTTP/1.1"], host: "evil.example")
            #expect(nexus.contains { $0.contains("DALogin=login.example:444/login2.srf,") })
            let direct = "127.0.0.1:\(scripts.server.loginPort)"
            let own = await Self.ask(scripts, ["GET /rdr/pprdr.asp HTTP/1.1"], host: direct)
            #expect(own.contains { $0.contains("DALogin=\(direct)/login2.srf,") })
        }
    }

    /// A token request of single sign-on, and a sign-in with what it brought.
    @Test(arguments: [
        ("/RST.srf", "<wst:LifeTime>", "http://schemas.xmlsoap.org/soap/envelope/", "<faultcode>wsse"),
        ("/RST2.srf?id=1", "<wst:Lifetime>", "http://www.w3.org/2003/05/soap-envelope", "<S:Subcode><S:Value>wst"),
    ])
    func aSecurityTokenSignsIn(_ path: String, _ lifetime: String, _ namespace: String, _ fault: String) async throws {
        try await RawScripts.run { scripts in
            let request = { (password: String) in
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsse="u">
                 <Header><wsse:Security><wsse:UsernameToken Id="user"><wsse:Username>alice@example.com</wsse:Username>
                 <wsse:Password>\(password)</wsse:Password></wsse:UsernameToken></wsse:Security></Header>
                 <Body><ps:RequestMultipleSecurityTokens xmlns:ps="p" xmlns:wst="t" xmlns:wsa="a" xmlns:wsp="p">
                 \(["http://Passport.NET/tb", "messengerclear.live.com"].map(SOAPPeer.wanted).joined())
                 </ps:RequestMultipleSecurityTokens></Body></Envelope>
                """
            }
            let answer = await Self.ask(scripts, ["POST \(path) HTTP/1.1"], body: request("correct-horse"))
            let text = answer.last ?? ""
            #expect(answer.first == "HTTP/1.1 200 OK")
            #expect(text.range(of: ">\\s+<[^?]", options: .regularExpression) == nil)
            #expect(text.contains(lifetime) && text.contains("<S:Envelope xmlns:S=\"\(namespace)\""))
            let part = text.components(separatedBy: "messengerclear.live.com").last ?? ""
            let ticket = Self.content("BinarySecurityToken", part).replacingOccurrences(of: "&amp;", with: "&")
            let secret = Self.content("BinarySecret", part)
            for isRight in [true, false] {
                let peer = Peer(scripts.server.notificationPort)
                await peer.send("VER 1 MSNP15")
                await peer.send("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 8.1.0178 msmsgs alice@example.com")
                await peer.send("USR 3 SSO I alice@example.com")
                let nonce = try await peer.expect("USR 3 SSO S ").split(separator: " ").last ?? ""
                let proof = try SingleSignOnProof(secret: secret)
                let blob = try proof.text(nonce: isRight ? String(nonce) : String(nonce.reversed()))
                await peer.send("USR 4 SSO S \(ticket) \(blob)")
                try await peer.expect(isRight ? "USR 4 OK" : "911 4")
            }
            let refusal = await Self.ask(scripts, ["POST \(path) HTTP/1.1"], body: request("wrong"))
            #expect(refusal.first == "HTTP/1.1 500 Internal Server Error")
            #expect(refusal.last?.contains("\(fault):FailedAuthentication</") == true)
            let garbage = await Self.ask(scripts, ["POST \(path) HTTP/1.1"], body: "<a><b></a>")
            #expect(garbage.last?.contains("InvalidRequest") == true)
        }
    }

    /// What a request is repeated for is bounded: addresses of 1024 bytes, sixteen of them, and none of what is inside.
    @Test func tokensAreFewAndTheirAddressesShort() async throws {
        try await RawScripts.run { scripts in
            let ask = { (addresses: [String]) in
                await Self.ask(
                    scripts, ["POST /RST.srf HTTP/1.1"], body: SOAPPeer.request(.alice, addresses))
            }
            let address = String(repeating: "a", count: 1024)
            let answer = await ask([address])
            #expect(answer.first == "HTTP/1.1 200 OK")
            #expect(answer.last?.contains("<wsa:Address>\(address)</wsa:Address>") == true)
            #expect(await ask([address + "a"]).last?.contains("InvalidRequest") == true)
            let many = await ask((0..<20).map { "service\($0).example" })
            #expect(many.last?.components(separatedBy: "<wsa:Address>").count == 17)
            let inner = SOAPPeer.wanted("b").replacing("<wsa:Address>", with: SOAPPeer.wanted("c") + "<wsa:Address>")
            let body = SOAPPeer.request(.alice, ["a"]).replacing("</Body>", with: inner + "</Body>")
            let nested = await Self.ask(scripts, ["POST /RST.srf HTTP/1.1"], body: body)
            #expect(nested.last?.components(separatedBy: "<wsa:Address>").count == 3)
        }
    }

    /// Without a name or a password nobody is asked for one.
    @Test(arguments: ["Username", "Password"])
    func aRequestWithoutAUserIsInvalid(_ name: String) async throws {
        try await RawScripts.run { scripts in
            for replacement in ["", "<wsse:\(name)/>"] {
                let body = SOAPPeer.request(.alice, ["a"]).replacing(
                    try Regex("<wsse:\(name)>[^<]*</wsse:\(name)>"), with: replacement)
                let answer = await Self.ask(scripts, ["POST /RST.srf HTTP/1.1"], body: body)
                #expect(answer.last?.contains("<faultcode>wst:InvalidRequest</faultcode>") == true)
            }
        }
    }

    /// The text of the first element of a name.
    private static func content(_ name: String, _ text: String) -> String {
        guard let start = text.range(of: name), let open = text.range(of: ">", range: start.upperBound..<text.endIndex),
            let end = text.range(of: "<", range: open.upperBound..<text.endIndex)
        else { return "" }
        return String(text[open.upperBound..<end.lowerBound])
    }

    /// The known answers of RFC 7914, section 11.
    @Test func passwordHashesMatchTheKnownAnswers() {
        let text = { (bytes: [UInt8]) in bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
        #expect(
            text(PasswordHash.derive(password: "passwd", salt: Array("salt".utf8), iterations: 1))
                == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")
        #expect(
            text(PasswordHash.derive(password: "Password", salt: Array("NaCl".utf8), iterations: 80000))
                == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56")
        let hash = PasswordHash(password: "correct-horse", iterations: 2)
        #expect(PasswordHash(text: hash.text) == hash)
        #expect(hash.proves("correct-horse") && !hash.proves("wrong"))
        #expect(PasswordHash(text: "pbkdf2-sha256$0$AA==$AA==") == nil)
    }

    @Test func aMistakeInAnAccountFileHasItsLine() throws {
        let accounts = try AccountFile.parse("# people\r\nzoe@x.org s3cret Zoë the 1st\n\n  ann@x.org  pw\n")
        #expect(accounts.map(\.friendlyName) == ["Zoë the 1st", "ann@x.org"])
        for (text, line) in [("zoe pw\n", 1), ("\nzoe@x.org\n", 2), ("a@b.c x\nA@b.c y\n", 2), ("# none\n", 0)] {
            #expect { try AccountFile.parse(text) } throws: { ($0 as? AccountFile.Problem)?.line == line }
        }
    }
}
