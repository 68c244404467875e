import MSNP
import Testing
import WireProtocol

struct MessagePayloadTests {
    @Test func newFieldsStandInTheOrderOfTheGrammar() throws {
        var profile = Payload.Profile()
        profile.addressBookMigrated = true
        profile.memberIDLow = try SignedNumber(-2)
        profile.loginTime = 5
        #expect(
            try profile.encoded()
                == Array(
                    """
                    MIME-Version: 1.0\r
                    Content-Type: text/x-msmsgsprofile; charset=UTF-8\r
                    LoginTime: 5\r
                    MemberIdLow: -2\r
                    ABCHMigrated: 1\r
                    \r

                    """.utf8))
        profile.loginTime = nil
        #expect(profile.headers.value("LoginTime") == nil)
    }

    @Test func aFieldIsFoundInAnySpellingOfItsName() throws {
        let bytes = WireBytes("content-type:text/x-msmsgsprofile\r\nPREFERREDEMAIL: a@b.c\r\nX-New: 1\n\r\nrest")
        guard case .profile(var profile) = try Payload.Message(reading: bytes) else {
            Issue.record("not a profile")
            return
        }
        #expect(profile.preferredEmail?.string == "a@b.c")
        #expect(try profile.encoded() == bytes.array)
        profile.preferredEmail = try Account("d@e.f")
        #expect(try profile.encoded() == Array(bytes.description.replacing("a@b.c", with: "d@e.f").utf8))
    }

    @Test func theFormatOfATextIsTyped() throws {
        let text =
            "Content-Type: text/plain\r\nX-MMS-IM-Format: FN=MS%20Sans; EF=BI; CO=ff; CS=86; PF=22; RL=1\r\n\r\nhello"
        guard case .plainText(let message) = try Payload.Message(reading: WireBytes(text)) else {
            Issue.record("not a text")
            return
        }
        let format = try #require(message.format)
        #expect(format.font.string == "MS Sans")
        #expect(format.effects?.string == "BI")
        #expect(format.characterSet == .gb2312)
        #expect(format.rightToLeft == 1)
        #expect(message.body.string == "hello")
    }

    @Test(arguments: ["a\r\nX: y", "a\nb", "a\rb", "a\u{0}b"])
    func aValueThatWouldEndItsLineIsRefused(_ value: String) throws {
        let byte = try #require(value.utf8.first { [0, 10, 13].contains($0) })
        var control = Payload.Control()
        control.typingUser = Account(checked: WireBytes(value))
        #expect(throws: PayloadError(.forbiddenByte(byte), field: "TypingUser")) { try control.encoded() }
        var invitation = Payload.Invitation()
        invitation.step = .invite
        invitation.cookie = 1
        invitation.fileName = value
        #expect(throws: PayloadError(.forbiddenByte(byte), field: "Application-File")) { try invitation.encoded() }
        var datagram = Payload.Datagram()
        datagram.routing.to = RoutingAddress(network: .windowsLive, userHandle: Account(checked: WireBytes(value)))
        #expect(throws: PayloadError(.invalidValue(.forbiddenCharacter(byte)), field: "To", offset: 3)) {
            try datagram.encoded()
        }
    }

    @Test func anUnknownContentTypeIsKept() throws {
        let bytes = WireBytes("Content-Type: application/octet-stream; x=y\r\nOdd:\r\n\r\n\u{1}\u{0}\r\n")
        let message = try Payload.Message(reading: bytes)
        guard case .other(let other) = message else {
            Issue.record("taken for \(message)")
            return
        }
        #expect(other.contentType == "application/octet-stream")
        #expect(try message.encoded() == bytes.array)
    }

    @Test(arguments: [
        ("MIME-Version 1.0\r\n\r\n", PayloadError.Kind.malformedHeader),
        ("Content-Type: text/x-msmsgsprofile\r\nLoginTime: soon\r\n\r\n", .invalidValue(.notANumber)),
        ("Content-Type: text/x-msmsgsinvite\r\n\r\nInvitation-Command: INVITE\r\n", .missingField),
        ("A: b\rc\r\n\r\n", .forbiddenByte(13)),
        (String(repeating: "A: b\r\n", count: 101), .tooManyHeaders(limit: 100)),
        ("A: " + String(repeating: "b", count: 20000), .headersTooLong(limit: 16384)),
    ])
    func aWrongPayloadIsATypedErrorAndSparesTheCommand(_ text: String, _ kind: PayloadError.Kind) throws {
        let line = WireLine(
            text: Array("MSG Hotmail Hotmail \(text.utf8.count)".utf8), payload: Array(text.utf8), isClient: false,
            service: .notification, version: 12)
        let message = try line.decoded()
        let payload = try #require(message.form?.payloadBytes)
        #expect(try message.encoded() == line.bytes)
        do throws(PayloadError) {
            _ = try Payload.Message(reading: payload)
            Issue.record("accepted")
        } catch {
            #expect(error.kind == kind)
        }
    }

    @Test func secretsAreNotPrinted() throws {
        var profile = Payload.Profile()
        profile.ticket = try Credential("t=secret")
        #expect(!"\(profile) \(String(reflecting: profile))".contains("secret"))
    }
}

struct DocumentPayloadTests {
    @Test func newElementsAndAttributesStandInTheOrderOfTheGrammar() throws {
        var data = Payload.UserData()
        data.machine = try GUID("{44BFD5A4-7450-4BDA-BA3A-C51B3031126D}")
        data.personalMessage = "<&\"\r\n"
        data.currentMedia = ""
        #expect(
            try String(decoding: data.encoded(), as: UTF8.self)
                == "<Data><PSM>&lt;&amp;&quot;&#13;\n</PSM><CurrentMedia/>"
                + "<MachineGuid>{44BFD5A4-7450-4BDA-BA3A-C51B3031126D}</MachineGuid></Data>")
        var contact = Payload.Contacts.Contact()
        contact.network = .windowsLive
        contact.lists = [.forward, .allow]
        contact.name = "a\"b\n"
        #expect(
            try String(decoding: contact.element.serialized(), as: UTF8.self)
                == "<c n=\"a&quot;b&#10;\" l=\"3\" t=\"1\"/>")
    }

    @Test func whatTheGrammarDoesNotKnowIsKept() throws {
        let text = "<Data new=\"1\"><RUM>x</RUM><PSM>old</PSM><New><Inner/></New></Data>"
        var data = try Payload.UserData(try #require(DocumentReader.read(Array(text.utf8))))
        data.personalMessage = "new"
        #expect(try data.encoded() == Array(text.replacing("old", with: "new").utf8))
    }

    @Test(arguments: ["\u{1}", "\u{0}", "\u{FFFE}"])
    func aCharacterThatXMLDoesNotHaveIsRefused(_ text: String) throws {
        var data = Payload.UserData()
        data.personalMessage = text
        let byte = UInt8(truncatingIfNeeded: text.unicodeScalars.first?.value ?? 0)
        #expect(throws: PayloadError(.forbiddenByte(byte), field: "PSM")) { try data.encoded() }
    }

    @Test func nestingIsLimited() throws {
        var element = XMLElement("a")
        for _ in 0..<20 { element = XMLElement("a", content: [.element(element)]) }
        #expect(throws: PayloadError(.nestedTooDeep(limit: 16), field: "a")) { try element.serialized() }
    }

    @Test(arguments: [
        ("<ml/>", PayloadError.Kind.tooFewElements(minimum: 1)),
        ("<ml><d n=\"b.c\"/></ml>", .tooFewElements(minimum: 1)),
        ("<ml><d><c n=\"a\" l=\"1\"/></d></ml>", .missingField),
        ("<ml><d n=\"b.c\"><c n=\"a\" l=\"8\"/></d></ml>", .invalidValue(.outOfRange("1...7"))),
        ("<ml><d n=\"b.c\"><c n=\"a\" l=\"1\" t=\"256\"/></d></ml>", .invalidValue(.outOfRange("0...255"))),
        ("<list/>", .otherElement(expected: "'ml'")),
    ])
    func aWrongListIsRefused(_ text: String, _ kind: PayloadError.Kind) throws {
        let element = try #require(DocumentReader.read(Array(text.utf8)))
        do throws(PayloadError) {
            _ = try Payload.Contacts(element)
            Issue.record("accepted")
        } catch {
            #expect(error.kind == kind)
        }
    }

    @Test func aRootIsHeldAgainstTheVersion() throws {
        let element = XMLElement("EndpointData")
        let old = ProtocolVersion(15)
        try Payload.validate(element, command: "UUX", form: "publish", version: ProtocolVersion(16))
        #expect(throws: PayloadError(.otherElement(expected: "'Data'"), field: "EndpointData")) {
            try Payload.validate(element, command: "UUX", form: "publish", version: old)
        }
    }
}

struct BinaryPayloadTests {
    @Test func aPacketHasItsNumbers() throws {
        var packet = Payload.PeerPacket2()
        packet.operation = .acknowledgementRequested
        packet.sequence = 0x0102_0304
        packet.options = try TypeLengthValue.bytes(of: [.init(type: 2, value: WireBytes([9, 8, 7, 6]))])
        packet.data = WireBytes("abc")
        let bytes: [UInt8] = [16, 2, 0, 3, 1, 2, 3, 4, 2, 4, 9, 8, 7, 6, 0, 0] + Array("abc".utf8) + [0, 0, 0, 0]
        #expect(try packet.encoded() == bytes)
        let read = try Payload.PeerPacket2(reading: WireBytes(bytes))
        #expect(read == packet)
        #expect(read.entries == [.init(type: 2, value: WireBytes([9, 8, 7, 6]))])
        #expect(read.entry(.acknowledgement) == WireBytes([9, 8, 7, 6]))
        #expect(read.entry(.peerInfo) == nil)
    }

    @Test func aNumberHasTheNamesOfAnEnumeration() throws {
        var packet = Payload.PeerPacket()
        #expect(packet.application == .negotiation)
        packet.application = .displayPicture
        #expect(packet.application == .displayPicture)
        packet.application = .other("77")
        #expect(try packet.encoded().suffix(4) == [0, 0, 0, 77])
        packet.application = .other("seventy")
        #expect(packet.application == .other("77"))
    }

    @Test func everyCutOfAPacketIsRefused() throws {
        var packet = Payload.PeerPacket()
        packet.flags = [.file, .objectData]
        packet.data = WireBytes("data")
        packet.application = .object
        let bytes = try packet.encoded()
        #expect(bytes.count == 56 && bytes.last == 1 && bytes[24] == 4)
        for count in 0..<bytes.count {
            let error = #expect(throws: PayloadError.self) {
                try Payload.PeerPacket(reading: WireBytes(Array(bytes.prefix(count))))
            }
            #expect(error?.kind == .tooShort, "\(count) bytes")
        }
        #expect(throws: PayloadError(.tooShort, field: "data", offset: 48)) {
            try Payload.PeerPacket(reading: WireBytes(Array(repeating: 0xFF, count: 200)))
        }
    }

    @Test func blocksOfAFileFollowEachOther() throws {
        let bytes: [UInt8] = [0, 2, 0, 1, 2, 1, 0, 0]
        let block = try Payload.TransferBlock(reading: WireBytes(bytes))
        #expect(block.data.array == [1, 2])
        #expect(try Payload.TransferBlock(reading: block.rest).kind == 1)
        var large = Payload.TransferBlock()
        large.data = WireBytes(Array(repeating: 0, count: 65536))
        #expect(throws: PayloadError(.wrongLength, field: "size")) { try large.encoded() }
    }
}
