import MSNP
import WireProtocol

/// The bytes that a server sends, with what is needed to read them.
struct Corpus {
    var name: String
    var version: ProtocolVersion
    var service: Service
    var bytes: [UInt8]
    /// The commands in the bytes.
    var commands = 0
    /// Those of them that the grammar does not know.
    var unknown = 0
    /// Those that do not decode, by the text of the first error of each command.
    var refused: [String: Int] = [:]

    var framing: MSNPFraming { MSNPFraming(sender: .server, service: service, version: version) }

    /// A mix of commands from a fixed seed.
    static func made(
        version number: UInt8, service: Service, commands count: Int, largePayloads: Bool = false
    ) -> Corpus {
        let version = ProtocolVersion(number)
        var samples = Samples(random: Random(seed: UInt64(number) &* 1000 &+ 7), version: Int(number))
        let entries = CorpusMix.entries(service, largePayloads: largePayloads).filter { entry in
            guard entry.versions.contains(Int(number)) else { return false }
            var probe = samples
            return isKnown(command(entry, &probe), version, service)
        }
        let deck = entries.indices.flatMap { Array(repeating: $0, count: entries[$0].weight) }
        var bytes: [UInt8] = []
        if !deck.isEmpty {
            for _ in 0..<count { bytes += command(entries[samples.random.pick(deck, or: 0)], &samples) }
        }
        let kind = largePayloads ? ", large payloads" : ""
        let title = "MSNP\(number) \(service)\(kind)"
        return Corpus(name: title, version: version, service: service, bytes: bytes).counted()
    }

    /// The bytes of a file.
    static func file(_ path: String, version: ProtocolVersion, service: Service) throws -> Corpus {
        let bytes = try FileBytes.read(path)
        return Corpus(name: path, version: version, service: service, bytes: bytes).counted()
    }

    private static func command(_ entry: MixEntry, _ samples: inout Samples) -> [UInt8] {
        let line = entry.line(&samples)
        guard let make = entry.payload else { return Array("\(line)\r\n".utf8) }
        let payload = Array(make(&samples).utf8)
        return Array("\(line) \(payload.count)\r\n".utf8) + payload
    }

    private static func isKnown(_ bytes: [UInt8], _ version: ProtocolVersion, _ service: Service) -> Bool {
        let found = Corpus(name: "", version: version, service: service, bytes: bytes).counted()
        return found.commands == 1 && found.unknown == 0 && found.refused.isEmpty
    }

    /// The corpus with its commands counted.
    private func counted() -> Corpus {
        var result = self
        var framer = Framer(table: framing, limits: .grammar)
        framer.append(bytes)
        while true {
            do {
                guard let frame = try framer.next() else { return result }
                result.commands += 1
                let message = try ServerMessage.decode(frame, version: version, service: service).message
                if case .unknown = message { result.unknown += 1 }
            } catch let error as WireDecodingError {
                result.refused["\(error)", default: 0] += 1
            } catch {
                result.refused["\(error)", default: 0] += 1
            }
        }
    }

    /// As much of the corpus as stands in its first bytes.
    func beginning(of size: Int) -> Corpus {
        let part = Array(bytes.prefix(size))
        return Corpus(name: name, version: version, service: service, bytes: part).counted()
    }

    /// The bytes cut into reads of a size.
    func reads(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
    }
}
