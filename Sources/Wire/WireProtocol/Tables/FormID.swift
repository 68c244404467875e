/// Identifies a form of a command by numbers instead of names.
public struct FormID: Hashable, Sendable {
    /// The command; `error` for error replies.
    public let command: CommandCode
    /// The end that sends the form.
    public let sender: Sender
    /// The index of the form among those of its command and sender, or the number of an error reply.
    ///
    /// It is `nil` for a command whose form is unknown.
    public let number: UInt16?

    /// Creates the identity of a form.
    public init(_ command: CommandCode, from sender: Sender, number: UInt16? = nil) {
        self.command = command
        self.sender = sender
        self.number = number
    }

    /// The identity of an error reply.
    public static func error(_ number: UInt16) -> FormID { FormID(errorCommand, from: .server, number: number) }

    /// Represents the command of error replies, whose command word is the number itself.
    static let errorCommand = CommandCode("error")
}

extension FormTable {
    /// The identity of the form; for the form of error replies, that of a reply whose number is unknown.
    public var id: FormID {
        commandIsValue
            ? FormID(FormID.errorCommand, from: sender)
            : FormID(code, from: sender, number: UInt16(clamping: place))
    }
}

extension DescribedForm {
    /// The identity of the form and, for an error reply, its number.
    public var formID: FormID {
        guard Self.table.commandIsValue else { return Self.table.id }
        let number = storage.view.bytes(0).flatMap { UInt16($0.description) }
        return FormID(FormID.errorCommand, from: Self.table.sender, number: number)
    }
}

extension ProtocolTable {
    /// The identity of a named form; without a number if the grammar has no such form.
    public func id(command: String, form: String?, sender: Sender) -> FormID {
        if let form, let place = place(command: command, form: form, sender: sender) { return place.table.id }
        return FormID(CommandCode(bytes: Array(command.utf8)) ?? .invalid, from: sender)
    }
}
