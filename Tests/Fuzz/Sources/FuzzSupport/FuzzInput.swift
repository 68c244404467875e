public import MSNP
public import WireProtocol

/// What a fuzzer gave: three bytes choose versions, service and sender and where to cut; the rest came over the wire.
public struct FuzzInput {
    /// The version of the first command.
    public var version: ProtocolVersion
    /// The version behind the first command.
    public var later: ProtocolVersion
    public var service: Service
    public var sender: Sender
    /// Into how many bytes at a time the stream is cut.
    public var cut: Int
    public var stream: [UInt8]

    private static let versions = ProtocolVersion.known
    private static let services = Service.allCases

    /// Nil if there are too few bytes.
    public init?(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
        guard bytes.count > 3 else { return nil }
        let (turn, place) = Int(bytes[0]).quotientAndRemainder(dividingBy: Self.versions.count)
        version = Self.versions[place]
        later = Self.versions[(place + turn) % Self.versions.count]
        service = Self.services[Int(bytes[1] & 0x7F) % Self.services.count]
        sender = bytes[1] & 0x80 == 0 ? .client : .server
        cut = Int(bytes[2]) + 1
        stream = Array(bytes[3...])
    }

    /// Calls the body with the messages of the sender.
    @inlinable
    public func withMessages(_ body: some MessageUse) {
        switch sender {
        case .client: body.use(self, ClientMessage.self)
        case .server: body.use(self, ServerMessage.self)
        }
    }

    /// What the framer and the reader of frames give, for the stream in pieces of some size.
    @inlinable
    public func framed<Message: DecodableMessage>(
        _ type: Message.Type, mode: ReadingMode = .checked, cut: Int
    ) -> [Arrival<Message>] where Message.MessageService == Service {
        var framer = Framer(
            table: MSNPFraming(sender: sender, service: service, version: version), limits: Message.limits)
        var arrivals: [Arrival<Message>] = []
        for piece in pieces(cut) {
            framer.append(piece)
            while true {
                let now = framer.table.version
                do throws(FramingError) {
                    guard let frame = try framer.next() else { break }
                    arrivals.append(read(frame, in: now, mode))
                } catch {
                    arrivals.append(Arrival(.framing(error), version: now))
                }
                if arrivals.count == 1, now != later { framer.table.version = later }
            }
            checkHeld(framer.bufferedBytes)
        }
        return arrivals
    }

    /// What the reader of streams gives, for the stream in pieces of some size.
    @inlinable
    public func streamed<Message: DecodableMessage>(
        _ type: Message.Type, mode: ReadingMode = .checked, cut: Int
    ) -> [Arrival<Message>] where Message.MessageService == Service {
        var decoder = MessageDecoder<Message>(
            service: service, version: version, mode: mode, limits: Message.limits)
        var arrivals: [Arrival<Message>] = []
        for piece in pieces(cut) {
            decoder.append(piece)
            while true {
                let now = decoder.version
                do throws(ReadingError) {
                    guard let envelope = try decoder.next() else { break }
                    arrivals.append(Arrival(envelope, decoder.frame, version: now))
                } catch {
                    arrivals.append(Arrival(error, version: now))
                }
                if arrivals.count == 1 { decoder.version = later }
            }
            checkHeld(decoder.bufferedBytes)
        }
        return arrivals
    }

    /// The messages and errors of the stream, many at a time and in one version.
    @inlinable
    public func streamedAtOnce<Message: DecodableMessage>(
        _ type: Message.Type, mode: ReadingMode = .checked
    ) -> [Result<Envelope<Message>, ReadingError>] where Message.MessageService == Service {
        var decoder = MessageDecoder<Message>(
            service: service, version: version, mode: mode, limits: Message.limits)
        var found: [Result<Envelope<Message>, ReadingError>] = []
        decoder.append(stream)
        while true {
            do throws(ReadingError) {
                try decoder.forEach { found.append(.success(copy $0)) }
                return found
            } catch {
                found.append(.failure(error))
            }
        }
    }

    @inlinable
    func read<Message: DecodableMessage>(
        _ frame: Frame, in version: ProtocolVersion, _ mode: ReadingMode
    ) -> Arrival<Message> where Message.MessageService == Service {
        do throws(WireDecodingError) {
            let envelope = try Message.decode(frame, version: version, service: service, mode: mode)
            return Arrival(envelope, frame, version: version)
        } catch {
            check(error.offset >= 0 && error.offset <= frame.line.count, "an error outside the line")
            check(!error.description.isEmpty, "no description")
            return Arrival(.decoding(error, frame), version: version)
        }
    }

    @usableFromInline
    func pieces(_ cut: Int) -> [[UInt8]] {
        guard stream.count > cut else { return [stream] }
        return stride(from: 0, to: stream.count, by: cut).map { Array(stream[$0..<min($0 + cut, stream.count)]) }
    }

    @usableFromInline
    func checkHeld(_ count: Int) {
        check(count <= WireLimits.grammar.payload + 2 * WireLimits.grammar.line, "held too much")
    }
}

/// Something that is done with the messages of one side.
public protocol MessageUse {
    func use<Message: DecodableMessage & FormBearing & Equatable>(_ input: FuzzInput, _ type: Message.Type)
    where Message.MessageService == Service
}

/// A message that may have a form.
public protocol FormBearing {
    var form: (any WireForm)? { get }
}

extension ClientMessage: FormBearing {}
extension ServerMessage: FormBearing {}

/// What came of one command of a stream: the message or the error, the version, and the frame with its place.
public struct Arrival<Message: Sendable> {
    public var envelope: Envelope<Message>?
    public var error: ReadingError?
    /// None if no frame could be cut.
    public var frame: Frame?
    public var version: ProtocolVersion

    @inlinable
    public init(_ envelope: Envelope<Message>, _ frame: Frame, version: ProtocolVersion) {
        self.envelope = envelope
        self.frame = frame
        self.version = version
    }

    @inlinable
    public init(_ error: ReadingError, version: ProtocolVersion) {
        self.error = error
        if case .decoding(_, let frame) = error { self.frame = frame }
        self.version = version
    }
}

extension Arrival: Equatable where Message: Equatable {
    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        left.envelope == right.envelope && left.error == right.error && left.frame == right.frame
            && left.frame?.offset == right.frame?.offset && left.version == right.version
    }
}

/// Ends the program, which is how a fuzzer hears of a fault.
@inlinable
public func check(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
