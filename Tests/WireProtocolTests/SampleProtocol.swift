@testable import WireProtocol

/// A made-up protocol with everything that tables can say, and its messages, as if they were generated.
enum Samples {
    static let desk = ServiceSet(number: 0)
    static let hall = ServiceSet(number: 1)

    private static func form(
        _ command: StaticString, _ name: StaticString = "plain", place: Int = 0,
        on services: ServiceSet = [desk, hall], in range: ClosedRange<UInt8> = 1...9,
        transaction: TransactionRule = .required, words: [FormWord] = [],
        payload: PayloadTable? = nil
    ) -> FormTable {
        FormTable(
            command, name, place: place, from: .server, on: services, in: range, transaction: transaction, words: words,
            payload: payload)
    }

    private static func payload(_ limit: Int, length: Int? = nil) -> PayloadTable {
        PayloadTable(.bytes, limit: limit, length: length)
    }

    private static let separator = UInt8(ascii: ",")
    private static let rest = ValueTable("Rest", .rest, limit: 70)

    static let errorReply = FormTable(
        "error", "error", from: .server, on: [desk, hall], transaction: .optional,
        words: [.value("code", ValueTable("Code", .token([WireShape(characters: .digits, length: 3)])))],
        payload: PayloadTable(.bytes, limit: 40, optionalIn: VersionSet(5...9)), commandIsValue: true)

    static let table = ProtocolTable(
        "SAMPLE", services: 2, lastVersion: 9,
        commands: [
            CommandTable("WRD", server: [form("WRD", words: [.value("a", .anyWord), .value("b", short)])]),
            CommandTable(
                "OPT",
                server: [
                    form(
                        "OPT",
                        words: [
                            .value("a", .anyWord), .value("n", .anyNumber, optional: true, prefix: "N="),
                            .value("b", .anyWord, optional: true), .literal("MID", optional: true),
                            .value("c", .anyWord), .value("v", .anyWord, in: 5...9),
                        ])
                ]),
            CommandTable(
                "PRE",
                server: [
                    form(
                        "PRE",
                        words: [
                            .value("one", .anyWord, prefix: "A"), .value("two", .anyNumber, prefix: "AB"),
                            .value("three", .anyWord, optional: true, prefix: "ABC"),
                            .value("four", name, optional: true, prefix: "ABCD"),
                            .value("five", .anyWord, optional: true, prefix: "ABCDE"),
                            .value("six", .anyWord, optional: true, prefix: "ABCDEF"),
                            .value("seven", .anyWord, prefix: "ABCDEFG"),
                            .value("eight", .anyWord, optional: true, prefix: "ABCDEFGH"),
                        ])
                ]),
            CommandTable(
                "PR9",
                server: [
                    form(
                        "PR9",
                        words: [
                            .value("nine", .anyWord, prefix: "ABCDEFGHI"),
                            .value("ten", .anyWord, prefix: "ABCDEFGHIJ"),
                            .value("eleven", .anyWord, optional: true, prefix: "ABCDEFGHIJK"),
                            .value("twelve", .anyWord, prefix: "ABCDEFGHIJKL"),
                        ])
                ]),
            CommandTable(
                "LIT", server: [form("LIT", words: [.literal("OK"), .literal("EIGHTCHR"), .value("a", .anyWord)])]),
            CommandTable("LI9", server: [form("LI9", words: [.literal("LONGERTHANEIGHT"), .value("a", .anyWord)])]),
            CommandTable(
                "LST",
                server: [
                    form(
                        "LST",
                        words: [
                            .list("n", .anyNumber, separator: separator),
                            .list("t", name, separator: UInt8(ascii: ";")),
                            .list("p", short, separator: separator, optional: true, prefix: "P="),
                        ])
                ]),
            CommandTable(
                "RST", server: [form("RST", words: [.value("a", .anyWord), .words("rest", short, minimum: 1)])]),
            CommandTable(
                "CND",
                server: [
                    form(
                        "CND",
                        words: [
                            .value("bits", bits), .value("four", .anyWord, when: .bits(4, inSlot: 0)),
                            .value("mood", mood), .value("up", .anyNumber, when: .words("UP", "NEW", inSlot: 2)),
                            .value("last", .anyWord, optional: true, when: .bits(1, inSlot: 0)),
                        ])
                ]),
            CommandTable(
                "CNL",
                server: [
                    form(
                        "CNL",
                        words: [
                            .value("bits", bits), .literal("FOUR", when: .bits(4, inSlot: 0)), .value("a", .anyWord),
                        ])
                ]),
            CommandTable("NON", server: [form("NON", transaction: .absent, words: [.value("a", .anyNumber)])]),
            CommandTable("ZER", server: [form("ZER", transaction: .zero, words: [.value("a", .anyWord)])]),
            CommandTable("TRO", server: [form("TRO", transaction: .optional, words: [.value("a", .anyWord)])]),
            CommandTable("GUI", server: [form("GUI", words: [.value("plain", guid), .value("braced", braced)])]),
            CommandTable(
                "CMP",
                server: [
                    form(
                        "CMP",
                        words: [
                            .value("place", place), .value("strict", strictPlace),
                            .value("loose", loosePlace, optional: true),
                        ])
                ]),
            CommandTable(
                "HOM", server: [form("HOM", words: [.value("home", home), .value("shape", versionedShape)])]),
            CommandTable(
                "ENU",
                server: [
                    form(
                        "ENU",
                        words: [
                            .value("mood", mood), .value("long", longMood), .value("open", openMood),
                            .value("flag", flag), .value("other", longFlag), .value("shaped", shaped),
                        ])
                ]),
            CommandTable(
                "TXT",
                server: [
                    form("TXT", words: [.value("a", name), .value("b", .anyText), .value("c", name, optional: true)])
                ]),
            CommandTable(
                "NUM",
                server: [
                    form(
                        "NUM",
                        words: [
                            .value("any", .anyNumber), .value("small", small), .value("signed", signed),
                            .value("ranged", .anyNumber, range: 10...1000), .value("long", .anySignedNumber),
                        ])
                ]),
            CommandTable(
                "MSG", server: [form("MSG", transaction: .absent, words: [.value("a", .anyWord)], payload: payload(80))]
            ),
            CommandTable(
                "PAY",
                server: [
                    form("PAY", "large", words: [.literal("L")], payload: payload(60)),
                    form("PAY", "small", place: 1, words: [.literal("S")], payload: payload(10)),
                    form("PAY", "none", place: 2, words: [.value("a", .anyWord)]),
                ],
                serverChoices: [
                    .init(0, on: [desk, hall], if: [.word(1, isOneOf: ["L"])]),
                    .init(1, on: [desk, hall], if: [.word(1, isOneOf: ["S"])]), .init(2, on: [desk, hall]),
                ]),
            CommandTable("FIX", server: [form("FIX", payload: payload(9, length: 4))]),
            CommandTable(
                "SET",
                server: [
                    form(
                        "SET",
                        words: [
                            .value("key", .anyWord), .literal("L"), .value("flags", .anyNumber, in: 1...4),
                            .value("option", .anyWord, optional: true),
                        ],
                        payload: PayloadTable(.bytes, limit: 40, lengthBefore: 2, trailer: PayloadTrailer("\r\n")))
                ]),
            CommandTable(
                "PUB",
                server: [
                    form(
                        "PUB", transaction: .absent,
                        words: [.value("subject", .anyWord), .value("reply", .anyWord, optional: true)],
                        payload: PayloadTable(.bytes, limit: 30, trailer: PayloadTrailer("END")))
                ]),
            CommandTable("RPL", server: [form("RPL", words: [.words("rest", .anyWord)], payload: payload(30))]),
            CommandTable(
                "EMP",
                server: [
                    form(
                        "EMP", transaction: .absent,
                        words: [
                            .value("a", .anyWord, mayBeEmpty: true), .value("b", name, mayBeEmpty: true),
                            .list("l", .anyNumber, separator: separator, mayBeEmpty: true),
                            .value("p", .anyWord, mayBeEmpty: true, prefix: "P="),
                        ])
                ]),
            CommandTable(
                "CHO",
                server: [
                    form("CHO", "guid", words: [.value("g", guid), .value("a", .anyWord)]),
                    form("CHO", "number", place: 1, words: [.value("n", signed)]),
                    form(
                        "CHO", "prefixed", place: 2,
                        words: [.value("x", .anyWord, prefix: "X:"), .value("y", .anyWord)]),
                    form("CHO", "long", place: 3, words: [.words("rest", .anyWord)]),
                    form("CHO", "short", place: 4, in: 1...4, words: [.value("a", .anyWord)]),
                ],
                serverChoices: [
                    .init(0, on: [desk], if: [.wordIsGUID(1, braces: false)]),
                    .init(1, on: [desk], if: [.wordIsNumber(1), .atMost(2)]),
                    .init(2, on: [desk], if: [.wordHasPrefix(1, "X:")]),
                    .init(3, on: [desk], in: 1...4, if: [.atLeast(3)]),
                    .init(3, on: [desk], in: 5...9, if: [.atLeast(4)]),
                    .init(4, on: [desk], in: 1...4),
                ]),
            CommandTable(
                "ROW",
                server: [
                    form(
                        "ROW",
                        words: [
                            .value("user", .anyWord, in: 1...3), .value("user", short, in: 4...6, prefix: "N="),
                            .value("user", seat, in: 8...9, prefix: "S="),
                            .value("name", name, in: 1...4),
                            .value("name", name, in: 5...9, optional: true, mayBeEmpty: true, prefix: "F="),
                            .value("n", .anyNumber, in: 1...5), .value("n", .anyNumber, in: 6...9, range: 10...1000),
                            .value("seat", seat),
                        ])
                ]),
            CommandTable(
                "ROL",
                server: [
                    form(
                        "ROL",
                        words: [
                            .list("seats", seat, separator: separator, in: 1...4),
                            .list("seats", seat, separator: separator, in: 5...8, prefix: "S="),
                            .value("a", .anyWord),
                        ])
                ]),
            CommandTable("EIGHTCHR", server: [form("EIGHTCHR", words: [.value("a", .anyWord)])]),
            CommandTable(
                "A", server: [form("A", transaction: .optional, words: [.value("a", .anyWord, optional: true)])]),
            CommandTable("OLD", server: [form("OLD", in: 1...3, words: [.value("a", .anyWord)])]),
            CommandTable(
                "VER",
                server: [
                    form("VER", in: 1...4, words: [.value("a", .anyNumber)]),
                    form("VER", "later", place: 1, in: 5...9, words: [.value("a", name)], payload: payload(20)),
                ]),
            CommandTable("HAL", server: [form("HAL", on: hall, words: [.value("a", .anyWord)])]),
            CommandTable("NAM", isNamedOnly: true),
            CommandTable("GON"),
            CommandTable("ALL", server: [form("ALL", transaction: .absent, words: [.words("rest", .anyWord)])]),
            CommandTable(
                "+SAY",
                server: [
                    form(
                        "+SAY", transaction: .absent,
                        words: [.value("a", .anyWord), .value("text", rest, in: 1...6, optional: true)])
                ]),
            CommandTable(
                "HPUB",
                server: [
                    form(
                        "HPUB", transaction: .absent, words: [.value("head", .anyNumber)],
                        payload: PayloadTable(
                            .bytes, limit: 30, headerLengthInSlot: 0, trailer: PayloadTrailer("\r\n")))
                ]),
            CommandTable("LNG", server: [form("LNG", transaction: .absent, words: [.value("a", .anyWord)])]),
        ], errorReply: errorReply)
}

enum SampleService: ProtocolService {
    case desk, hall

    var number: Int { self == .desk ? 0 : 1 }
}

/// What the server of the made-up protocol says; each form is a list of its words.
enum SampleMessage: DecodableMessage, Equatable {
    /// The places of the command and of its form, and the bytes of the values.
    case form(command: Int, form: Int, values: [WireBytes?])
    case unknown(UnknownCommand)

    typealias MessageService = SampleService
    static var protocolTable: ProtocolTable { Samples.table }
    static var sender: Sender { .server }
    static var limits: WireLimits { .default }
    /// The made-up protocol has programs without habits only.
    var deviations: [Deviation] { [] }

    init(unknown: UnknownCommand) { self = .unknown(unknown) }

    init(command: Int, form: Int, words: consuming TakenWords) {
        guard let table = Self.table(command, form) else {
            self = .unknown(.empty)
            return
        }
        // As many as a line can have; those that the form has not are not looked at.
        let storage = FormStorage<66>(words)
        self = .form(command: command, form: form, values: (0..<table.slotCount).map { storage.optionalBytes($0) })
    }

    static func table(_ command: Int, _ form: Int) -> FormTable? {
        if command == protocolTable.errorNumber { return protocolTable.errorReply }
        guard protocolTable.commands.indices.contains(command) else { return nil }
        let forms = protocolTable.commands[command].serverForms
        return forms.indices.contains(form) ? forms[form] : nil
    }
}
