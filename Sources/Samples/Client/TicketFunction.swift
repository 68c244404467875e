// Shows: whatever can make a ticket of an account and a password can be a `TicketSource`.
import MSNP
import MSNPSession
import WireProtocol

/// Tickets from a function in the same process, in the place of a web service.
public struct TicketFunction: TicketSource {
    /// Account and password in, ticket out.
    public typealias Function = @Sendable (_ userHandle: String, _ password: String) async throws -> String

    /// The function.
    private let function: Function

    /// Takes a function.
    public init(_ function: @escaping Function) {
        self.function = function
    }

    /// Calls the function.
    public func ticket(
        for credentials: Credentials, challenge: String
    ) async throws(TicketError) -> Secret<WireToken> {
        do {
            return Secret(WireToken(try await function(credentials.userHandle, credentials.password.value.string)))
        } catch {
            throw .unreachable("\(error)")
        }
    }

    /// Calls the function; its tickets have no secret.
    public func token(for credentials: Credentials, policy: String) async throws(TicketError) -> SecurityToken {
        SecurityToken(ticket: try await ticket(for: credentials, challenge: policy).value.string, secret: nil)
    }
}
