import Foundation
import WireSession

/// Standard input and output as the connection to a server. With the trait `Network`, `WireTransport` has one over TCP.
struct StandardStreams: SessionLink {
    let pieces = AsyncStream<[UInt8]> { sink in
        FileHandle.standardInput.readabilityHandler = { input in
            let piece = input.availableData
            if !piece.isEmpty { return _ = sink.yield(Array(piece)) }
            input.readabilityHandler = nil
            sink.finish()
        }
    }

    func write(_ bytes: [UInt8]) async throws { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) }
}
