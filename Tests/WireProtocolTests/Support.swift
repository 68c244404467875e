import Testing
@testable import WireProtocol

/// The commands of the tests: PAY has a payload, ERR may have one, all others have none.
struct SampleTable: FramingTable {
    func rule(for command: CommandCode) -> FramingRule {
        switch command {
        case CommandCode("PAY"): .last(minimumWords: 2, limit: 20)
        case CommandCode("ERR"): .lastIfNumber(minimumWords: 3, limit: 20)
        default: .noPayload
        }
    }
}

/// What a framer gave, in a form that can be compared.
enum Outcome: Equatable {
    case frame(line: String, payload: String?, offset: UInt64)
    case error(FramingError)
}

/// Everything the framer gives for what it holds.
func drain(_ framer: inout Framer<SampleTable>) -> [Outcome] {
    var result: [Outcome] = []
    while true {
        do throws(FramingError) {
            guard let frame = try framer.next() else { return result }
            let payload = frame.payloadBytes?.description
            result.append(.frame(line: frame.lineBytes.description, payload: payload, offset: frame.offset))
        } catch {
            result.append(.error(error))
        }
    }
}

/// Everything a new framer gives for pieces of input that come one after the other.
func outcomes(_ pieces: [[UInt8]], limits: WireLimits = .default) -> [Outcome] {
    var framer = Framer(table: SampleTable(), limits: limits)
    var result: [Outcome] = []
    for piece in pieces {
        framer.append(piece)
        result += drain(&framer)
    }
    return result
}

/// The version of the tests.
let version = ProtocolVersion(8)

/// Whether a failure is thrown, and which.
func failure<Failure: Error>(_ body: () throws(Failure) -> Void) -> Failure? {
    do throws(Failure) {
        try body()
        return nil
    } catch {
        return error
    }
}
