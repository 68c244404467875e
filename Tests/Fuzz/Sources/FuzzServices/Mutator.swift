@_silgen_name("LLVMFuzzerMutate")
private func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// States the right length of a body in most inputs, so that it is read.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateRequest(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
    let count = mutate(bytes, count, most)
    guard seed & 7 > 0 else { return count }
    let input = UnsafeMutableBufferPointer(start: bytes, count: count)
    let header = Array("Content-Length: ".utf8)
    guard let end = input.firstRange(of: Array("\r\n\r\n".utf8)),
        let name = input[..<end.lowerBound].firstRange(of: header)
    else { return count }
    let places = name.upperBound..<min(name.upperBound + 5, count)
    guard places.count == 5, places.allSatisfy({ (0x30...0x39).contains(input[$0]) }) else { return count }
    var rest = count - end.upperBound
    for place in places.reversed() {
        input[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
    }
    return count
}
