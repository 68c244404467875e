import MSNP
import MSNPSession
import SampleServer
import TestSupport
import WireProtocol
import WireXML

/// Says to the web services of the sample server what a real program said to others.
struct WebReplay {
    /// An answer of the sample server.
    private struct Answer {
        var status: Int
        var headers: [WebRecording.Header]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let recording: WebRecording
    private let differences: Differences
    private let server: SampleServer
    private var comparison: WebComparison
    private var problems: [String] = []

    private init(_ recording: WebRecording, _ differences: Differences, _ server: SampleServer) {
        (self.recording, self.differences, self.server) = (recording, differences, server)
        comparison = WebComparison(differences)
    }

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
            var replay = WebReplay(recording, differences, server)
            for exchange in recording.exchanges { try await replay.play(exchange) }
            return replay.problems + replay.comparison.problems
                + differences.unused.map { "not needed: \($0)" }
        }
    }

    private mutating func play(_ exchange: WebRecording.Exchange) async throws {
        let place = "\(recording.file):\(exchange.row)"
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
            let isAnswer = here.name == asked.name + "Response" || here.name == Self.tokens
            if !isAnswer { problems.append("\(place): \(here.name) answers \(asked.name)") }
            comparison.compare(recorded, here, "\(place) \(here.name)")
        } catch {
            problems.append("\(place): \(error)")
        }
    }

    /// Sends a request as the program spelled it, but for what the services made up.
    private func ask(_ exchange: WebRecording.Exchange) async throws -> Answer {
        let body = Array(comparison.renewed(exchange.body).utf8)
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
            throw WebRecording.Problem(description: "\(recording.file):\(exchange.row): no answer")
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

    // MARK: - Messages

    /// The one message that is no payload of the grammar.
    private static let tokens = "RequestSecurityTokenResponseCollection"

    /// The message in an envelope, which has to be as the grammar describes it.
    private static func message(_ text: String) throws -> XMLElement {
        let envelope = try Payload.SoapEnvelope.read(WireBytes(text)).content
        guard var message = envelope.content?.element.elements.first else {
            throw WebRecording.Problem(description: "an envelope without a message: \(text)")
        }
        message.name = String(message.name.split(separator: ":").last ?? "")
        if let type = types["\(message.name)"] {
            _ = try type.init(message)
        } else if !["RequestMultipleSecurityTokens", "RequestSecurityToken", tokens].contains(message.name) {
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
