// Whatever is read is written, read again and found equal; its fields make the same form.
import FuzzSupport
import MSNP
import WireProtocol

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecode(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return 0 }
    for case .frame(let frame) in input.events(cut: input.stream.count) {
        guard let reading = input.read(frame), let form = reading.form else { continue }
        guard let bytes = reading.bytes() else {
            check(false, "cannot be written: \(form)")
            continue
        }
        var again = input
        again.stream = bytes
        guard case .frame(let copy)? = again.events(cut: bytes.count).first, let second = again.read(copy),
            let written = second.bytes()
        else {
            check(false, "cannot be read again: \(form)")
            continue
        }
        check(written == bytes && second.transaction == reading.transaction, "is another one: \(form)")
        check(second.form.map { type(of: $0) == type(of: form) } ?? false, "is another form: \(form)")
        check(same(form, second.form), "is not equal: \(form)")
        remake(form, reading)
    }
    return 0
}

private func same<Form: WireForm>(_ form: Form, _ other: (any WireForm)?) -> Bool {
    (other as? Form) == form
}

/// Makes the form again from what a person would read of it.
private func remake<Form: WireForm>(_ form: Form, _ reading: Reading) {
    var values: [String: FieldValue] = [:]
    for field in form.fields { values[field.name] = field.value }
    let fields = FieldReader(
        values, payload: form.payload, version: reading.version, command: Form.command.description,
        form: Form.form.description)
    do throws(EncodingError) {
        let copy = try Form(fields: fields)
        var writer = LineWriter(version: reading.version)
        try copy.encode(into: &writer, transaction: reading.transaction)
        check(!writer.takeBytes().isEmpty, "nothing is written")
    } catch {
        // A letter that came uncoded takes three times the bytes when it is written anew.
        if case .invalidValue(.tooLong) = error.kind { return }
        check(false, "cannot be made of its fields: \(form): \(error)")
    }
}
