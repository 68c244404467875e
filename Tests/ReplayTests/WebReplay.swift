import MSNP
import MSNPSession
import TestSupport
import WireProtocol
import WireXML

@testable import SampleServer

/// Says to the web services of the sample server what a real program said to others.
enum WebReplay {
    /// Plays a recording to the end; returns what is wrong.
    static func run(_ recording: WebRecording) async throws -> [String] {
        let past = try ServerPast(recording)
        var configuration = SampleConfiguration(accounts: past.accounts, contact: nil)
        configuration.clock = ServerClock(
            now: { .zero }, sleep: { try await ContinuousClock().sleep(for: $0) }, unixTime: { 1_000_000_000 })
        // A proxy was in front of the recorded services.
        configuration.loginHost = "nexus.passport.com"
        let differences = try Differences.about(recording.file, in: Differences.web)
        return try await SampleServer.withRunning(configuration) { server in
            _ = try await past.retell(server)
            var web = WebExchanges(recording.file, differences, server)
            for exchange in recording.exchanges { try await web.play(exchange) }
            return web.allProblems + differences.unused.map { "not needed: \($0)" }
        }
    }
}

/// Asks the web services of the sample server, one request after the other, and compares the answers.
struct WebExchanges {
    /// An answer of the sample server.
    private struct Answer {
        var status: Int
        var headers: [WebRecording.Header]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The name of the recording.
    private let file: String
    private let server: SampleServer
    private var comparison: WebComparison
    private var problems: [String] = []

    init(_ file: String, _ differences: Differences, _ server: SampleServer) {
        (self.file, self.server) = (file.replacing(" ", with: "-"), server)
        comparison = WebComparison(differences)
    }

    /// What is different and must not be.
    var allProblems: [String] { problems + comparison.problems }

    /// Plays a request with its answer.
    mutating func play(_ exchange: WebRecording.Exchange) async throws {
        let place = "\(file):\(exchange.row)"
        let answer = try await ask(exchange)
        if answer.status != exchange.status {
            problems.append("\(place): status \(answer.status) instead of \(exchange.status): \(answer.text)")
            return
        }
        for header in exchange.answerHeaders {
            let here = answer.headers.first { $0.name.lowercased() == header.name.lowercased() }?.value
            comparison.compare(header.value, here ?? "-", "\(place) \(header.name)")
        }
        guard !exchange.answer.isEmpty || !answer.body.isEmpty else { return }
        do {
            let (asked, recorded) = (try Self.message(exchange.body), try Self.message(exchange.answer))
            let here = try Self.message(answer.text)
            let isAnswer =
                here.name == asked.name + "Response" || here.name == Self.tokens
                || here.name == Self.fault && answer.status >= 400
            if !isAnswer { problems.append("\(place): \(here.name) answers \(asked.name)") }
            comparison.compare(recorded, here, "\(place) \(here.name)")
        } catch {
            problems.append("\(place): \(error)")
        }
    }

    /// Sends a request as the program spelled it, but for what the services made up.
    private func ask(_ exchange: WebRecording.Exchange) async throws -> Answer {
        let body = Array(renewed(exchange).utf8)
        var text = exchange.request + "\r\n"
        for header in exchange.headers {
            let isLength = header.name.lowercased() == "content-length"
            if !isLength { text += "\(header.name): \(header.value)\r\n" }
        }
        if !body.isEmpty { text += "Content-Length: \(body.count)\r\n" }
        let connection = RawConnection(port: server.loginPort)
        connection.send(Array((text + "\r\n").utf8) + body)
        var bytes: [UInt8] = []
        for await piece in connection.incoming { bytes += piece }
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw WebRecording.Problem(description: "\(file):\(exchange.row): no answer")
        }
        let rows = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).replacing("\r\n", with: "\n")
            .split(separator: "\n").map(String.init)
        let headers = rows.dropFirst().map { row in
            let parts = row.split(separator: ":", maxSplits: 1)
            return WebRecording.Header(
                name: String(parts[0]), value: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        let status = rows.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") }
        return Answer(status: status ?? 0, headers: headers, body: Array(bytes[end.upperBound...]))
    }

    /// The body of a request, with what the services made up. A ticket that they have not issued here was issued before.
    private func renewed(_ exchange: WebRecording.Exchange) -> String {
        let body = comparison.renewed(exchange.body)
        guard let account = exchange.account, let old = Self.ticket(in: exchange.body), old == Self.ticket(in: body)
        else {
            return body
        }
        let ticket = server.tickets.ticket(provenBy: account, for: "contacts.msn.com").text
        return body.replacing(old, with: ticket.replacing("&", with: "&amp;"))
    }

    /// The ticket in an envelope, as it is spelled there.
    private static func ticket(in body: String) -> Substring? {
        body.firstMatch(of: /<TicketToken>([^<]*)</).map { $0.1 }
    }

    // MARK: - Messages

    /// The message with tokens; its request has one of two names.
    private static let tokens = "RequestSecurityTokenResponseCollection"
    /// What stands in the place of a message with an error.
    private static let fault = "Fault"

    /// The message in an envelope, which has to be as the grammar describes it, or the fault.
    private static func message(_ text: String) throws -> XMLElement {
        let envelope = try Payload.SoapEnvelope.read(WireBytes(text)).content
        // The service for tokens has its faults outside of the body.
        guard var message = (envelope.content?.element ?? envelope.element).elements.first else {
            throw WebRecording.Problem(description: "an envelope without a message: \(text)")
        }
        message.name = String(message.name.split(separator: ":").last ?? "")
        if let type = types["\(message.name)"] {
            _ = try type.init(message)
        } else if ![fault, "RequestMultipleSecurityTokens", "RequestSecurityToken", tokens].contains(message.name) {
            throw WebRecording.Problem(description: "the grammar has no message \(message.name)")
        }
        return message
    }

    /// The messages of the grammar, by name.
    private static let types: [String: any XMLPayload.Type] = {
        let all: [any XMLPayload.Type] = [
            Payload.FindMembership.self, Payload.FindMembershipResponse.self, Payload.FindAll.self,
            Payload.FindAllResponse.self, Payload.FindContactsPaged.self, Payload.FindContactsPagedResponse.self,
            Payload.ContactAdd.self, Payload.ContactAddResponse.self, Payload.ContactUpdate.self,
            Payload.ContactUpdateResponse.self, Payload.ContactDelete.self, Payload.ContactDeleteResponse.self,
            Payload.GroupAdd.self, Payload.GroupAddResponse.self, Payload.GroupUpdate.self,
            Payload.GroupUpdateResponse.self, Payload.GroupDelete.self, Payload.GroupDeleteResponse.self,
            Payload.GroupContactAdd.self, Payload.GroupContactAddResponse.self, Payload.GroupContactDelete.self,
            Payload.GroupContactDeleteResponse.self, Payload.AddMember.self, Payload.AddMemberResponse.self,
            Payload.DeleteMember.self, Payload.DeleteMemberResponse.self, Payload.UpdateDynamicItem.self,
            Payload.UpdateDynamicItemResponse.self, Payload.GetProfile.self, Payload.GetProfileResponse.self,
            Payload.UpdateProfile.self, Payload.UpdateProfileResponse.self,
        ]
        return Dictionary(uniqueKeysWithValues: all.map { ("\($0.elementName)", $0) })
    }()
}
