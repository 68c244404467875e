import WireProtocol

/// What is in the payload tables of these tests.
enum SampleTypes {
    static let word = ValueTable("Word", .token([]))
    static let port = ValueTable("Port", .integer(1...65535))
    static let number = ValueTable("Number", .integer(0...4_294_967_295))
    static let code = ValueTable("Code", .token([WireShape(prefix: "C", characters: .digits)]), limit: 4)
    static let mood = ValueTable(
        "Mood", .enumeration([NamedWord("good", "GD"), NamedWord("bad", "BD")], isOpen: false))
    static let bits = ValueTable("Bits", .flags([NamedBit("one", 1), NamedBit("two", 2)]))
}

enum YesWord: WireBoolean {
    static let table = ValueTable("Yes", .boolean(falseWord: "N", trueWord: "Y"))
}

struct Bits: OptionSet {
    let rawValue: UInt32
}

/// A message with its fields in the header.
struct Note: MIMEHeaderPayload {
    static let table = MIMETable(
        "note", "text/x-note", charset: "UTF-8", limits: PayloadLimits(headers: 4),
        [
            FieldRow("Mood", SampleTypes.mood, required: true, initial: "GD"),
            FieldRow("Port", SampleTypes.port),
            FieldRow("Urgent", YesWord.table),
            FieldRow("Code", SampleTypes.code),
            FieldRow("Title", SampleTypes.word),
        ])

    var headers = Self.table.headers
    var body = WireBytes()

    var port: UInt32? {
        get { headers.value("Port", as: UInt32.self) }
        set { headers.set("Port", to: newValue, in: Self.table.fields) }
    }
    var urgent: Bool? {
        get { headers.flag("Urgent", as: YesWord.self) }
        set { headers.set("Urgent", to: newValue, as: YesWord.self, in: Self.table.fields) }
    }
    var title: String? {
        get { headers.text("Title") }
        set { headers.set("Title", to: newValue, in: Self.table.fields) }
    }
}

/// A message with its fields in the body.
struct Sheet: MIMEBodyPayload {
    static let table = MIMETable(
        "sheet", "text/x-sheet", limits: .default, fieldsInBody: true,
        [FieldRow("Port", SampleTypes.port, initial: "80"), FieldRow("Title", SampleTypes.word, required: true)])

    var headers = Self.table.headers
    var fields = Self.table.fields.newBlock
    var rest = WireBytes()
}

/// Two header blocks.
struct Parcel: BlocksPayload {
    static let table = BlocksTable("parcel", limits: PayloadLimits(headers: 2))

    var destination = Destination()
    var stamp = Stamp()
    var body = WireBytes()

    mutating func visitBlocks(
        _ visit: (inout HeaderBlock, FieldTable) throws(PayloadError) -> Void
    ) throws(PayloadError) {
        try visit(&destination.headers, Destination.table)
        try visit(&stamp.headers, Stamp.table)
    }

    struct Destination: PayloadBlock {
        static let table = FieldTable([FieldRow("Parcel", SampleTypes.word, required: true, initial: "1.0")])

        var headers = Self.table.newBlock
    }

    struct Stamp: PayloadBlock {
        static let table = FieldTable([FieldRow("Price", SampleTypes.number)])

        var headers = Self.table.newBlock
    }
}

/// A document whose entries nest.
struct Demo: XMLPayload {
    static let table = ElementTable(
        "Demo", payload: "demo",
        attributes: [
            AttributeRow("w", YesWord.table), AttributeRow("l", SampleTypes.bits, required: true, range: 0...5),
            AttributeRow("p", SampleTypes.port),
        ],
        children: [.element("e", Entry.self), .text("port", SampleTypes.port), .text("name", SampleTypes.word)],
        minimum: 1, unless: "w")

    var element = Self.table.newElement

    var entries: [Entry] {
        get { element.children("e") }
        set { element.set(children: "e", to: newValue, in: Self.table) }
    }
    var port: UInt32? {
        get { element.value(child: "port", as: UInt32.self) }
        set { element.set(child: "port", to: newValue, in: Self.table) }
    }
    var isWhole: Bool? {
        get { element.flag(attribute: "w", as: YesWord.self) }
        set { element.set(attribute: "w", to: newValue, as: YesWord.self, in: Self.table) }
    }

    struct Entry: XMLContent {
        static let table = ElementTable(
            "e", attributes: [AttributeRow("n", SampleTypes.word, required: true)],
            children: [.element("e", Entry.self, minimum: 0), .text("t", SampleTypes.mood, minimum: 0)])

        var element = Self.table.newElement

        var inner: Entry? {
            get { element.child("e") }
            set { element.set(child: "e", to: newValue, in: Self.table) }
        }
    }
}

/// Another root.
struct Other: XMLPayload {
    static let table = ElementTable(
        "Other", payload: "other", children: [.text("a", SampleTypes.word, minimum: 2)])

    var element = Self.table.newElement
}

/// Numbers with entries, data and a footer.
struct Packet: BinaryPayload {
    static let table = BinaryTable(
        "packet", limits: .default,
        [
            NumberRow("headerSize", bytes: 1, .big, .headerLength), NumberRow("bits", bytes: 1, .big),
            NumberRow("size", bytes: 2, .little, .dataLength), NumberRow("total", bytes: 8, .big),
        ],
        footer: [NumberRow("sum", bytes: 3, .big)])

    var packet = BinaryPacket(Self.table)

    var bits: Bits {
        get { packet.flags("bits", in: Self.table) }
        set { packet.set("bits", to: newValue, in: Self.table) }
    }
    var total: UInt64 {
        get { packet.number("total", in: Self.table) }
        set { packet.set("total", to: newValue, in: Self.table) }
    }
    var sum: UInt32 {
        get { packet.number("sum", in: Self.table) }
        set { packet.set("sum", to: newValue, in: Self.table) }
    }
}

/// Data to the end, between two numbers.
struct Tail: BinaryPayload {
    static let table = BinaryTable(
        "tail", limits: .default, [NumberRow("kind", bytes: 1, .little)],
        footer: [NumberRow("sum", bytes: 2, .little)])

    var packet = BinaryPacket(Self.table)
}
