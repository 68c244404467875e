import MSNP
import Testing
import WireProtocol

/// What clients say to each other inside of packets.
struct PeerMessageTests {
    private static let fields =
        "To: <msnmsgr:alice@example.com>\r\nFrom: <msnmsgr:bob@example.com>\r\n"
        + "Via: MSNSLP/1.0/TLP ;branch={6E2B7F4C-1A90-4D6E-8B0C-3F5E7A9D1C20}\r\nCSeq: 0 \r\n"
        + "Call-ID: {9C4D1E7A-52B8-4F30-A6D1-0E8B7C2F5A40}\r\nMax-Forwards: 0\r\n"
        + "Content-Type: application/x-msnmsgr-sessionreqbody\r\n"
    private static let body =
        "EUF-GUID: {A4268EEC-FEC5-49E5-95C3-F126696BDBF6}\r\nSessionID: 7\r\nAppID: 12\r\n\r\n\u{0}"
    private static let invitation =
        "INVITE MSNMSGR:alice@example.com MSNSLP/1.0\r\n" + fields + "Content-Length: \(body.utf8.count)\r\n\r\n" + body

    /// A message with a packet around a text.
    private static func message(_ text: String, of total: Int? = nil) throws -> [UInt8] {
        var packet = Payload.PeerPacket()
        packet.data = WireBytes(text)
        packet.totalSize = UInt64(total ?? text.utf8.count)
        var message = Payload.PeerToPeer()
        message.receiver = EndpointHandle(userHandle: try Account("alice@example.com"))
        try message.setInside(packet)
        return try message.encoded()
    }

    private static func findings(_ payload: [UInt8]) throws -> [PayloadError] {
        let found = try Payload.inspect(
            WireBytes(payload), command: "MSG", form: "message", version: ProtocolVersion(15))
        #expect(found.problems == [])
        return found.insideProblems
    }

    @Test func anInvitationIsReadThroughAllThatIsAroundIt() throws {
        let bytes = WireBytes(try Self.message(Self.invitation))
        let message = try #require(try Payload.PeerToPeer.read(bytes).content as Payload.PeerToPeer?)
        let packet = try #require(try message.inside(as: Payload.PeerPacket.self))
        let request = try #require(try packet.inside(as: Payload.PeerRequest.self))
        #expect(request.header.line?.method == .invite)
        #expect(request.header.line?.receiver.userHandle.string == "alice@example.com")
        #expect(request.header.line?.version.string == "1.0")
        #expect(request.header.from?.string == "<msnmsgr:bob@example.com>")
        #expect(request.header.via?.branch.text == "{6E2B7F4C-1A90-4D6E-8B0C-3F5E7A9D1C20}")
        #expect(request.header.sequence == 0)
        let session = try #require(try request.inside(as: Payload.PeerSession.self))
        #expect(session.session.application == .object)
        #expect(session.session.number == 7)
        #expect(session.session.footer == .displayPicture)
        #expect(try request.encoded() == Array(Self.invitation.utf8))
        #expect(try Self.findings(bytes.array).isEmpty)
    }

    @Test func anAnswerIsWrittenFromItsParts() throws {
        var response = Payload.PeerResponse()
        response.header.line = PeerStatusLine(version: "1.0", status: .failed, reason: try PeerReason("Internal Error"))
        response.header.to = try PeerAddress("<msnmsgr:bob@example.com>")
        response.header.from = try PeerAddress("<msnmsgr:alice@example.com>")
        response.header.via = PeerRoute(
            transport: "MSNSLP/1.0/TLP", branch: try GUID("{6E2B7F4C-1A90-4D6E-8B0C-3F5E7A9D1C20}"))
        response.header.call = try GUID("{9C4D1E7A-52B8-4F30-A6D1-0E8B7C2F5A40}")
        var session = Payload.PeerSession()
        session.session.number = 7
        try response.setInside(session)
        let text =
            "MSNSLP/1.0 500 Internal Error\r\nTo: <msnmsgr:bob@example.com>\r\nFrom: <msnmsgr:alice@example.com>\r\n"
            + "Via: MSNSLP/1.0/TLP ;branch={6E2B7F4C-1A90-4D6E-8B0C-3F5E7A9D1C20}\r\nCSeq: 1\r\n"
            + "Call-ID: {9C4D1E7A-52B8-4F30-A6D1-0E8B7C2F5A40}\r\nMax-Forwards: 0\r\n"
            + "Content-Type: application/x-msnmsgr-sessionreqbody\r\nContent-Length: 17\r\n\r\nSessionID: 7\r\n\r\n\u{0}"
        #expect(try String(decoding: response.encoded(), as: UTF8.self) == text)
        #expect(try Payload.PeerResponse(reading: WireBytes(text)).header.line?.reason.string == "Internal Error")
    }

    @Test func aPartOfAMessageIsData() throws {
        let bytes = try Self.message(String(Self.invitation.prefix(300)), of: Self.invitation.utf8.count)
        let message = try Payload.PeerToPeer.read(WireBytes(bytes)).content
        let packet = try #require(try message.inside(as: Payload.PeerPacket.self))
        #expect(try packet.inside() == nil)
        #expect(try Self.findings(bytes).isEmpty)
    }

    @Test(arguments: [
        ("INVITE MSNMSGR", "DANCE MSNMSG", nil),
        ("CSeq: 0 ", "CSeq: soon", PayloadError(.invalidValue(.notANumber), field: "CSeq")),
        (
            "{9C4D1E7A", "{9C4D1E7",
            PayloadError(.invalidValue(.badShape(expected: "a GUID in braces")), field: "Call-ID")
        ),
        ("SessionID: 7", "SessionID: 77", PayloadError(.wrongLength, field: "Content-Length")),
        ("SessionID: 7", "SessionID: x", PayloadError(.invalidValue(.notANumber), field: "SessionID")),
        ("To: <", "To <", PayloadError(.missingField, field: "To")),
        ("Max-Forwards: 0\r\n", "", PayloadError(.missingField, field: "Max-Forwards")),
        ("MSNSLP/1.0\r\nTo", "MSNSLP/\r1.0\r\nTo", nil),
    ])
    func whatIsWrongInsideIsFound(_ old: String, _ new: String, _ problem: PayloadError?) throws {
        let text = Self.invitation.replacing(old, with: new)
        try #require(text != Self.invitation)
        let found = try Self.findings(try Self.message(text))
        #expect(found.map(\.kind) == (problem.map { [$0.kind] } ?? []))
        #expect(found.map(\.field) == (problem.map { [$0.field] } ?? []))
        // The packet around it is not spoiled.
        let message = try MIMEMessage(reading: WireBytes(try Self.message(text)))
        #expect(try Payload.Message(message).encoded() == Self.message(text))
    }

    @Test(arguments: ["1.0\r\nX: y", "1.0\n", "1.0\u{0}"])
    func noTextBreaksOutOfTheStartLine(_ version: String) throws {
        var request = try Payload.PeerRequest(reading: WireBytes(Self.invitation))
        request.header.headers.startLine = WireBytes("INVITE MSNMSGR:alice@example.com MSNSLP/\(version)")
        #expect(throws: PayloadError.self) { try request.encoded() }
    }

    @Test func aLengthFollowsFromTheBody() throws {
        var request = try Payload.PeerRequest(reading: WireBytes(Self.invitation))
        request.body = WireBytes("\r\n\u{0}")
        #expect(try Payload.PeerRequest(reading: WireBytes(request.encoded())).header.bodyLength == 3)
    }

    @Test func aPacketOfTheSecondVersionHoldsDataWithARequest() throws {
        var data = Payload.PeerData()
        data.kind = 1
        data.data = WireBytes(Self.invitation)
        var packet = Payload.PeerPacket2()
        packet.operation = [.synchronize, .acknowledgementRequested]
        try packet.setInside(data)
        var message = Payload.PeerToPeer()
        let endpoint = try GUID("{d9fd161b-d4d8-4ca7-8a68-c70feb39a330}")
        message.receiver = EndpointHandle(userHandle: try Account("alice@example.com"), endpoint: endpoint)
        message.sender = EndpointHandle(userHandle: try Account("bob@example.com"), endpoint: endpoint)
        try message.setInside(packet)
        let read = try Payload.PeerToPeer.read(WireBytes(message.encoded())).content
        let first = try #require(try read.inside(as: Payload.PeerPacket2.self))
        let second = try #require(try first.inside(as: Payload.PeerData.self))
        #expect(try second.inside() is Payload.PeerRequest)
        data.options = try TypeLengthValue.bytes(of: [.init(type: 1, value: WireBytes([0, 0, 0, 0, 0, 0, 0, 9]))])
        #expect(try data.inside() == nil)
    }
}
