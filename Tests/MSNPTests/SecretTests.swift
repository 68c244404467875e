import MSNP
import ProtocolGrammar
import TestSupport
import Testing
import WireProtocol

/// Passwords, tickets and cookies are on the wire and nowhere else.
struct SecretTests {
    /// Everything that may be printed of a value: as text, for debugging and as a dump, and bytes as numbers.
    private static func printed(_ value: Any) -> String {
        var text = "\(value)\n" + String(describing: value) + "\n" + String(reflecting: value) + "\n"
        dump(value, to: &text)
        dump([value], to: &text)
        let numbers = text.split { !$0.isNumber }.joined(separator: ",")
        return text + "\n" + numbers
    }

    private static func shows(_ value: Any, _ secret: String) -> Bool {
        let text = printed(value)
        let numbers = secret.utf8.map { String($0) }.joined(separator: ",")
        return text.contains(secret) || text.contains(numbers)
    }

    /// A value of a form, with its secrets.
    private static let forms: [(line: WireLine, secrets: [String])] = {
        var generator = LineGenerator(random: SeededGenerator(seed: 0x5345_4352))
        var result: [(line: WireLine, secrets: [String])] = []
        for form in Repository.grammar.commands.flatMap(\.forms) {
            for version in form.versions.numbers {
                guard let service = form.services.first else { continue }
                for _ in 0..<20 {
                    let line = generator.line(of: form, version: version, service: service)
                    let secrets = secrets((try? line.decoded())?.form)
                    guard !secrets.isEmpty else { continue }
                    result.append((line, secrets))
                    break
                }
            }
        }
        return result
    }()

    /// Secrets that are long enough not to be in a text by chance.
    private static func secrets(_ form: (any WireForm)?) -> [String] {
        (form?.fields ?? []).filter(\.isSensitive).flatMap { field -> [String] in
            switch field.value {
            case .text(let text): [text]
            case .list(let texts): texts
            }
        }.filter { $0.utf8.count > 5 }
    }

    @Test func everyFormWithSecretsIsAmongTheTested() {
        let wanted = Repository.grammar.commands.flatMap(\.forms).filter { form in
            form.parameters.contains { parameter in
                parameter.isSensitive
                    || parameter.typeName.flatMap { Repository.grammar.type(named: $0)?.isSensitive } ?? false
            }
        }
        let found = Set(
            Self.forms.compactMap { tested -> String? in
                guard let form = (try? tested.line.decoded())?.form.map({ type(of: $0).table }) else { return nil }
                return "\(form.sender) \(form.command).\(form.name)"
            })
        #expect(wanted.count >= 10)
        #expect(Set(wanted.map { "\($0.sender) \($0.command).\($0.name)" }).subtracting(found).sorted() == [])
    }

    @Test func noFormFrameWriterOrErrorShowsASecret() throws {
        #expect(Self.forms.count > 50)
        for (line, secrets) in Self.forms {
            let decoded = try line.decoded()
            let form = try #require(decoded.form)
            var things: [Any] = [
                form, form.fields, line.frame, UnknownCommand(command: line.frame.command, frame: line.frame),
            ]
            things.append(FieldReader(["x": .list(secrets)], version: line.wireVersion, command: "", form: ""))
            things.append(Framed(line).framer)
            var writer = LineWriter(version: line.wireVersion)
            try decoded.encode(&writer)
            things.append(writer)
            if line.isClient {
                things.append(Self.decoder(ClientMessage.self, line))
                things.append(try ClientMessage.decode(line.frame, version: line.wireVersion, service: line.service))
            } else {
                things.append(Self.decoder(ServerMessage.self, line))
                things.append(try ServerMessage.decode(line.frame, version: line.wireVersion, service: line.service))
            }
            things += errors(line)
            for secret in secrets {
                for thing in things where Self.shows(thing, secret) {
                    Issue.record("\(thing) of \(line)")
                }
            }
        }
    }

    /// A decoder that has read a line and holds the same line without its end.
    private static func decoder<Message: DecodableMessage>(
        _ type: Message.Type, _ line: WireLine
    ) -> MessageDecoder<Message> where Message.MessageService == MSNP.Service {
        var decoder = MessageDecoder<Message>(service: line.service, version: line.wireVersion)
        decoder.append(line.bytes + line.text)
        _ = try? decoder.next()
        return decoder
    }

    /// A framer that holds the line and waits for more.
    private struct Framed {
        var framer: Framer<MSNPFraming>

        init(_ line: WireLine) {
            framer = Framer(table: line.framing)
            framer.append(line.text)
            _ = try? framer.next()
        }
    }

    /// The errors of the line when it is spoiled in some way.
    private func errors(_ line: WireLine) -> [any Error] {
        var errors: [any Error] = []
        let words = line.text.split(separator: 0x20).map { Array($0) }
        var spoiled = [line]
        spoiled[0].text += Array(" one more".utf8)
        for index in words.indices {
            var copy = line
            copy.text = Array(words[..<index].joined(separator: [0x20]))
            spoiled.append(copy)
            copy.text = Array((words[..<index] + [[0x25, 0x01]] + words[index...]).joined(separator: [0x20]))
            spoiled.append(copy)
            copy.text = Array((words[..<index] + words[(index + 1)...]).joined(separator: [0x20]))
            spoiled.append(copy)
            copy.text = Array(
                (words[..<index] + [words[index] + [0xFF]] + words[(index + 1)...]).joined(separator: [0x20]))
            spoiled.append(copy)
        }
        for version in ProtocolVersion.known {
            var copy = line
            copy.version = Int(version.number)
            spoiled.append(copy)
        }
        for line in spoiled {
            do throws(WireDecodingError) {
                _ = try line.decoded()
            } catch {
                errors.append(error)
            }
            do throws(FramingError) {
                _ = try frames([line.bytes], line.framing)
            } catch {
                errors.append(error)
            }
        }
        return errors
    }

    @Test func noPayloadShowsASecret() throws {
        let secret = "t=Tck7$shh&p=Prf9"
        let text =
            "MIME-Version: 1.0\r\nContent-Type: text/x-msmsgsprofile; charset=UTF-8\r\nMSPAuth: \(secret)\r\n"
            + "X-Other: \(secret)\r\n\r\n\(secret)"
        let line = WireLine(
            text: Array("MSG Hotmail Hotmail \(text.utf8.count)".utf8), payload: Array(text.utf8), isClient: false,
            service: .notification, version: 12)
        let message = try MIMEMessage(reading: WireBytes(text))
        guard case .profile(let profile) = try Payload.Message(message) else {
            Issue.record("not a profile")
            return
        }
        #expect(profile.ticket?.string == secret)
        let form = try #require(try line.decoded().form)
        let envelope = try ServerMessage.decode(line.frame, version: line.wireVersion, service: line.service)
        var writer = ByteWriter()
        writer.append(WireBytes(secret))
        var things: [Any] = [
            profile, try #require(profile.ticket), message, message.headers, message.headers.fields,
            try Payload.Message(message), form, envelope,
            line.frame,
            writer, ByteReader(message.body), TypeLengthValue(type: 1, value: message.body),
        ]
        for bad in ["\(secret)", "MSPAuth \(secret)", "MSPAuth: \(secret)\u{0}", "kv: \(secret)"] {
            let bytes = WireBytes("Content-Type: text/x-msmsgsprofile\r\n\(bad)\r\n\r\n")
            do throws(PayloadError) {
                _ = try Payload.Message(reading: bytes)
                Issue.record("accepted: \(bad)")
            } catch {
                things.append(error)
            }
        }
        for thing in things where Self.shows(thing, secret) { Issue.record("\(type(of: thing))") }
    }

    @Test func noDocumentShowsASecret() throws {
        let secret = "Tck7$shh&p=Prf9"
        var data = Payload.UserData()
        data.personalMessage = secret
        data.element.attributes.append(.init(name: "ticket", value: secret))
        data.element.content.append(.text(secret))
        var packet = Payload.PeerPacket()
        packet.data = WireBytes(secret)
        let things: [Any] = [data, data.element, data.element.attributes, data.element.content, packet]
        for thing in things where Self.shows(thing, secret) { Issue.record("\(type(of: thing))") }
        var element = XMLElement("TicketToken", text: secret + "\u{1}")
        element.attributes.append(.init(name: "a b", value: secret))
        let error = #expect(throws: PayloadError.self) { try element.serialized() }
        #expect(!Self.shows(try #require(error), secret))
    }

    /// Who shows a payload without its secrets looks for them in headers only.
    @Test func noPayloadOfACommandHasASecretOutsideItsHeaders() {
        let grammar = Repository.grammar
        let isSecret = { (type: String?) in type.flatMap { grammar.type(named: $0)?.isSensitive } ?? false }
        for payload in grammar.payloads where !payload.commands.isEmpty {
            switch payload.content {
            case .mime(let content): #expect(!content.fieldsInBody || !content.fields.contains { isSecret($0.type) })
            case .xml(let content):
                let types = content.all.flatMap { $0.attributes.map(\.type) + $0.children.compactMap(\.type) }
                #expect(!types.contains { isSecret($0) }, "\(payload.name)")
            case .blocks(let content): #expect(!content.types.contains(where: isSecret))
            case .binary: break
            }
        }
    }

    @Test func theTestSeesWhatIsShown() {
        struct Leak { var bytes: [UInt8] }
        #expect(Self.shows(Leak(bytes: Array("password".utf8)), "password"))
        #expect(Self.shows(["a": "password"], "password"))
        #expect(Self.shows(WireToken("password"), "password"))
    }
}
