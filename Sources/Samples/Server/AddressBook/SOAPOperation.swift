#if Network
// Shows: a message is a type of the grammar, so the name of an operation is written nowhere else.
import MSNP
import WireProtocol

/// What a service does for one kind of message.
struct SOAPOperation: Sendable {
    /// The name of the message.
    let name: String
    /// The service that has the operation.
    let service: HTTPService
    private let body: @Sendable (XMLElement, AddressBook) async throws -> XMLElement

    /// Creates an operation from a function of the request.
    init<Request: ServiceRequest>(
        _ body: @escaping @Sendable (AddressBook) -> (Request) async throws -> Request.Answer
    ) {
        name = "\(Request.elementName)"
        service = Request.httpService
        self.body = { element, book in
            let request: Request
            do throws(PayloadError) {
                request = try Request(element)
            } catch {
                throw SOAPFault.badArgument("\(error)")
            }
            let answer = try await body(book)(request)
            try answer.check()
            return answer.element
        }
    }

    /// Answers a message.
    func answer(_ message: XMLElement, from book: AddressBook) async throws(SOAPFault) -> XMLElement {
        do {
            return try await body(message, book)
        } catch let fault as SOAPFault {
            throw fault
        } catch let refusal as Refusal {
            throw SOAPFault(refusal)
        } catch {
            throw SOAPFault("InternalServerError", "The answer cannot be written", code: .server)
        }
    }

    /// All operations.
    static let all: [SOAPOperation] = [
        SOAPOperation(AddressBook.findAll), SOAPOperation(AddressBook.findPaged),
        SOAPOperation(AddressBook.addContacts), SOAPOperation(AddressBook.updateContacts),
        SOAPOperation(AddressBook.deleteContacts), SOAPOperation(AddressBook.addGroup),
        SOAPOperation(AddressBook.updateGroups), SOAPOperation(AddressBook.deleteGroups),
        SOAPOperation(AddressBook.addToGroups), SOAPOperation(AddressBook.deleteFromGroups),
        SOAPOperation(AddressBook.updateItems), SOAPOperation(AddressBook.findMembership),
        SOAPOperation(AddressBook.addMembers), SOAPOperation(AddressBook.deleteMembers),
        SOAPOperation(AddressBook.profile), SOAPOperation(AddressBook.updateProfile),
    ]
}
#endif
