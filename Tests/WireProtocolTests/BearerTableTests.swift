import Testing
import WireProtocol

/// The table of what each form bears.
struct BearerTableTests {
    private let bearers = BearerTable(
        [Note.self, Sheet.self, Parcel.self, Demo.self, Other.self, Packet.self],
        [
            BearerRow("SAY", "note", .message),
            BearerRow("SAY", "parcel", .anything, Parcel.self, in: 2...3),
            BearerRow("SAY", "parcel", .anything, Packet.self),
            BearerRow("SAY", "paper", .document, Demo.self, in: 1...1, 4...9),
            BearerRow("SAY", "paper", .document, Other.self),
            BearerRow("SAY", "perhaps", .anything, Demo.self),
        ])

    private func found(_ text: String, _ form: String, _ version: UInt8 = 2) -> PayloadError? {
        do throws(PayloadError) {
            try bearers.validate(
                WireBytes(text), command: "SAY", form: form, version: ProtocolVersion(version), limits: .default)
            return nil
        } catch {
            return error
        }
    }

    private func found(_ element: XMLElement, _ form: String, _ version: UInt8 = 2) -> PayloadError? {
        do throws(PayloadError) {
            try bearers.validate(element, command: "SAY", form: form, version: ProtocolVersion(version))
            return nil
        } catch {
            return error
        }
    }

    @Test func aMessageIsHeldToItsContentType() {
        #expect(found("Content-Type: text/x-note\r\nMood: GD\r\n\r\n", "note") == nil)
        #expect(found("Content-Type: text/x-other\r\n\r\n", "note") == nil)
        #expect(found("", "note") == nil)
        #expect(
            found("Content-Type: text/x-note\r\n\r\n", "note") == PayloadError(.missingField, field: "Mood"))
        #expect(found("no header\r\n", "note") == PayloadError(.malformedHeader))
    }

    @Test func bytesAreHeldToThePayloadOfTheVersion() {
        #expect(found("A: b\r\n\r\n", "parcel") == PayloadError(.missingField, field: "Parcel"))
        #expect(found("A", "parcel", 4) == PayloadError(.tooShort, field: "bits", offset: 1))
        #expect(found("A", "perhaps") == nil && found("A", "paper") == nil && found("A", "none") == nil)
    }

    @Test func aDocumentIsHeldToItsRoot() {
        let demo = XMLElement("Demo")
        #expect(found(demo, "paper", 1) == PayloadError(.missingField, field: "l"))
        #expect(found(demo, "paper", 9) == PayloadError(.missingField, field: "l"))
        let expected = PayloadError(.otherElement(expected: "'Other'"), field: "Demo")
        #expect(found(demo, "paper", 2) == expected)
        #expect(found(XMLElement("Other"), "paper") == PayloadError(.tooFewElements(minimum: 2), field: "Other"))
        #expect(found(demo, "perhaps") == PayloadError(.missingField, field: "l"))
        #expect(found(XMLElement("Other"), "perhaps") == nil)
        #expect(found(demo, "parcel") == nil && found(demo, "none") == nil)
    }
}
