// Whatever a payload is read as is written, read again and found equal. The first byte chooses how it is read.
import FuzzSupport
import MSNP
import WireProtocol
import WireXML

private let contents = Payload.contents
private let documents = contents.compactMap { $0 as? any XMLPayload.Type }
private let packets = contents.compactMap { $0 as? any BytesPayload.Type }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPayload(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    let payload = WireBytes(chunk: bytes, range: 1..<bytes.count)
    let choice = Int(first) % (packets.count + 2)
    do throws(PayloadError) {
        switch choice {
        case 0: try readMessage(payload)
        case 1: try readDocument(payload)
        default:
            let type = packets[choice - 2]
            try readPacket(type, payload)
        }
    } catch {
        check(error.offset >= 0 && error.offset <= bytes.count, "an error outside of the payload: \(error)")
        check(!error.description.isEmpty, "no description")
    }
    return 0
}

private func readMessage(_ bytes: WireBytes) throws(PayloadError) {
    let message = try MIMEMessage(reading: bytes)
    written("a message") { () throws(PayloadError) in
        check(try message.encoded() == bytes.array, "a message is written otherwise")
    }
    let typed = try Payload.Message(message)
    written("a typed message") { () throws(PayloadError) in
        let copy = try Payload.Message(reading: WireBytes(typed.encoded()))
        check(copy == typed, "a typed message is another one")
    }
}

private func readDocument(_ bytes: WireBytes) throws(PayloadError) {
    let element = try XMLElement(parsing: bytes)
    written("a document") { () throws(PayloadError) in
        check(try XMLElement(parsing: element.serialized()) == element, "a document is another one")
    }
    for type in documents where "\(type.elementName)" == element.name { try readTyped(type, element) }
}

private func readTyped<Content: XMLPayload>(_ type: Content.Type, _ element: XMLElement) throws(PayloadError) {
    let typed = try Content(element)
    written("a typed document") { () throws(PayloadError) in
        let copy = try Content(XMLElement(parsing: typed.encoded()))
        check(copy == typed, "a typed document is another one: \(type.payload)")
    }
}

private func readPacket<Content: BytesPayload>(_ type: Content.Type, _ bytes: WireBytes) throws(PayloadError) {
    let typed = try Content(reading: bytes, limits: .default)
    written("a packet") { () throws(PayloadError) in
        let copy = try Content(reading: WireBytes(typed.encoded()), limits: .default)
        check(copy == typed, "a packet is another one: \(type.payload)")
    }
}

/// What was read can always be written and read again.
private func written(_ what: String, _ body: () throws(PayloadError) -> Void) {
    do throws(PayloadError) {
        try body()
    } catch {
        check(false, "\(what) cannot be written and read again: \(error)")
    }
}
