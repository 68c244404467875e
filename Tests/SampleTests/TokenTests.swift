import MSNP
import MSNPSession
import MSNPTransport
import Synchronization
import TestSupport
import Testing
import WireProtocol

@testable import MSNPTickets

/// Tokens for the sign-in and for the address book.
struct TokenTests {
    /// A service that numbers its answers, and issues tokens for some addresses.
    private final class Service: Sendable {
        let requests = Mutex<[String]>([])
        let addresses: [String]

        init(_ addresses: [String]) { self.addresses = addresses }

        func tokens() throws -> SecurityTokens {
            let client = WebClient { request, _ throws(TransportError) in
                let number = self.requests.withLock { requests in
                    requests.append(String(decoding: request.body, as: UTF8.self))
                    return requests.count
                }
                var answer = Payload.TokenResponse()
                answer.responses = self.addresses.map { address in
                    var ticket = Payload.TokenElements.Ticket()
                    ticket.text = "\(number) \(address)"
                    var issued = Payload.TokenElements.IssuedToken()
                    issued.address = TokenAddress(checked: WireBytes(address))
                    issued.ticket = ticket
                    return issued
                }
                return HTTPResponse(status: 200, body: (try? answer.encoded()) ?? [])
            }
            return SecurityTokens(address: try WebAddress("https://login.example/RST2.srf"), client: client)
        }
    }

    private static let chat = "messengerclear.live.com"
    private static let book = "contacts.msn.com"

    /// Some services accept the tokens of one request only together.
    @Test func theTokenForTheAddressBookComesWithThatForTheSignIn() async throws {
        let service = Service([Self.chat, Self.book])
        let tokens = try service.tokens()
        let signIn = try await tokens.token(for: Stage.credentials, policy: "MBI_KEY_OLD")
        #expect(signIn.ticket.value.string == "1 \(Self.chat)")
        #expect(try await tokens.contactsToken(for: Stage.credentials).ticket.value.string == "1 \(Self.book)")
        // A second one is a new one, for one place.
        #expect(try await tokens.contactsToken(for: Stage.credentials).ticket.value.string == "2 \(Self.book)")
        let asked = service.requests.withLock { $0 }
        #expect(asked.map { $0.contains(Self.chat) } == [true, false])
        #expect(asked.allSatisfy { $0.contains(Self.book) && $0.contains(#"URI="MBI"/>"#) })
    }

    @Test func theTokenOfAnotherUserIsNotTaken() async throws {
        let tokens = try Service([Self.chat, Self.book]).tokens()
        _ = try await tokens.token(for: Stage.credentials, policy: "MBI_KEY_OLD")
        let bob = Credentials(userHandle: "bob@example.com", password: "secret")
        #expect(try await tokens.contactsToken(for: bob).ticket.value.string == "2 \(Self.book)")
    }

    /// A service need not know the address book.
    @Test func aSignInDoesWithoutATokenForTheAddressBook() async throws {
        let tokens = try Service([Self.chat]).tokens()
        let signIn = try await tokens.token(for: Stage.credentials, policy: "MBI_KEY_OLD")
        #expect(signIn.ticket.value.string == "1 \(Self.chat)")
    }

    @Test func theChallengeIsThePolicyOfATicket() async throws {
        let service = Service(["messenger.msn.com", Self.book])
        let ticket = try await service.tokens().ticket(for: Stage.credentials, challenge: "ct=1,rver=1,id=507")
        #expect(ticket.value.string == "1 messenger.msn.com")
        #expect(service.requests.withLock { $0[0].contains(#"URI="?ct=1&amp;rver=1&amp;id=507"/>"#) })
    }
}
