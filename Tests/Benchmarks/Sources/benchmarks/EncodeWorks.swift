import CBaseline
import MSNP
import WireProtocol

/// The rows about writing into a buffer that is used again: `ILN trid status account name capabilities`, and
/// `MSG account name` with a payload.
struct EncodeWorks {
    static let print = "C: snprintf, ILN"
    static let printMessage = "C: snprintf, MSG"
    static let copy = "C: memcpy and digits by hand, ILN"
    static let encode = "typed encode, ILN"
    static let encodePayload = "typed encode, MSG with a payload of 130 bytes"

    private static let count = 100_000

    static var all: [Work] {
        let account = "someone.else@hotmail.com"
        let words = ["AWY", account, "Some%20One%20(L)", "Some%20One", payload].map(CText.init)
        let (status, handle, name, plainName, body) = (words[0], words[1], words[2], words[3], words[4])
        let capabilities: UInt32 = 1_342_472_228
        let buffer = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 512)
        return [
            Work(name: Self.print, commands: count) {
                guard let base = buffer.baseAddress else { return 0 }
                var sum: UInt64 = 0
                for number in 0..<UInt32(count) {
                    sum &+= UInt64(
                        baseline_print(base, buffer.count, number, status.start, handle.start, name.start, capabilities)
                    )
                }
                return sum
            },
            Work(name: Self.printMessage, commands: count) {
                guard let base = buffer.baseAddress else { return 0 }
                var sum: UInt64 = 0
                for _ in 0..<count {
                    sum &+= UInt64(
                        baseline_print_message(
                            base, buffer.count, handle.start, plainName.start, body.start, body.length))
                }
                return sum
            },
            Work(name: Self.copy, commands: count) {
                guard let base = buffer.baseAddress else { return 0 }
                var sum: UInt64 = 0
                for number in 0..<UInt32(count) {
                    sum &+= UInt64(
                        baseline_copy(
                            base, buffer.count, number, status.start, status.length, handle.start,
                            handle.length, name.start, name.length, capabilities))
                }
                return sum
            },
            work(Self.encode, initial(account, capabilities), .msnp8),
            work(Self.encodePayload, notice(account), .msnp12),
        ]
    }

    private static func initial(_ account: String, _ capabilities: UInt32) -> ILN.Initial {
        ILN.Initial(
            status: .away, userHandle: Account(checked: WireBytes(account)), friendlyName: WireText("Some One (L)"),
            capabilities: Capabilities(client: ClientCapabilities(rawValue: capabilities)))
    }

    /// 130 bytes.
    private static var payload: String {
        let header = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n"
        return header + String(repeating: ".", count: 130 - header.utf8.count)
    }

    private static func notice(_ account: String) -> MSG.Notice {
        MSG.Notice(from: WireToken(account), friendlyName: WireText("Some One"), payload: WireBytes(payload))
    }

    private static func work<Form: WireForm>(_ name: String, _ form: Form, _ version: ProtocolVersion) -> Work {
        Work(name: name, commands: count) {
            var writer = LineWriter(version: version)
            var sum: UInt64 = 0
            for number in 0..<UInt32(count) {
                writer.clear()
                let transaction = Form.transactionRule == .required ? TransactionID(number) : nil
                do throws(WireEncodingError) {
                    try form.encode(into: &writer, optionalTransaction: transaction)
                    sum &+= UInt64(writer.count)
                } catch {
                    return 0
                }
            }
            return sum
        }
    }
}

/// A text as C holds it: made once, never given back.
private struct CText {
    let start: UnsafePointer<CChar>
    let length: Int

    init(_ text: String) {
        length = text.utf8.count
        let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: length + 1)
        _ = copy.initialize(from: text.utf8CString)
        start = UnsafePointer(copy.baseAddress ?? UnsafeMutablePointer.allocate(capacity: 1))
    }
}
