import MSNP
import Testing
import WireProtocol
import WireXML

/// What cannot be read in a payload costs only itself.
struct LenientPayloadTests {
    private let oddGUID = "<Data><PSM>hello</PSM><MachineGuid>odd</MachineGuid><ColorScheme>-1</ColorScheme></Data>"

    @Test func aPersonalMessageWithAnOddGUIDIsRead() throws {
        let bytes = WireBytes(oddGUID)
        let read = try Payload.UserData.read(bytes)
        #expect(read.content.personalMessage == "hello")
        #expect(read.content.machine == nil)
        #expect(read.content.colorScheme?.text == "-1")
        #expect(read.deviations.isEmpty)
        #expect(read.problems.map(\.field) == ["MachineGuid"])
        #expect(read.problems.map(\.description) == ["'MachineGuid' is not a GUID in braces"])
        #expect(read.bytes == bytes)
        let first = try #require(read.problems.first)
        #expect(throws: first) { try Payload.UserData.read(bytes, mode: .strict) }
        #expect(throws: first) { try read.content.encoded() }
    }

    @Test func anOddElementInsideAnotherCostsOnlyItself() throws {
        let text = """
            <Data><EndpointData id="{44BFD5A4-7450-4BDA-BA3A-C51B3031126D}"><Capabilities>x</Capabilities>\
            </EndpointData><EndpointData id="y"><Capabilities>1:2</Capabilities></EndpointData></Data>
            """
        let read = try Payload.UserData.read(WireBytes(text))
        #expect(read.problems.map(\.field) == ["Capabilities", "id"])
        #expect(read.content.endpoints.map { $0.identifier?.text } == ["{44BFD5A4-7450-4BDA-BA3A-C51B3031126D}", nil])
        #expect(read.content.endpoints.map { $0.capabilities?.text } == [nil, "1:2"])
    }

    @Test func anotherRootOrABrokenDocumentIsNoPartOfADocument() {
        #expect(throws: PayloadError(.otherElement(expected: "'Data'"), field: "a")) {
            try Payload.UserData.read(WireBytes("<a><PSM>b</PSM></a>"))
        }
        #expect(throws: PayloadError.self) { try Payload.UserData.read(WireBytes("<Data><PSM>b</PSM>")) }
    }

    @Test func aStrictReaderTakesNoDeviations() throws {
        let bare = WireBytes("<Data><MachineGuid>44BFD5A4-7450-4BDA-BA3A-C51B3031126D</MachineGuid></Data>")
        #expect(try Payload.UserData.read(bare).deviations.count == 1)
        #expect(try Payload.UserData.read(bare).problems.isEmpty)
        let error = #expect(throws: PayloadError.self) { try Payload.UserData.read(bare, mode: .strict) }
        #expect(error?.field == "MachineGuid")
        let unescaped = WireBytes("<Data><PSM>a & b</PSM></Data>")
        #expect(try Payload.UserData.read(unescaped).deviations.count == 1)
        #expect(throws: PayloadError.self) { try Payload.UserData.read(unescaped, mode: .strict) }
    }

    @Test func aMessageWithAnOddFieldIsRead() throws {
        let bytes = WireBytes(
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\nChunks: many\r\nMessage-ID: odd\r\n\r\nHi")
        let read = try Payload.Message.read(bytes)
        guard case .plainText(let text) = read.content else {
            Issue.record("\(read.content)")
            return
        }
        #expect(text.text == "Hi" && text.chunks == nil && text.messageID == nil)
        #expect(read.problems.map(\.field) == ["Message-ID", "Chunks"])
        #expect(read.bytes == bytes)
        let first = try #require(read.problems.first)
        #expect(throws: first) { try Payload.Message.read(bytes, mode: .strict) }
        #expect(try Payload.PlainText.read(bytes).problems == read.problems)
    }

    @Test func aMessageOfAnUnknownTypeKeepsItsOddLines() throws {
        let bytes = WireBytes("Content-Type: text/x-unknown\r\nno field\r\n\r\nbody")
        let read = try Payload.Message.read(bytes)
        #expect(read.problems == [PayloadError(.malformedHeader, offset: 30)])
        guard case .other(let message) = read.content else {
            Issue.record("\(read.content)")
            return
        }
        #expect(message.body.string == "body")
    }

    @Test func aMessageThatIsRightHasNoProblems() throws {
        let bytes = WireBytes("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nHi")
        for mode in ReadingMode.allCases {
            let read = try Payload.Message.read(bytes, mode: mode)
            #expect(read.problems.isEmpty && read.deviations.isEmpty)
            #expect(try read.content == Payload.Message(reading: bytes))
            #expect(try read.content.encoded() == bytes.array)
        }
    }
}
