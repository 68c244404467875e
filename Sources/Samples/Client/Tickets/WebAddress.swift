// Shows: what leaves the protocol (HTTP) stays in files of its own; the session knows only `TicketSource`.
import Foundation
import MSNPSession

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// An address of a login service that a password may be sent to: https, or http on this machine.
public struct WebAddress: Sendable, Equatable, CustomStringConvertible {
    /// The address.
    let url: URL

    /// Takes an address; throws where a password would be readable on the way.
    public init(_ text: String) throws(TicketError) {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty, url.user() == nil else {
            throw .unexpectedAnswer("'\(text)' is no web address")
        }
        let isLoopback = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
        switch url.scheme?.lowercased() {
        case "https": break
        case "http" where isLoopback: break
        default: throw .insecure(text)
        }
        self.url = url
    }

    /// The way of asking: `http` or `https`.
    var scheme: String { url.scheme?.lowercased() ?? "https" }

    /// The address as it was given.
    public var description: String { url.absoluteString }
}

/// An answer of a web service.
struct WebAnswer: Sendable {
    /// The status.
    var status: Int
    /// The header fields, names in small letters.
    var headers: [String: String]
    /// The body.
    var body: [UInt8]
}

/// Asks web services with what the platform ships. Certificates are verified; redirections are left to the caller,
/// who looks at each address before a password goes there.
struct WebClient: Sendable {
    /// The most bytes of a body.
    private static let limit: Int = 1 << 20

    /// Sends one request.
    func send(
        _ method: String, to address: WebAddress, headers: [String: String] = [:], body: [UInt8]? = nil
    ) async throws(TicketError) -> WebAnswer {
        var request = URLRequest(url: address.url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 30)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCredentialStorage = nil
        let session = URLSession(configuration: configuration, delegate: NoRedirection(), delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        do {
            let (data, response) = try await session.data(for: request)
            guard let response = response as? HTTPURLResponse, data.count <= Self.limit else {
                throw TicketError.unexpectedAnswer("no answer of HTTP, or too long a one")
            }
            var headers: [String: String] = [:]
            for (name, value) in response.allHeaderFields {
                headers["\(name)".lowercased()] = "\(value)"
            }
            return WebAnswer(status: response.statusCode, headers: headers, body: Array(data))
        } catch let error as TicketError {
            throw error
        } catch {
            throw .unreachable("\(address.url.host() ?? ""): \(error.localizedDescription)")
        }
    }
}

/// Hands redirections out instead of following them.
private final class NoRedirection: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
