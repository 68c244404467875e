// What is printed of bytes that may hold passwords, tickets and cookies: sizes and names. Code that needs the bytes
// asks for them explicitly; no log, dump or interpolated string shows them by accident.

/// A mirror that shows nothing of its subject.
private func blindMirror<Subject>(_ subject: Subject) -> Mirror {
    Mirror(subject, children: EmptyCollection<Mirror.Child>())
}

extension WireBytes: CustomDebugStringConvertible, CustomReflectable {
    /// The number of bytes. `description` is the text.
    public var debugDescription: String { "\(count) bytes" }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension Frame: CustomStringConvertible, CustomReflectable {
    /// The command word and the sizes.
    public var description: String {
        let name = command == .invalid ? "no command" : command.description
        return name + " (\(line.count) bytes" + (payload.map { ", payload of \($0.count) bytes" } ?? "") + ")"
    }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension FrameBuffer: CustomStringConvertible, CustomReflectable {
    @usableFromInline var description: String { "\(bufferedBytes) bytes" }
    @usableFromInline var customMirror: Mirror { blindMirror(self) }
}

extension InputBuffer: CustomStringConvertible, CustomReflectable {
    var description: String { "\(count) bytes" }
    var customMirror: Mirror { blindMirror(self) }
}

extension LineSource: CustomStringConvertible, CustomReflectable {
    @usableFromInline var description: String { frames.description }
    @usableFromInline var customMirror: Mirror { blindMirror(self) }
}

extension LineTable: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension ProtocolTable: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension ByteChunk: CustomStringConvertible, CustomReflectable {
    /// The number of bytes.
    public var description: String { "\(bytes.count) bytes" }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension FormStorage: CustomStringConvertible, CustomReflectable {
    /// The number of bytes of all values.
    public var description: String {
        var sum = 0
        for index in 0..<count { sum += slots[index].count }
        return "\(sum) bytes"
    }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension FormBuilder: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension FormView: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension DescribedForm {
    /// The command, the form and its values, without sensitive ones.
    public var description: String {
        let values = fields.map(\.description) + (payloadBytes.map { ["payload of \($0.count) bytes"] } ?? [])
        return "\(Self.command).\(Self.form)(\(values.joined(separator: ", ")))"
    }

    /// A mirror without children; `fields` has the values.
    public var customMirror: Mirror { blindMirror(self) }
}

extension LineWriter: CustomStringConvertible, CustomReflectable {
    /// The number of bytes written.
    public var description: String { "\(bytes.count) bytes" }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension Field: CustomReflectable {
    /// A mirror without children; `description` shows what may be shown.
    public var customMirror: Mirror { blindMirror(self) }
}

extension FieldReader: CustomStringConvertible, CustomReflectable {
    /// The names of the fields.
    public var description: String { values.keys.sorted().joined(separator: ", ") }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension HeaderBlock: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension HeaderBlock.Field: CustomReflectable {
    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension ByteReader: CustomStringConvertible, CustomReflectable {
    /// The number of remaining bytes.
    public var description: String { "\(remaining) bytes" }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension ByteWriter: CustomStringConvertible, CustomReflectable {
    /// The number of bytes written.
    public var description: String { "\(bytes.count) bytes" }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension XMLElement: CustomStringConvertible, CustomReflectable {
    /// The name of the element and the size of its content.
    public var description: String { "<\(name)> (\(attributes.count) attributes, \(content.count) nodes)" }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension XMLElement.Attribute: CustomStringConvertible, CustomReflectable {
    /// The name.
    public var description: String { name }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}

extension XMLElement.Node: CustomStringConvertible, CustomReflectable {
    /// The description of an element, or the number of bytes of a text.
    public var description: String {
        switch self {
        case .element(let element): element.description
        case .text(let text): "\(text.utf8.count) bytes"
        }
    }

    /// A mirror without children.
    public var customMirror: Mirror { blindMirror(self) }
}
