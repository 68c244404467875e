import MSNPTransport

/// The services that one port offers over HTTP, by their paths.
struct WebServices: Sendable {
    let addressBook: SOAPService
    let login: LoginService

    /// Answers a request.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        if let answer = await addressBook.answer(request) { return answer }
        return await login.answer(request)
    }
}
