// Shows: HTTP stays in files of its own; the session knows only `TicketSource`.
import Foundation
import MSNPSession

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The address of a login service that may receive a password: https, or http on this machine.
public struct WebAddress: Sendable, Equatable, CustomStringConvertible {
    let url: URL

    /// Parses an address; throws if a password would cross the network unencrypted.
    public init(_ text: String) throws(TicketError) {
        guard let url = URL(string: text), let host = url.host(), !host.isEmpty, url.user() == nil else {
            throw .unexpectedAnswer("'\(text)' is not a web address")
        }
        let isLoopback = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.lowercased())
        switch url.scheme?.lowercased() {
        case "https": break
        case "http" where isLoopback: break
        default: throw .insecure(text)
        }
        self.url = url
    }

    /// The scheme, `http` or `https`.
    var scheme: String { url.scheme?.lowercased() ?? "https" }

    /// The address, as given.
    public var description: String { url.absoluteString }
}

/// A response from a web service.
struct WebAnswer: Sendable {
    var status: Int
    /// The header fields, by lower-case name.
    var headers: [String: String]
    var body: [UInt8]
}

/// Sends requests with the platform's HTTP client. Certificates are verified; redirections are left to the caller,
/// which checks each address before it sends a password there.
struct WebClient: Sendable {
    /// The longest body, in bytes.
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

/// Returns redirections instead of following them.
private final class NoRedirection: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
