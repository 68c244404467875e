// However the bytes of a client of the web services are cut, it gets one answer, which is sound HTTP and XML, has no
// ticket without the password and is the same for any right password; endless bytes take no endless memory.
import FuzzSupport
import NIOCore
import NIOEmbedded
import WireProtocol
import WireXML

@testable import MSNPTransport
@testable import SampleServer

/// The password of alice in all requests, and one to put in its place.
private let password = Array("Zq7Kx9Wm2Vt4Rb8N".utf8)
private let otherPassword = Array("Ar8Ly1Xn3Wu5Sc9P".utf8)

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzServices(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard bytes.count > 2 else { return 0 }
    let stream = Array(bytes[2...])
    let answer = Connection(password).answer(to: stream, cut: bytes[0])
    for way in 1..<3 {
        let other = Connection(password).answer(to: stream, cut: bytes[0], way: way)
        check(other == answer, "another answer to the same bytes in pieces:\n\(text(answer))\n\(text(other))")
    }
    if let changed = withOtherPassword(stream) {
        check(Connection(otherPassword).answer(to: changed, cut: 0) == answer, "the answer tells of the password")
    }
    if bytes[1] & 0xF0 == 0xF0 { checkMemory(of: stream) }
    return 0
}

/// The request with another password, if it has one in a place that no answer may show.
private func withOtherPassword(_ stream: [UInt8]) -> [UInt8]? {
    let found = stream.ranges(of: password)
    guard found.count == 1, let place = found.first else { return nil }
    let before = stream[..<place.lowerBound]
    if before.contains(Array("\r\n\r\n".utf8)) {
        guard before.last == UInt8(ascii: ">"), !before.contains(Array("CDATA".utf8)),
            let tag = before.lastIndex(of: UInt8(ascii: "<"))
        else { return nil }
        let name = before[(tag + 1)...].prefix { $0 > 0x20 && $0 != UInt8(ascii: ">") }
        guard name.split(separator: UInt8(ascii: ":")).last.map(Array.init) == Array("Password".utf8) else {
            return nil
        }
    }
    return before + otherPassword + stream[place.upperBound...]
}

/// Repeats the last bytes of a stream for ever.
private func checkMemory(of stream: [UInt8]) {
    let end = stream.suffix(64)
    let block = Array((0..<(4096 / end.count)).map { _ in end }.joined())
    let connection = Connection(password)
    connection.read(stream[...])
    let before = Heap.used
    for _ in 0..<256 { connection.read(block[...]) }
    check(Heap.used - before < 1 << 19, "\(Heap.used - before) bytes are kept")
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
