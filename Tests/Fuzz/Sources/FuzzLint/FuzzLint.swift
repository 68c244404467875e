// Any bytes in the place of a recording are reported on, each report at a row that is there.
import FuzzSupport
import MSNP
import SessionLint
import WireProtocol

private let versions: [ProtocolVersion?] = [nil] + ProtocolVersion.known

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLint(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    let recording = Array(bytes.dropFirst())
    let rows = recording.count { $0 == 0x0A } + 1
    let sender: Sender? = first & 0x40 != 0 ? .client : first & 0x20 != 0 ? .server : nil
    var lint = RecordingLint(options: .init(version: versions[Int(first & 0x1F) % versions.count], sender: sender))
    let reports = lint.lint(recording, file: "x")
    check(reports.allSatisfy { (1...rows).contains($0.line) && !$0.text.isEmpty }, "a report without a place")
    let errors = reports.count { $0.severity == .error }
    check(errors == lint.totals.errors, "the reports and their count differ")
    return 0
}
