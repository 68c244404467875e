import Testing
import WireProtocol

/// Tables of header fields, in messages and in blocks.
struct FieldTableTests {
    @Test func aNewMessageHasItsFirstFields() throws {
        #expect(Note.payload.description == "note" && Note.contentType.description == "text/x-note")
        #expect(
            try Note().encoded()
                == Array("MIME-Version: 1.0\r\nContent-Type: text/x-note; charset=UTF-8\r\nMood: GD\r\n\r\n".utf8))
        var sheet = Sheet()
        #expect(throws: PayloadError(.missingField, field: "Title")) { try sheet.encoded() }
        sheet.fields.set("Title", to: "a", in: Sheet.table.fields)
        #expect(
            try sheet.encoded()
                == Array("MIME-Version: 1.0\r\nContent-Type: text/x-sheet\r\n\r\nPort: 80\r\nTitle: a\r\n".utf8))
        #expect(try Parcel().encoded() == Array("Parcel: 1.0\r\n\r\n\r\n".utf8))
    }

    @Test func newFieldsStandInTheOrderOfTheTable() throws {
        var note = Note()
        note.title = "a title"
        note.urgent = false
        note.port = 7
        #expect(
            String(decoding: try note.encoded(), as: UTF8.self).split(separator: "\r\n").suffix(4)
                == ["Mood: GD", "Port: 7", "Urgent: N", "Title: a title"])
        #expect(note.port == 7 && note.urgent == false && note.title == "a title")
        note.urgent = nil
        #expect(note.headers.value("Urgent") == nil)
        note.headers.set("Urgent", to: "no")
        #expect(note.urgent == nil)
        #expect(throws: unknown("N or Y", "Urgent")) { try note.check() }
    }

    @Test(
        arguments: [
            ("Mood: GD\r\nX: y", nil),
            ("Mood: GD\r\nPort: 80\r\nURGENT: Y", nil),
            // An empty value is none; a word may be any text.
            ("Mood: GD\r\nPort: \r\nTitle: a b\u{1}%", nil),
            ("Port: 80", PayloadError(.missingField, field: "Mood")),
            ("Mood: XX", unknown("GD, BD", "Mood")),
            ("Mood: GD\r\nPort: 0", PayloadError(.invalidValue(.outOfRange("1...65535")), field: "Port")),
            ("Mood: GD\r\nPort: -1", PayloadError(.invalidValue(.outOfRange("1...65535")), field: "Port")),
            ("Mood: GD\r\nPort: 8x", PayloadError(.invalidValue(.notANumber), field: "Port", offset: 1)),
            ("Mood: GD\r\nUrgent: y", unknown("N or Y", "Urgent")),
            ("Mood: GD\r\nCode: C12", nil),
            (
                "Mood: GD\r\nCode: C1234",
                PayloadError(.invalidValue(.tooLong(limit: 4)), field: "Code", offset: 4)
            ),
            ("A: 1\r\nB: 2\r\nMood: GD\r\nPort: 1", PayloadError(.tooManyHeaders(limit: 4), offset: 49)),
        ] as [(String, PayloadError?)])
    func aMessageIsHeldToItsTable(_ lines: String, _ error: PayloadError?) throws {
        let bytes = Array("Content-Type: Text/X-Note\r\n\(lines)\r\n\r\nbody".utf8)
        let found: PayloadError?
        do throws(PayloadError) {
            let note = try Note(MIMEMessage(reading: WireBytes(bytes), limits: Note.table.limits))
            #expect(try note.encoded() == bytes)
            found = nil
        } catch { found = error }
        #expect(found == error)
    }

    @Test func aFieldThatDoesNotFitCostsOnlyItself() throws {
        let text = "Content-Type: text/x-note\r\nMood: GD\r\nPort: 8x\r\nno field\r\nUrgent: y\r\n\r\nbody"
        let bytes = WireBytes(text)
        let problems = [
            PayloadError(.malformedHeader, offset: 47),
            PayloadError(.invalidValue(.notANumber), field: "Port", offset: 1), unknown("N or Y", "Urgent"),
        ]
        for mode in [ReadingMode.checked, .fast] {
            let read = try Note.read(bytes, mode: mode, limits: .default)
            #expect(read.problems == problems && read.deviations.isEmpty)
            #expect(read.content.port == nil && read.content.urgent == nil)
            #expect(read.content.headers.text("Mood") == "GD" && read.content.body.string == "body")
            #expect(read.bytes == bytes)
            #expect(throws: problems[0]) { try read.content.encoded() }
        }
        #expect(throws: problems[0]) { try Note.read(bytes, mode: .strict, limits: .default) }
    }

    @Test(arguments: ["x\0y", "a\rb"])
    func aLineThatIsNoFieldIsKept(_ line: String) throws {
        let bytes = WireBytes("Content-Type: text/x-note\r\n\(line)\r\nMood: GD\r\n\r\n")
        let read = try Note.read(bytes)
        #expect(read.problems.count == 1)
        guard case .forbiddenByte = read.problems.first?.kind else {
            Issue.record("\(read.problems)")
            return
        }
        #expect(read.content.headers.fields.map(\.value.string) == ["text/x-note", line, "GD"])
    }

    @Test func whatIsMissingIsAProblem() throws {
        let read = try Note.read(WireBytes("Content-Type: text/x-note\r\n\r\nbody"))
        #expect(read.problems == [PayloadError(.missingField, field: "Mood")])
        #expect(read.content.body.string == "body")
        #expect(throws: PayloadError(.otherContentType)) { try Note.read(WireBytes("Content-Type: a/b\r\n\r\n")) }
    }

    @Test func anotherTypeIsRefused() throws {
        let message = try MIMEMessage(reading: WireBytes("Content-Type: text/plain\r\n\r\n"))
        #expect(throws: PayloadError(.otherContentType)) { try Note(message) }
        #expect(throws: PayloadError(.otherContentType)) { try Sheet(message) }
    }

    @Test func fieldsInTheBodyEndWhereTheyLike() throws {
        for text in ["Port: 1\r\nTitle: x", "Title: x\n\nrest", "Title: x\r\n\r\n"] {
            let bytes = Array("Content-Type: text/x-sheet\r\n\r\n\(text)".utf8)
            #expect(try Sheet(MIMEMessage(reading: WireBytes(bytes))).encoded() == bytes)
        }
        let wrong = try MIMEMessage(reading: WireBytes("Content-Type: text/x-sheet\r\n\r\nTitle: x\r\nPort: 65536"))
        #expect(throws: PayloadError(.invalidValue(.outOfRange("1...65535")), field: "Port")) { try Sheet(wrong) }
    }

    @Test(
        arguments: [
            ("Parcel: 1.0\r\n\r\nPrice: 3\r\n\r\nbody", nil),
            ("Parcel: 1.0", nil),
            ("\r\nPrice: 3\r\n\r\n", PayloadError(.missingField, field: "Parcel")),
            ("Parcel: 1\r\n\r\nPrice: -3\r\n\r\n", PayloadError(.invalidValue(.notANumber), field: "Price")),
            ("Parcel: 1\r\n\r\nPrice: 03\r\n\r\n", PayloadError(.invalidValue(shape), field: "Price")),
            ("A: 1\r\nB: 1\r\nC: 1\r\n\r\n", PayloadError(.tooManyHeaders(limit: 2), offset: 12)),
        ] as [(String, PayloadError?)])
    func blocksAreReadOneBehindTheOther(_ text: String, _ error: PayloadError?) {
        let found: PayloadError?
        do throws(PayloadError) {
            let parcel = try Parcel(reading: WireBytes(text))
            #expect(try parcel.encoded() == Array(text.utf8))
            found = nil
        } catch { found = error }
        #expect(found == error)
    }
}

private let shape = ValueError.Reason.badShape(expected: "a decimal number without leading zeros")

private func unknown(_ expected: String, _ field: String) -> PayloadError {
    PayloadError(.invalidValue(.unknownValue(expected: expected)), field: field)
}
