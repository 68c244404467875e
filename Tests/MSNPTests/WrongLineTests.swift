import MSNP
import Testing
import WireProtocol

struct WrongLineTests {
    /// The error of a line, nil if it is accepted.
    private func failure(
        _ text: [UInt8], client: Bool = false, version: Int = 8
    ) -> WireDecodingError? {
        let line = WireLine(text: text, payload: nil, isClient: client, service: .notification, version: version)
        do {
            _ = try line.decoded()
            return nil
        } catch {
            return error
        }
    }

    private func failure(_ text: String, client: Bool = false, version: Int = 8) -> WireDecodingError? {
        failure(Array(text.utf8), client: client, version: version)
    }

    @Test func aMissingParameterIsNamed() {
        let error = failure("USR 6 OK alice@example.com Alice 1")
        #expect(error?.kind == .missingParameter)
        #expect(error?.parameter == "isRestricted")
        #expect(error?.form == "authenticated")
    }

    @Test func oneParameterTooManyIsRefused() {
        #expect(failure("USR 6 OK alice@example.com Alice 1 0 0")?.kind == .extraParameter("1 word"))
    }

    @Test func aNumberOutOfRangeIsRefused() {
        let error = failure("XFR 3 NS 10.0.0.5:65536 0 10.0.0.5:1863")
        guard case .invalidValue(.outOfRange) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aBadPercentEscapeIsRefused() {
        let error = failure("USR 6 OK alice@example.com Al%2 1 0")
        #expect(error?.kind == .invalidValue(.badPercentEscape))
        #expect(error?.parameter == "friendlyName")
    }

    @Test func aLoneCarriageReturnIsRefused() {
        #expect(failure("USR 6 OK alice@example.com Al\rice 1 0")?.kind == .forbiddenByte(13))
    }

    @Test func aZeroByteIsRefused() {
        #expect(failure("USR 6 OK alice@example.com Al\u{0}ice 1 0")?.kind == .forbiddenByte(0))
    }

    @Test func invalidUTF8IsRefused() {
        let text = Array("USR 6 OK alice@example.com Al".utf8) + [0xC3, 0x28] + Array(" 1 0".utf8)
        #expect(failure(text)?.kind == .invalidUTF8)
    }

    @Test func aMissingOrWrongTransactionIDIsRefused() {
        #expect(failure("CVR", client: true)?.kind == .missingTransactionID)
        #expect(failure("CVR x", client: true)?.kind == .invalidTransactionID)
    }

    @Test func aLineEndInAPasswordOrAccountIsNotWritten() {
        var writer = LineWriter(version: .msnp2)
        let password = #expect(throws: WireEncodingError.self) {
            try USR.Password(password: Credential(checked: WireBytes("a\r\nOUT"))).encode(into: &writer, transaction: 1)
        }
        #expect(password?.kind == .invalidValue(.forbiddenCharacter(13)) && password?.parameter == "password")
        let account = #expect(throws: WireEncodingError.self) {
            let account = Account(checked: WireBytes("a@b\r\nOUT"))
            try USR.Initial(package: .digest, userHandle: account).encode(into: &writer, transaction: 1)
        }
        #expect(account?.kind == .invalidValue(.forbiddenCharacter(13)) && account?.parameter == "userHandle")
        #expect(writer.bytes.isEmpty)
    }

    @Test func aLineEndInANameIsEscapedToOneCommand() throws {
        var writer = LineWriter(version: .msnp8)
        let form = try USR.Authenticated(
            userHandle: Account("a@b.c"), friendlyName: "Al\r\nOUT", isVerified: true, isRestricted: false)
        try form.encode(into: &writer, transaction: 1)
        let framing = MSNPFraming(sender: .server, service: .notification, version: .msnp8)
        let found = try frames([writer.bytes], framing)
        try #require(found.count == 1)
        let message = try ServerMessage.decode(found[0], version: .msnp8, service: .notification).message
        #expect(message == .usr(.authenticated(form)))
    }

    @Test func aParameterOutsideItsVersionsIsRefusedByName() throws {
        var writer = LineWriter(version: .msnp10)
        let form = try USR.Authenticated(
            userHandle: Account("a@b.c"), friendlyName: "Alice", isVerified: true, isRestricted: false)
        do throws(WireEncodingError) {
            try form.encode(into: &writer, transaction: 1)
            Issue.record("written")
        } catch {
            #expect(error.kind == .forbiddenInVersion)
            #expect(error.parameter == "friendlyName")
        }
        #expect(writer.bytes.isEmpty)
    }
}
