// Whatever is read is written, read again and found equal; its fields make the same form; nothing traps in any mode.
import FormProperties
import FuzzSupport
import MSNP
import WireProtocol

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecode(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzInput(start, count)?.withMessages(Forms())
    return 0
}

private struct Forms: MessageUse {
    func use<Message: DecodableMessage & FormBearing & Equatable>(_ input: FuzzInput, _ type: Message.Type)
    where Message.MessageService == Service {
        for arrival in input.streamed(type, cut: .max) {
            guard let envelope = arrival.envelope, let form = envelope.message.form else { continue }
            writeAndRead(form, envelope, arrival.version, input)
            remake(form, envelope.transaction, arrival.version)
            use(form)
            check(isSame(form, setAgain(form)), "is another one when its properties are set: \(form)")
        }
        for arrival in input.streamed(type, mode: .fast, cut: .max) {
            guard let envelope = arrival.envelope, let form = envelope.message.form else { continue }
            _ = bytes(form, envelope.transaction, arrival.version)
            use(form)
            _ = setAgain(form).fields
        }
    }

    private func writeAndRead<Message: DecodableMessage & FormBearing & Equatable>(
        _ form: some WireForm, _ envelope: Envelope<Message>, _ version: ProtocolVersion, _ input: FuzzInput
    ) where Message.MessageService == Service {
        guard let bytes = bytes(form, envelope.transaction, version) else {
            return check(false, "cannot be written: \(form)")
        }
        var again = input
        (again.stream, again.version, again.later) = (bytes, version, version)
        let copies = again.streamed(Message.self, cut: .max)
        guard copies.count == 1, let copy = copies[0].envelope, let second = copy.message.form else {
            return check(false, "cannot be read again: \(form)")
        }
        check(copy == envelope, "is another one: \(form)")
        check(isSame(form, second), "is another form: \(form)")
        check(self.bytes(second, copy.transaction, version) == bytes, "is written otherwise: \(form)")
    }

    private func isSame<Form: WireForm>(_ form: Form, _ other: any WireForm) -> Bool { (other as? Form) == form }

    /// The bytes that the form is written as; nil if it cannot be.
    private func bytes(
        _ form: some WireForm, _ transaction: TransactionID?, _ version: ProtocolVersion
    ) -> [UInt8]? {
        var writer = LineWriter(version: version)
        do throws(WireEncodingError) {
            try form.encode(into: &writer, optionalTransaction: transaction)
            return writer.takeBytes()
        } catch {
            check(!error.description.isEmpty && writer.count == 0, "an error, and something was written")
            return nil
        }
    }

    /// Makes the form again from what a person would read of it.
    private func remake<Form: WireForm>(_ form: Form, _ transaction: TransactionID?, _ version: ProtocolVersion) {
        var values: [String: FieldValue] = [:]
        for field in form.fields { values[field.name] = field.value }
        let fields = FieldReader(
            values, payload: form.payloadBytes, version: version, command: Form.command.description,
            form: Form.form.description)
        do throws(WireEncodingError) {
            let copy = try Form(fields: fields)
            check(copy.fields == form.fields, "has other fields: \(form) and \(copy)")
            check(copy.payloadBytes == form.payloadBytes, "has another payload: \(form) and \(copy)")
            var writer = LineWriter(version: version)
            try copy.encode(into: &writer, optionalTransaction: transaction)
            check(!writer.takeBytes().isEmpty, "nothing is written")
        } catch {
            // What was read by a deviation writes its own bytes; made anew it may be what the protocol does not have.
            if !form.deviations.isEmpty { return }
            // A letter that came uncoded takes three times the bytes when it is written anew.
            if case .invalidValue(.tooLong) = error.kind { return }
            if case .lineTooLong = error.kind { return }
            check(false, "cannot be made of its fields: \(form): \(error)")
        }
    }

    /// The form after each of its properties was looked at and set to what it is.
    private func setAgain<Form: WireForm>(_ form: Form) -> any WireForm {
        guard var typed = form as? any TypedForm else {
            check(false, "no properties: \(form)")
            return form
        }
        for value in typed.values {
            if let value = value as? any WireValue { _ = value.text }
            for value in value as? [any WireValue] ?? [] { _ = value.text }
            _ = "\(String(describing: value)) \(String(reflecting: value))"
        }
        typed.setProperties()
        return typed as? any WireForm ?? form
    }

    /// Looks at all values by their places, and sets them.
    private func use<Form: WireForm>(_ form: Form) {
        _ = "\(form) \(form.fields)"
        let detached = form.detached()
        check(detached == form && detached.fields == form.fields, "is another one when detached: \(form)")
        guard let storage = form.storage as? any UsableStorage else { return check(false, "no storage") }
        storage.look()
        for case let copy as Form.Storage in storage.rewritten() {
            check(Form(storage: copy) == form, "is another one when it is set: \(form)")
        }
        for case let copy as Form.Storage in storage.shortened() {
            let copy = Form(storage: copy)
            check(copy.fields.count <= form.fields.count, "has more fields: \(form)")
            _ = bytes(copy, .zero, ProtocolVersion(8))
        }
    }
}
