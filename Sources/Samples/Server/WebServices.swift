import MSNPTransport

/// The services that one port offers over HTTP, by their paths.
struct WebServices: Sendable {
    private let addressBook: SOAPService
    private let login: LoginService

    init(_ context: ServerContext) {
        addressBook = SOAPService(context)
        login = LoginService(context)
    }

    /// Answers a request.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        if let answer = await addressBook.answer(request) { return answer }
        return await login.answer(request)
    }
}
