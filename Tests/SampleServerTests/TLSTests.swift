import Foundation
import MSNPTransport
import SampleServer
import TestSupport
import Testing

/// The login service and the address book over TLS, a trait that is on by default.
@Suite(.timeLimit(.minutes(30)))
struct TLSTests {
    #if TLS
    private static let clock = ServerClock.system

    /// Settings for a server with a certificate.
    private static func configuration(_ certificate: TestCertificate) throws -> SampleConfiguration {
        var configuration = SampleConfiguration.patient
        configuration.certificate = try ServerCertificate(
            certificates: certificate.certificate, key: certificate.key, time: clock.unixTime())
        return configuration
    }

    /// Asks for a page over TLS.
    private static func get(
        _ path: String, _ server: SampleServer, host: String = "127.0.0.1", trusting: TestCertificate?
    ) async throws -> HTTPResponse {
        try await HTTPClient.send(
            HTTPRequest(method: "GET", path: path), to: host, port: server.secureLoginPort ?? 0, tls: true,
            trust: try trusting.map { try TrustedCertificates($0.certificate) }, clock: PatientClock())
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func theNexusNamesTheServerOverTLS(_ host: String) async throws {
        let certificate = try TestCertificate()
        try await SampleServer.withRunning(try Self.configuration(certificate)) { server in
            let answer = try await Self.get("/rdr/pprdr.asp", server, host: host, trusting: certificate)
            #expect(answer.status == 200)
            let urls = answer.headers.first { $0.name == "PassportURLs" }?.value ?? ""
            #expect(
                urls.hasPrefix("DARealm=Passport.Net,DALogin=127.0.0.1:\(server.secureLoginPort ?? 0)/login2.srf,"))
        }
    }

    /// A token request and the address book, whose answers are longer than a record of TLS.
    @Test func aTicketOpensTheAddressBook() async throws {
        let certificate = try TestCertificate()
        var configuration = try Self.configuration(certificate)
        let alice = SampleAccount(
            userHandle: "alice@example.com", password: "secret", friendlyName: "Alice",
            acquaintances: (0..<300).map { "friend\($0)@example.com" })
        configuration.accounts = [alice]
        configuration.contact = nil
        try await SampleServer.withRunning(configuration) { server in
            let trust = try TrustedCertificates(certificate.certificate)
            let post = { (path: String, body: String) in
                let answer = try await HTTPClient.send(
                    HTTPRequest(method: "POST", path: path, body: Array(body.utf8)), to: "127.0.0.1",
                    port: server.secureLoginPort ?? 0, tls: true, trust: trust, clock: PatientClock())
                #expect(answer.status == 200)
                return String(decoding: answer.body, as: UTF8.self)
            }
            let tokens = try await post("/RST.srf", SOAPPeer.request(alice, ["contacts.msn.com"]))
            let peer = try SOAPPeer(RawScripts(server: server), tokens: tokens)
            let text = try await post("/abservice/abservice.asmx", peer.request("ABFindAll"))
            #expect(SOAPPeer.texts("passportName", in: text).count == 301)
            #expect(text.utf8.count > 16384)
        }
    }

    @Test func aCertificateThatNobodyTrustsIsRefused() async throws {
        let certificate = try TestCertificate()
        try await SampleServer.withRunning(try Self.configuration(certificate)) { server in
            for other in [nil, try TestCertificate(seed: 2)] {
                let error = await #expect(throws: TransportError.self) {
                    try await Self.get("/", server, trusting: other)
                }
                #expect("\(String(describing: error))".contains("CERTIFICATE_VERIFY_FAILED"))
            }
        }
    }

    @Test(arguments: ["localhost", "127.0.0.1"])
    func aCertificateForAnotherHostIsRefused(_ host: String) async throws {
        let certificate = try TestCertificate(names: ["login.example"], addresses: [[127, 0, 0, 2]])
        try await SampleServer.withRunning(try Self.configuration(certificate)) { server in
            _ = await #expect(throws: TransportError.self) {
                try await Self.get("/", server, host: host, trusting: certificate)
            }
        }
    }

    /// Plain HTTP goes on beside TLS, but not on its port; old clients learn the address over TLS.
    @Test func plainHTTPHasAPortOfItsOwn() async throws {
        try await RawScripts.run(try Self.configuration(TestCertificate())) { scripts in
            let answer = await LoginTests.ask(scripts, ["GET / HTTP/1.1"])
            #expect(answer.first == "HTTP/1.1 200 OK")
            let port = scripts.server.secureLoginPort ?? 0
            let peer = Peer(port)
            await peer.sendRaw("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(!(await peer.everything()).contains("HTTP/1.1"))
            let alice = Peer(scripts.server.notificationPort)
            await alice.send("VER 1 MSNP8 CVR0")
            await alice.send("CVR 2 0x0409 winnt 5.1 i386 MSNMSGR 6.0.0602 MSMSGS alice@example.com")
            let line = try await alice.expect("CVR 2 ")
            #expect(line.hasSuffix(" https://127.0.0.1:\(port)/ https://127.0.0.1:\(port)/"))
        }
    }

    /// A port for TLS that is taken ends the start, and leaves the other ports free.
    @Test func aPortThatIsTakenLeavesTheOthersFree() async throws {
        var configuration = try Self.configuration(TestCertificate())
        let taken = try await Listener.bind()
        configuration.ports.secureLogin = taken.port
        await #expect(throws: TransportError.self) { try await SampleServer.withRunning(configuration) { _ in } }
        await taken.close()
        try await SampleServer.withRunning(configuration) { server in
            #expect(server.secureLoginPort == taken.port)
        }
    }

    /// Clients that do not finish the handshake are closed in time, and keep nobody waiting.
    @Test func aHandshakeWithoutEndIsGivenUp() async throws {
        let certificate = try TestCertificate()
        let clock = ManualClock()
        let listener = try await HTTPListener.bind(
            certificate: try ServerCertificate(
                certificates: certificate.certificate, key: certificate.key, time: Self.clock.unixTime()))
        let server = Task {
            await listener.run(sleep: { try await clock.sleep(for: $0) }) { _ in HTTPResponse(status: 200) }
        }
        let mute = RawConnection(port: listener.port)
        // The start of a client's first message.
        mute.send([0x16, 3, 1, 1, 0, 1, 0, 0, 0xFC, 3, 3])
        let answer = try await HTTPClient.send(
            HTTPRequest(method: "GET", path: "/"), to: "127.0.0.1", port: listener.port, tls: true,
            trust: try TrustedCertificates(certificate.certificate), clock: PatientClock())
        #expect(answer.status == 200)
        await clock.advance(by: .seconds(30), whenAsleep: 1)
        for await _ in mute.incoming {}
        server.cancel()
        await server.value
    }

    /// Files, in the order certificate and key, with what is wrong with them.
    @Test(arguments: [
        (["none.pem", "key.pem"], "cannot read none.pem: No such file or directory"),
        (["cert.pem", "none.pem"], "cannot read none.pem: No such file or directory"),
        ([".", "key.pem"], "cannot read .: it is no regular file"),
        (["large.pem", "key.pem"], "large.pem is larger than 1048576 bytes"),
        (["empty.pem", "key.pem"], "empty.pem holds no certificate in PEM form"),
        (["key.pem", "key.pem"], "key.pem holds no certificate in PEM form"),
        (["cut.pem", "key.pem"], "cut.pem holds no certificate in PEM form"),
        (["cert.pem", "cert.pem"], "cert.pem holds no private key in PEM form without a pass phrase"),
        (["cert.pem", "empty.pem"], "empty.pem holds no private key in PEM form without a pass phrase"),
        (["cert.pem", "locked.pem"], "locked.pem holds no private key in PEM form without a pass phrase"),
        (["cert.pem", "other.pem"], "the private key in other.pem is not that of the certificate in cert.pem"),
        (["old.pem", "key.pem"], "the certificate in old.pem expired at 2004-11-09T11:33:20Z"),
        (["new.pem", "key.pem"], "the certificate in new.pem is not valid before 2046-01-19T18:40:00Z"),
    ])
    func whatIsWrongWithTheFilesIsSaid(_ names: [String], _ sentence: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = try TestCertificate()
        let files: [String: [UInt8]] = [
            "cert.pem": good.certificate, "key.pem": good.key, "empty.pem": [],
            "large.pem": [UInt8](repeating: 0x20, count: 1 << 20 | 1),
            "cut.pem": Array(good.certificate.dropLast(40)),
            "locked.pem": Array(Self.lockedKey.utf8), "other.pem": try TestCertificate(seed: 2).key,
            "old.pem": try TestCertificate(valid: 1_000_000_000..<1_100_000_000).certificate,
            "new.pem": try TestCertificate(valid: 2_400_000_000..<2_500_000_000).certificate,
        ]
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
        let paths = names.map { folder.appending(path: $0).path }
        let error = #expect(throws: CertificateFiles.Problem.self) {
            try CertificateFiles.read(certificate: paths[0], key: paths[1])
        }
        #expect(error?.description.replacing(folder.path + "/", with: "") == sentence)
    }

    /// A private key with the pass phrase "secret".
    private static let lockedKey = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiUoG6ew3DCcgICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEECOOqrYzc5aTxPcPxocklEwEgZAi
        /Dr0LFa5scjPP0D4UxddtPWO5/XJLPBcbdjgda/8A5i7n4LVIBeWbzVbB0ji/eM1
        tK5u8eT2k10svHSbOp65rGPmy3FKHODZoNMLB70ZjKTDUfYyBYlRb2+0GZW+j7Pf
        F5V9xYiLZMAhceZJ2tSX487IO1Iob4fpcEn+4s625hGCguESIZoUOtzyCWIhK+A=
        -----END ENCRYPTED PRIVATE KEY-----
        """
    #else
    @Test func withoutTheTraitACertificateIsRefused() throws {
        let certificate = try TestCertificate()
        #expect(throws: CertificateError.noTLS) {
            try ServerCertificate(certificates: certificate.certificate, key: certificate.key, time: 1_500_000_000)
        }
        #expect(throws: CertificateError.noTLS) { try TrustedCertificates(certificate.certificate) }
    }
    #endif

    /// Without a certificate, no password crosses a network, wherever the server listens.
    @Test(arguments: [("127.0.0.1", "127.0.0.1"), ("127.0.0.2", "127.0.0.2"), ("0.0.0.0", "127.0.0.1")])
    func plainHTTPIsForThisMachine(_ host: String, _ loginHost: String) async throws {
        var configuration = SampleConfiguration()
        configuration.host = host
        try await SampleServer.withRunning(configuration) { server in
            #expect(server.loginHost == loginHost)
            #expect(server.secureLoginPort == nil)
        }
    }
}
