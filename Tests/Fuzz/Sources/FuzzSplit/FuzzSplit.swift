// However a stream is cut, the same frames and the same errors come out.
import FuzzSupport
import WireProtocol

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSplit(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return 0 }
    let whole = input.events(cut: max(input.stream.count, 1))
    check(whole == input.events(cut: input.cut), "cut into pieces of \(input.cut) bytes it differs")
    if count < 512 { check(whole == input.events(cut: 1), "byte by byte it differs") }
    return 0
}
