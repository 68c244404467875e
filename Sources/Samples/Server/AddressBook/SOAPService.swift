#if Network
// Shows: XML is a value here too: an envelope is read and written as a type of the grammar.
import MSNP
import MSNPTransport
import Synchronization
import WireProtocol
import WireXML

/// The address book, sharing and storage services of MSNP13 and later, on the same lists as the wire.
final class SOAPService: Sendable {
    private static let services: [HTTPService] = [.addressBook, .sharing, .storage]

    private let exchange: Exchange
    private let tickets: TicketIssuer
    private let clock: ServerClock
    private let limits: ServerLimits
    /// How often each user may ask.
    private let rates: Mutex<GuessLimit>

    init(_ context: ServerContext) {
        (exchange, tickets, clock, limits) = (context.exchange, context.tickets, context.clock, context.limits)
        rates = Mutex(
            GuessLimit(
                burst: limits.commandBurst, every: .seconds(1) / max(1, limits.commandRate), limit: limits.guessers))
    }

    /// Answers a request; nil if its path is that of none of these services.
    func answer(_ request: HTTPRequest) async -> HTTPResponse? {
        // Some clients begin the path with two slashes.
        let path = request.path.prefix { $0 != "?" }.lowercased()
        guard let service = Self.services.first(where: { path.hasSuffix($0.path.lowercased()) }) else { return nil }
        guard request.method == "POST" else { return HTTPResponse(status: 405, headers: [("Allow", "POST")]) }
        let action = (request["SOAPAction"] ?? "").filter { $0 != "\"" }
        do throws(SOAPFault) {
            let (envelope, message) = try Self.read(request.body)
            let ticket =
                service == .storage ? envelope.header?.storageUser?.ticket : envelope.header?.authentication?.ticket
            guard let ticket, let key = tickets.user(of: ticket.string) else { throw .badTicket }
            guard rates.withLock({ $0.begin(key.address, now: clock.now()) }) else {
                return HTTPResponse(status: 503, headers: [("Retry-After", "5")])
            }
            let book = AddressBook(key: key, exchange: exchange, limits: limits.roster)
            return Self.response(
                try await answer(message, service, action, book),
                header: service == .storage ? nil : await book.header)
        } catch {
            return Self.response(error.envelope(of: action), status: 500)
        }
    }

    /// Answers a message that is one of the service's operations.
    private func answer(
        _ message: XMLElement, _ service: HTTPService, _ action: String, _ book: AddressBook
    ) async throws(SOAPFault) -> XMLElement {
        let operations = SOAPOperation.all.filter { $0.service == service }
        guard let operation = operations.first(where: { message.isNamed($0.name) }) else {
            throw SOAPFault("Forbidden", "The service has no such operation")
        }
        guard action.isEmpty || action.hasSuffix("/" + operation.name) else {
            throw .badArgument("The action is not that of the message")
        }
        return try await operation.answer(message, from: book)
    }

    /// The envelope and the message in it.
    private static func read(_ body: [UInt8]) throws(SOAPFault) -> (Payload.SoapEnvelope, XMLElement) {
        do throws(PayloadError) {
            let envelope = try Payload.SoapEnvelope.read(WireBytes(body)).content
            if let message = envelope.content?.element.elements.first { return (envelope, message) }
        } catch {
            throw .badArgument("\(error)")
        }
        throw .badArgument("The body is empty")
    }

    private static func response(_ message: XMLElement, header: Payload.SoapEnvelope.ServiceHeader?) -> HTTPResponse {
        var content = Payload.SoapEnvelope.Content()
        content.element.content = [.element(message)]
        var envelope = Payload.SoapEnvelope()
        if let header {
            var headers = Payload.SoapEnvelope.Header()
            headers.service = header
            envelope.header = headers
        }
        envelope.content = content
        return response(envelope)
    }

    private static func response(_ envelope: Payload.SoapEnvelope, status: Int = 200) -> HTTPResponse {
        guard let bytes = try? envelope.encoded() else { return HTTPResponse(status: 500) }
        return HTTPResponse(
            status: status, headers: [("Content-Type", "text/xml; charset=utf-8")],
            body: Array("<?xml version=\"1.0\" encoding=\"utf-8\"?>".utf8) + bytes)
    }
}
#endif
