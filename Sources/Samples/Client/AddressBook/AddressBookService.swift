#if Network
// Shows: a client writes and reads the same types as the sample server, with the roles changed.
import MSNP
import MSNPSession
import MSNPTickets
import WireProtocol
import WireXML

/// Why the address book did not do what it was asked.
enum AddressBookError: Error, Equatable {
    /// There is no service, or it gave no answer.
    case unreachable(String)
    /// The service refused; the name of the error and a sentence.
    case refused(String, String)
}

/// The address book and sharing services of MSNP13 and later.
public struct AddressBookService: Sendable {
    private let base: String
    private let tokens: SecurityTokens

    /// Creates a client of a service, which accepts tokens of the same service as the sign-in.
    public init(base: String, tickets: WebTickets) throws(TicketError) {
        guard let tokens = tickets.tokens else { throw .noService }
        self.tokens = tokens
        _ = try WebAddress(base)
        self.base = base
    }

    /// A ticket for the service.
    func ticket(for credentials: Credentials) async throws(TicketError) -> Credential {
        let ticket = try await tokens.contactsToken(for: credentials).ticket.value
        do {
            return try Credential(ticket.string)
        } catch {
            throw .unexpectedAnswer("\(error)")
        }
    }

    /// Sends a message; the types of the grammar name the action.
    func send<Request: ServiceRequest>(
        _ request: Request, ticket: Credential, scenario: String
    ) async throws -> Request.Answer {
        let space = request.element[attribute: "xmlns"] ?? ""
        let answer = try await tokens.client.send(
            Request.httpService.method, to: try WebAddress(base + Request.httpService.path),
            headers: [
                "Content-Type": "text/xml; charset=utf-8", "SOAPAction": "\"\(space)/\(Request.elementName)\"",
            ], body: try Self.envelope(of: request, ticket: ticket, scenario: scenario).encoded())
        guard let envelope = try? Payload.SoapEnvelope.read(WireBytes(answer.body)).content else {
            throw AddressBookError.unreachable("HTTP \(answer.status), no SOAP")
        }
        if let fault = envelope.content?.fault {
            let name = fault.error?.name ?? ""
            // What a service says may be long.
            throw AddressBookError.refused(
                String((name.isEmpty ? fault.code ?? "" : name).prefix(64)), String((fault.reason ?? "").prefix(200)))
        }
        guard let message = envelope.content?.element.elements.first else {
            throw AddressBookError.unreachable("the answer is empty")
        }
        return try Request.Answer(message)
    }

    private static func envelope(
        of request: some XMLPayload, ticket: Credential, scenario: String
    ) throws -> Payload.SoapEnvelope {
        try request.check()
        var application = Payload.SoapEnvelope.Application()
        application.identifier = "CFE80F9D-180F-4399-82AB-413F33A1FA11"
        application.isMigration = false
        application.scenario = scenario
        var authentication = Payload.SoapEnvelope.Authentication()
        authentication.isManagedGroupRequest = false
        authentication.ticket = ticket
        var header = Payload.SoapEnvelope.Header()
        header.application = application
        header.authentication = authentication
        var content = Payload.SoapEnvelope.Content()
        content.element.content = [.element(request.element)]
        var envelope = Payload.SoapEnvelope()
        envelope.header = header
        envelope.content = content
        return envelope
    }
}

/// The address book of one user: it asks for a ticket when it needs one.
actor AddressBookSession {
    private let service: AddressBookService
    private let credentials: Credentials
    private var ticket: Credential?

    init(_ service: AddressBookService, credentials: Credentials) {
        (self.service, self.credentials) = (service, credentials)
    }

    /// Sends a message, with a new ticket if the last one has expired.
    func ask<Request: ServiceRequest>(
        _ request: Request, scenario: String = "Timer"
    ) async throws -> Request.Answer {
        let old = ticket
        do {
            return try await service.send(request, ticket: try await current(), scenario: scenario)
        } catch AddressBookError.refused(let name, _)
            where old != nil && ["PassportAuthFail", "q0:BadContextToken"].contains(name)
        {
            ticket = nil
            return try await service.send(request, ticket: try await current(), scenario: scenario)
        }
    }

    private func current() async throws -> Credential {
        if let ticket { return ticket }
        let new = try await service.ticket(for: credentials)
        ticket = new
        return new
    }
}
#endif
