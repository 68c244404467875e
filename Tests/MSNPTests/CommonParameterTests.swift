import MSNP
import Testing

struct CommonParameterTests {
    @Test(arguments: [
        (ProtocolVersion.msnp9, "REG 25 12066 15 New%20Name 0"),
        (.msnp10, "REG 275 00000000-0000-0000-0001-000000000001 New%20Name"),
    ])
    func whatAllFormsHaveIsReadWithoutAskingForTheForm(_ version: ProtocolVersion, _ line: String) throws {
        var decoder = MessageDecoder<ServerMessage>(service: .notification, version: version)
        decoder.append(Array((line + "\r\n").utf8))
        guard case .reg(let message) = try decoder.next()?.message else {
            Issue.record("not read")
            return
        }
        #expect(message.groupName.string == "New Name")
    }
}
