// Shows: anything that turns an account and a password into a ticket can be a `TicketSource`.
import MSNP
import MSNPSession
import WireProtocol

/// Tickets from a function in the same process instead of a web service.
public struct TicketFunction: TicketSource {
    public typealias Function = @Sendable (_ userHandle: String, _ password: String) async throws -> String

    private let function: Function

    /// Creates a source from a function.
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
