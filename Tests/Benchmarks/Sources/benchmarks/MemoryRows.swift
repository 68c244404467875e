import CBaseline
import MSNP
import WireProtocol

/// What the decoder of one connection holds while nothing happens, in bytes.
enum MemoryRows {
    struct Row {
        var name: String
        var bytes: Int
    }

    static var all: [Row] {
        [
            Row(name: "idle: everything read was used", bytes: bytes(after: "NLN AWY a@example.com A 0 0\r\n")),
            Row(
                name: "a line of 30 bytes is half there",
                bytes: bytes(after: "NLN AWY a@example.com A 0 0\r\nNLN AWY a@")),
        ]
    }

    private static func bytes(after input: String) -> Int {
        let count = 10_000
        var decoders: [MessageDecoder<ServerMessage>] = []
        decoders.reserveCapacity(count)
        let before = allocated_bytes()
        for _ in 0..<count {
            var decoder = MessageDecoder<ServerMessage>(
                service: .notification, version: .msnp12, limits: .grammar)
            decoder.append(Array(input.utf8))
            while true {
                do throws(ReadingError) {
                    guard let found = try decoder.next() else { break }
                    keep(found)
                } catch { break }
            }
            decoders.append(decoder)
        }
        let after = allocated_bytes()
        keep(decoders)
        return MemoryLayout<MessageDecoder<ServerMessage>>.stride + Int(after &- before) / count
    }
}
