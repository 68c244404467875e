import MSNP
import MSNPSession
import Testing
import WireProtocol

/// Published results of the login algorithms.
struct LoginAlgorithmTests {
    /// The digest of a password.
    @Test func digest() {
        let digest = MD5Login.digest(challenge: "1234567890.123456789", password: "password")
        #expect(digest == "f59af8f2fa91d38aff7c870c17f99903")
    }

    /// The plain answer to a product challenge.
    @Test func plainChallenge() {
        let product = ClientChallenge(productID: "msmsgs@msnmsgr.com", productKey: "Q1P7W2E4J9R8U3S5")
        #expect(
            product.answer(to: "15570131571988941333", version: ProtocolVersion(8))
                == "8f2f5a91b72102cd28355e9fc9000d6e")
    }

    /// The mixed answer to a product challenge.
    @Test func mixedChallenge() {
        let product = ClientChallenge(productID: "PROD0090YUAUV{2B", productKey: "YMM8C_H7KCQ2S_KL")
        #expect(
            product.answer(to: "22210219642164014968", version: ProtocolVersion(11))
                == "85ecb0db8f32113df79ce0892b9a102c")
    }

    /// A ticket is good once, and remembers its password.
    @Test func tickets() {
        let office = TicketOffice()
        let ticket = office.issue(account: "alice@example.com", password: "secret")
        #expect(office.redeem("t=0&p=") == nil)
        #expect(office.redeem(ticket)?.proves("secret") == true)
        #expect(office.redeem(ticket) == nil)
    }
}
