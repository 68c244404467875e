public import MSNP
public import WireProtocol

/// What a fuzzer gave: three bytes choose version, service and sender and where to cut; the rest came over the wire.
public struct FuzzInput {
    public var version: ProtocolVersion
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
        version = Self.versions[Int(bytes[0]) % Self.versions.count]
        service = Self.services[Int(bytes[1] & 0x7F) % Self.services.count]
        sender = bytes[1] & 0x80 == 0 ? .client : .server
        cut = Int(bytes[2]) + 1
        stream = Array(bytes[3...])
    }

    public var framing: MSNPFraming { MSNPFraming(sender: sender, service: service, version: version) }

    /// What the framer gives, for the stream in pieces of some size.
    public func events(cut: Int) -> [Event] {
        var framer = Framer(table: framing, limits: .grammar)
        var result: [Event] = []
        var rest = stream[...]
        while !rest.isEmpty {
            framer.append(Array(rest.prefix(cut)))
            rest = rest.dropFirst(cut)
            while true {
                do throws(FramingError) {
                    guard let frame = try framer.next() else { break }
                    result.append(.frame(frame))
                } catch {
                    result.append(.error(error))
                }
            }
            check(framer.bufferedBytes <= WireLimits.grammar.payload + 2 * WireLimits.grammar.line, "held too much")
        }
        return result
    }

    /// Reads a frame and gives the form, the encoder and the bytes that came; nil for a refused or unknown one.
    public func read(_ frame: Frame) -> Reading? {
        do throws(DecodingError) {
            switch sender {
            case .client:
                let found = try ClientMessage.decode(frame, version: version, service: service)
                return Reading(transaction: found.transaction, form: found.message.form, version: version)
            case .server:
                let found = try ServerMessage.decode(frame, version: version, service: service)
                return Reading(transaction: found.transaction, form: found.message.form, version: version)
            }
        } catch {
            check(error.offset >= 0 && error.offset <= frame.line.count, "an error outside the line")
            check(!error.description.isEmpty, "no description")
            return nil
        }
    }
}

/// A thing that a framer gives.
public enum Event: Equatable {
    case frame(Frame)
    case error(FramingError)
}

/// A line that was read.
public struct Reading {
    public var transaction: TransactionID?
    public var form: (any WireForm)?
    public var version: ProtocolVersion

    /// The bytes that the form is written as; nil if it cannot be.
    public func bytes() -> [UInt8]? {
        guard let form else { return nil }
        var writer = LineWriter(version: version)
        do throws(EncodingError) {
            try form.encode(into: &writer, transaction: transaction)
            return writer.takeBytes()
        } catch {
            return nil
        }
    }
}

/// Ends the program, which is how a fuzzer hears of a fault.
public func check(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
