#if Network
// Shows: HTTP stays in files of its own; the session knows only `TicketSource`.
import Foundation
import MSNPSession
import MSNPTransport

/// The address of a login service that may receive a password: https, or http on this machine.
public struct WebAddress: Sendable, Equatable, CustomStringConvertible {
    let url: URL

    /// Parses an address; throws if a password would cross the network unencrypted.
    public init(_ text: String) throws(TicketError) {
        // A name with escapes could hold anything.
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty, !host.contains("%"),
            url.user() == nil, (1...65535).contains(url.port ?? 443)
        else {
            throw .unexpectedAnswer("'\(text)' is not a web address")
        }
        switch url.scheme?.lowercased() {
        case "https": break
        case "http" where ServerAddress(host: Self.bare(host), port: 80).isLoopback: break
        default: throw .insecure(text)
        }
        self.url = url
    }

    /// The scheme, `http` or `https`.
    var scheme: String { url.scheme?.lowercased() ?? "https" }

    /// The host, without the brackets of an IPv6 address.
    var host: String { Self.bare(url.host(percentEncoded: false) ?? "") }

    private static func bare(_ host: String) -> String {
        host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    }

    /// The port; without one in the address, that of the scheme.
    var port: Int { url.port ?? (scheme == "http" ? 80 : 443) }

    /// Path and query as they are sent.
    var path: String {
        let path = url.path(percentEncoded: true)
        return (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
    }

    /// The address, as given.
    public var description: String { url.absoluteString }
}

/// A response from a web service.
package struct WebAnswer: Sendable {
    package var status: Int
    /// The header fields, by lower-case name.
    package var headers: [String: String]
    package var body: [UInt8]
}

/// Sends requests to a login service. Redirections are left to the caller, which checks each address before it sends a
/// password there.
package struct WebClient: Sendable {
    /// Sends a request to an address; tests answer in the place of a service.
    typealias Exchange = @Sendable (HTTPRequest, WebAddress) async throws(TransportError) -> HTTPResponse

    private let exchange: Exchange

    init(exchange: @escaping Exchange) { self.exchange = exchange }

    /// Creates a client; the clock is for timeouts.
    package init(clock: any Clock<Duration> = ContinuousClock()) {
        exchange = { request, address async throws(TransportError) in
            try await HTTPClient.send(
                request, to: address.host, port: address.port, tls: address.scheme == "https", clock: clock)
        }
    }

    /// Sends one request.
    package func send(
        _ method: String, to address: WebAddress, headers: [String: String] = [:], body: [UInt8] = []
    ) async throws(TicketError) -> WebAnswer {
        let request = HTTPRequest(
            method: method, path: address.path, headers: headers.map { ($0.key, $0.value) }, body: body)
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await exchange(request, address)
        } catch {
            throw .unreachable("\(error)")
        }
        let fields = response.headers.map { ($0.name.lowercased(), $0.value) }
        return WebAnswer(
            status: response.status, headers: Dictionary(fields) { first, _ in first }, body: response.body)
    }
}
#endif
