import Foundation
import FuzzSupport
import NIOCore
import NIOEmbedded
import WireProtocol
import WireXML

@testable import MSNPTransport
@testable import SampleServer

/// A connection to the web services of a fresh server, without a network.
final class Connection {
    private let channel = EmbeddedChannel()
    private let context: ServerContext
    private let password: [UInt8]
    /// The digits of a ticket for the address book, and what stands for them in requests.
    private let ticket: [UInt8]
    private static let standIn = Array("0123456789abcdef0123456789abcdef".utf8)
    private var output: [UInt8] = []
    /// What the services answered.
    private var response: HTTPResponse?

    init(_ password: [UInt8]) {
        self.password = password
        let alice = SampleAccount(
            userHandle: "alice@example.com", password: String(decoding: password, as: UTF8.self),
            friendlyName: "Alice")
        context = ThisThread.run {
            var configuration = SampleConfiguration(accounts: [alice], contact: nil)
            configuration.clock = ServerClock(now: { .zero }, sleep: { _ in }, unixTime: { 1_000_000_000 })
            guard let context = try? await SampleServer.open(configuration, ports: .init(from: 1863)) else {
                fatalError("no server")
            }
            return context
        }
        ticket = context.tickets.ticket(provenBy: alice.userHandle, for: "contacts.example").text.utf8.dropFirst(2)
            .prefix { $0 != UInt8(ascii: "&") }
        try? HTTPServerHandler.add(to: channel, bodyLimit: context.limits.loginRequest)
        channel.remoteAddress = try? SocketAddress(ipAddress: "192.0.2.7", port: 4711)
        channel.localAddress = try? SocketAddress(ipAddress: "192.0.2.1", port: 1866)
        channel.pipeline.fireChannelActive()
    }

    /// The answer to a stream, without what is different in each answer; empty if there is none.
    func answer(to stream: [UInt8], cut: UInt8, way: Int = 0) -> [UInt8] {
        let samples = Pieces.samples(stream.replacing(Self.standIn, with: ticket), cut: cut)
        samples[way % samples.count].forEach(read)
        _ = try? channel.finish()
        collect()
        guard !output.isEmpty else { return [] }
        let message = HTTPMessage(output)
        check(message.start[0] == "HTTP/1.1", "another protocol")
        check(message.headers.count == 2 + (response?.headers.count ?? 0), "a header too many or too few")
        check(message.body == response?.body ?? [], "another body")
        check(output.count < 1 << 17, "an answer of \(output.count) bytes")
        let type = message.headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        if type.contains("xml"), !message.body.isEmpty {
            do throws(PayloadError) {
                _ = try XMLElement(parsing: message.body)
            } catch {
                fatalError("an answer that is no XML: \(error)")
            }
        }
        return Mask.applied(to: output.replacing(ticket, with: Self.standIn))
    }

    /// Reads bytes, and answers a request.
    func read(_ bytes: ArraySlice<UInt8>) {
        // Errors end the connection, and are told to nobody.
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        while let request = try? channel.readInbound(as: HTTPRequest.self) {
            check(response == nil, "a second request")
            let services = WebServices(
                addressBook: SOAPService(context), login: LoginService(context, isSecure: false))
            let response = ThisThread.run { await services.answer(request) }
            check(!hasTicket(response) || knowsPassword(request), "a ticket without the password")
            self.response = response
            do {
                try channel.writeOutbound(response)
            } catch {
                fatalError("an answer that cannot be sent: \(error)")
            }
        }
        collect()
    }

    private func collect() {
        while let buffer = try? channel.readOutbound(as: ByteBuffer.self) { output += buffer.readableBytesView }
    }

    /// Whether an answer issues a ticket; no text of a request can look so.
    private func hasTicket(_ response: HTTPResponse) -> Bool {
        response.headers.contains { $0.name == "Authentication-Info" }
            || response.body.contains(Array("<wst:BinarySecret>".utf8))
    }

    /// Whether the password stands somewhere in a request, in any spelling.
    private func knowsPassword(_ request: HTTPRequest) -> Bool {
        let headers = request.headers.flatMap { header in
            header.value.split(separator: ",").map { $0.removingPercentEncoding ?? "" }
        }
        let texts = (try? XMLElement(parsing: request.body)).map(Self.texts) ?? []
        let word = String(decoding: password, as: UTF8.self)
        return (headers + texts).contains { $0.contains(word) }
    }

    private static func texts(_ element: WireProtocol.XMLElement) -> [String] {
        [element.text]
            + element.content.flatMap { node -> [String] in
                if case .element(let child) = node { texts(child) } else { [] }
            }
    }
}

/// What is random in an answer: the digits of tickets, secrets and identifiers.
enum Mask {
    private static let marks = [("t=", 32), ("<wst:BinarySecret>", 32)].map { (Array($0.0.utf8), $0.1) }

    static func applied(to bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for (mark, count) in marks {
            for place in bytes.ranges(of: mark) {
                for index in place.upperBound..<min(place.upperBound + count, bytes.count)
                where isDigit(bytes[index]) { result[index] = UInt8(ascii: "0") }
            }
        }
        for place in bytes.indices.dropLast(35) where isIdentifier(bytes[place..<(place + 36)]) {
            for index in place..<(place + 36) { result[index] = UInt8(ascii: "0") }
        }
        return result
    }

    /// Whether this is a GUID.
    private static func isIdentifier(_ word: ArraySlice<UInt8>) -> Bool {
        guard word[word.startIndex + 8] == UInt8(ascii: "-") else { return false }
        return word.enumerated().allSatisfy { index, byte in
            [8, 13, 18, 23].contains(index)
                ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): true
        default: false
        }
    }
}
