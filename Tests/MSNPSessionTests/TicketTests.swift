import MSNPSession
import Testing

struct TicketTests {
    @Test func aTicketIsGoodOnceAndRemembersItsPassword() {
        let office = TicketOffice()
        let ticket = office.issue(account: "alice@example.com", password: "secret")
        #expect(office.redeem("t=0&p=") == nil)
        #expect(office.redeem(ticket)?.proves("secret") == true)
        #expect(office.redeem(ticket) == nil)
    }
}
