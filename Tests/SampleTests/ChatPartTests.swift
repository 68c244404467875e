import MSNP
import MSNPSession
import MSNPTransport
import Testing
import WireProtocol
import WireXML

@testable import MSNPTickets
@testable import SampleClient

/// The parts of the chat client.
struct ChatPartTests {
    @Test(arguments: [
        ("hello", ChatLine.say("hello")), ("  ", .nothing), ("/status AWAY", .status(.away)),
        ("/chat \"Bob B\"", .chat("Bob B")),
        ("/rename bob@example.com Bob at work", .rename("bob@example.com", "Bob at work")),
        ("/name \"Alice\"", .name("Alice")), ("/message", .personalMessage("")), ("/use 2", .use(2)),
        ("/group put bob \"Old friends\"", .putIntoGroup("bob", "Old friends")), ("/quit", .quit),
        ("/use two", .mistake("/use needs a number.")),
        ("/fly", .mistake("Unknown command, or wrong arguments: /fly. Try /help.")),
    ])
    func linesAreUnderstood(_ text: String, _ line: ChatLine) {
        #expect(ChatLine(text) == line)
    }

    @Test(arguments: [
        ("bob@example.com", true), ("@", false), ("@x", false), ("a@", false), ("bob", false), ("", false),
        ("a@b@c", false),
        ("a b@example.com", false), ("a@example.com\n", false),
        (String(repeating: "a", count: 120) + "@example.com", false),
    ])
    func anAccountHasANameAndADomain(_ text: String, isValid: Bool) {
        #expect(AccountName.isValid(text) == isValid)
    }

    @Test func aContactListIsRead() throws {
        let list = try ContactListFile(
            "# mine\n\nbob@example.com ; Bob B ; Friends, Work\ncarol@example.org;;;blocked\n")
        #expect(list.entries.count == 2)
        #expect(list.entries[0].groups == ["Friends", "Work"])
        #expect(list.entries[1].isBlocked)
        #expect(list.entries.map(\.name) == ["Bob B", nil])
        #expect(throws: ContactListFile.Problem(line: 2, description: "line 2: 'bob' is not an account")) {
            try ContactListFile("\nbob")
        }
    }

    @Test(arguments: [
        "https://login.example/rdr", "http://127.0.0.1:1866/", "http://localhost/x", "HTTP://[::1]:80/",
        "http://127.1.2.3/",
    ])
    func aPasswordMayGoThere(_ address: String) throws {
        #expect(try WebAddress(address).description == address)
    }

    @Test(arguments: ["http://login.example/", "http://127.0.0.1.example/", "ftp://127.0.0.1/", "http://127.0.0.1.5/"])
    func aPasswordMayNotGoThere(_ address: String) {
        #expect(throws: TicketError.insecure(address)) { try WebAddress(address) }
    }

    @Test(arguments: [
        "", "http://localhost@evil.example/", "http://user:word@127.0.0.1/", "http://127.0.0.1:0/",
        "https://login.example:65536/", "https://login%0D%0A.example/", "https://a%2Fb/",
    ])
    func anAddressWithoutAHostAndAPortOrWithAUserIsRefused(_ address: String) {
        #expect(throws: TicketError.unexpectedAnswer("'\(address)' is not a web address")) {
            try WebAddress(address)
        }
    }

    @Test func theTicketIsBetweenTheQuotes() throws {
        let header = "Passport1.4 da-status=success,tname=MSPAuth,from-PP='t=4$abc&p=1',ru=http://messenger.msn.com"
        let answer = WebAnswer(status: 200, headers: ["authentication-info": header], body: [])
        #expect(try PassportTickets.ticket(in: answer).value.string == "t=4$abc&p=1")
        #expect(throws: TicketError.unexpectedAnswer("no ticket in the answer")) {
            try PassportTickets.ticket(in: WebAnswer(status: 200, headers: [:], body: []))
        }
    }

    @Test func accountAndPasswordCannotLeaveTheirPlace() throws {
        #expect(PassportTickets.encoded("a,b=c d@é") == "a%2Cb%3Dc%20d%40%C3%A9")
        let credentials = Credentials(userHandle: "a@b.example", password: "</Passwd>& ]]>é")
        let request = SecurityTokens.request(credentials, [Self.chat, .contacts])
        let text = String(decoding: try request.encoded(), as: UTF8.self)
        #expect(text.contains("<wsse:Password>&lt;/Passwd&gt;&amp; ]]&gt;é</wsse:Password>"))
        #expect(text.contains(#"<policy:PolicyReference URI="MBI_KEY_OLD"/>"#))
        #expect(text.contains(#"<policy:PolicyReference URI="MBI"/>"#))
        #expect(!text.contains("> <"))
        // A server of the older dialect reads it as well.
        let read = try Payload.TokenRequest.read(WireBytes(try request.encoded())).content
        #expect(read.user?.password?.string == "</Passwd>& ]]>é")
        #expect(
            read.requests?.requests.map(\.address?.string)
                == ["http://Passport.NET/tb", "messengerclear.live.com", "contacts.msn.com"])
    }

    private static let chat = SecurityTokens.Place(address: "messengerclear.live.com", policy: "MBI_KEY_OLD")

    @Test func aTokenIsFoundByItsPlace() throws {
        func response(_ place: String, _ ticket: String) -> String {
            "<wst:RequestSecurityTokenResponse><wsp:AppliesTo><wsa:EndpointReference><wsa:Address>\(place)</wsa:Address>"
                + "</wsa:EndpointReference></wsp:AppliesTo><wst:RequestedSecurityToken><wsse:BinarySecurityToken>"
                + "\(ticket)</wsse:BinarySecurityToken></wst:RequestedSecurityToken><wst:RequestedProofToken>"
                + "<wst:BinarySecret>c2VjcmV0</wst:BinarySecret></wst:RequestedProofToken></wst:RequestSecurityTokenResponse>"
        }
        let spaces = #"xmlns:S="a" xmlns:wst="b" xmlns:wsp="c" xmlns:wsa="d" xmlns:wsse="e""#
        let body =
            "<S:Envelope \(spaces)><S:Body><wst:RequestSecurityTokenResponseCollection>"
            + "\(response("http://Passport.NET/tb", "no"))\(response("messengerclear.live.com", "t=abc&amp;p="))"
            + "</wst:RequestSecurityTokenResponseCollection></S:Body></S:Envelope>"
        let answer = WebAnswer(status: 200, headers: [:], body: Array(body.utf8))
        let token = SecurityToken(ticket: "t=abc&p=", secret: "c2VjcmV0")
        let alone = SecurityTokens.Tokens(first: token, all: [Self.chat.address: token])
        #expect(try SecurityTokens.read(answer, [Self.chat, .contacts]) == .tokens(alone))

        let fault =
            "<S:Envelope \(spaces)><S:Fault><faultcode>wsse:FailedAuthentication</faultcode><faultstring>No</faultstring>"
            + "</S:Fault></S:Envelope>"
        #expect(throws: TicketError.wrongPassword("No")) {
            try SecurityTokens.read(WebAnswer(status: 200, headers: [:], body: Array(fault.utf8)), [Self.chat])
        }
    }

    @Test func aWrongPasswordIsSeenInBothDialectsAndARedirectionIsFollowed() throws {
        let read = { (envelope: String) in
            try SecurityTokens.read(WebAnswer(status: 500, headers: [:], body: Array(envelope.utf8)), [Self.chat])
        }
        let spaces = #"xmlns:S="a" xmlns:psf="b""#
        #expect(throws: TicketError.wrongPassword("No")) {
            try read(
                "<S:Envelope \(spaces)><S:Body><S:Fault><S:Code><S:Value>S:Sender</S:Value><S:Subcode><S:Value>"
                    + "wst:FailedAuthentication</S:Value></S:Subcode></S:Code><S:Reason><S:Text>No</S:Text></S:Reason>"
                    + "</S:Fault></S:Body></S:Envelope>")
        }
        #expect(throws: TicketError.wrongPassword("")) {
            try read(
                "<S:Envelope \(spaces)><S:Body><S:Fault><faultcode>wsse:FailedAuthentication</faultcode></S:Fault></S:Body>"
                    + "</S:Envelope>")
        }
        #expect(
            try read(
                "<S:Envelope \(spaces)><S:Fault><faultcode>psf:Redirect</faultcode><psf:redirectUrl>https://a.example/"
                    + "</psf:redirectUrl></S:Fault></S:Envelope>") == .elsewhere("https://a.example/"))
    }

    @Test(arguments: [
        ("<faultcode>a</faultcode><faultstring>No</faultstring>", "No"), ("<faultcode>a</faultcode>", "a"),
        ("<faultcode>a</faultcode><faultstring> </faultstring>", "a"), ("", "a fault without a reason"),
    ])
    func aFaultHasAReason(_ sample: (fault: String, reason: String)) {
        let fault = "<S:Envelope xmlns:S=\"a\"><S:Fault>\(sample.fault)</S:Fault></S:Envelope>"
        #expect(throws: TicketError.unexpectedAnswer(sample.reason)) {
            try SecurityTokens.read(WebAnswer(status: 500, headers: [:], body: Array(fault.utf8)), [Self.chat])
        }
    }

    @Test func whatALoginServiceSaysIsShownOnOneShortLine() {
        let text = "a\r\n\tb " + String(repeating: "x", count: 1 << 20)
        let short = "a b " + String(repeating: "x", count: 194) + "…"
        for error in [
            TicketError.wrongPassword(text), .unreachable(text), .insecure(text), .unexpectedAnswer(text),
        ] {
            #expect(error.description.contains(short))
            #expect(error.description.count < 300)
        }
    }

    @Test(arguments: [
        (SessionError.closed as any Error, "The server closed the connection."),
        (SessionError.refused(ErrorReply(code: .authenticationFailed)), "Wrong account or password (911)."),
        (SessionError.refused(ErrorReply(code: .listFull)), "The server refused: list full (210)."),
        (SignInError.referredTooOften(times: 9), "The servers kept referring the client to each other (9 times)."),
        (
            TransportError.connectFailed(host: "a.example", port: 1863, reason: "x"),
            "The server a.example:1863 cannot be reached."
        ),
        (TransportError.noTLS, "This program was built without the trait TLS, which is on by default."),
        (
            SessionError.ended(by: .out(.ended(OUT.Ended(reason: .serverShutdown)))),
            "You were signed out: the server is going down."
        ),
        (SignInError.ticket(.wrongPassword("")), "Wrong account or password: the login service refuses the password."),
    ])
    func failuresAreSentences(_ error: any Error, _ sentence: String) {
        #expect(ChatText.sentence(error) == sentence)
    }
}
