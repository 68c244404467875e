// However a stream is cut, and whoever reads it, the same messages, frames and errors come out.
import FuzzSupport
import MSNP
import WireProtocol

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSplit(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput(start, count)?.withMessages(Split())
    return 0
}

private struct Split: MessageUse {
    func use<Message: DecodableMessage & FormBearing & Equatable>(_ input: FuzzInput, _ type: Message.Type)
    where Message.MessageService == Service {
        let whole = input.framed(type, cut: .max)
        for cut in [.max, input.cut] + (input.stream.count < 512 ? [1] : []) {
            check(whole == input.framed(type, cut: cut), "framed in pieces of \(cut) bytes it differs")
            check(whole == input.streamed(type, cut: cut), "streamed in pieces of \(cut) bytes it differs")
        }
        guard input.later == input.version else { return }
        let found = whole.map { arrival -> Result<Envelope<Message>, ReadingError>? in
            arrival.envelope.map { .success($0) } ?? arrival.error.map { .failure($0) }
        }
        check(found == input.streamedAtOnce(type), "many at a time it differs")
    }
}
