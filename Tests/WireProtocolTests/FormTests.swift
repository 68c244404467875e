import Testing
@testable import WireProtocol

/// Types and forms as if they were generated.
enum Mood: Int, WireEnumeration {
    case up, down, new
    static var table: ValueTable { Samples.mood }
    init(other word: WireToken) { self = .up }
}

enum OpenMood: WireEnumeration {
    case up
    case other(WireToken)
    static var table: ValueTable { Samples.openMood }
    init(other word: WireToken) { self = .other(word) }
    var other: WireToken? { if case .other(let word) = self { word } else { nil } }
    init?(index: Int) {
        guard index == 0 else { return nil }
        self = .up
    }
    var index: Int? { self == .up ? 0 : nil }
}

struct OfferBits: WireFlags {
    let rawValue: UInt32
    static var table: ValueTable { Samples.bits }
    static var one: OfferBits { OfferBits(rawValue: 1) }
    static var four: OfferBits { OfferBits(rawValue: 4) }
    init(rawValue: UInt32) { self.rawValue = rawValue }
}

struct FlagWord: WireBoolean {
    let isTrue: Bool
    static var table: ValueTable { Samples.flag }
    init(_ isTrue: Bool) { self.isTrue = isTrue }
}

struct Place: WireValue {
    var host: WireToken
    var port: UInt32
    var path: WireToken?
    static var table: ValueTable { Samples.place }

    init(host: WireToken, port: UInt32, path: WireToken? = nil) {
        self.host = host
        self.port = port
        self.path = path
    }

    init(checked wire: WireBytes) {
        var parts = CompositeParts(wire, Self.table)
        host = parts.value(of: wire)
        port = parts.value(of: wire)
        path = parts.optional(of: wire)
    }

    func write(to writer: inout LineWriter) throws(ValueError) {
        var parts = CompositeWriter(Self.table)
        try parts.write(host, to: &writer)
        try parts.write(port, to: &writer)
        try parts.write(path, to: &writer)
    }
}

/// Many kinds of values, some of them only in some versions or under a condition.
struct Offer: WireForm {
    var storage: FormStorage<7>
    var bits: OfferBits {
        get { storage.value(0) }
        set { storage.set(0, newValue) }
    }
    var name: WireText {
        get { storage.value(1) }
        set { storage.set(1, newValue) }
    }
    var place: Place? {
        get { storage.optional(2) }
        set { storage.set(2, newValue) }
    }
    var isOpen: Bool? {
        get { storage.optionalFlag(3, as: FlagWord.self) }
        set { storage.set(3, newValue, as: FlagWord.self) }
    }
    var secret: Secret<WireToken>? {
        get { storage.optional(4) }
        set { storage.set(4, newValue) }
    }
    var numbers: [WireToken] {
        get { storage.list(5, separator: 0x2C) }
        set { storage.set(5, newValue, separator: 0x2C) }
    }
    var moods: [OpenMood]? {
        get { storage.optionalList(6, separator: 0x20) }
        set { storage.set(6, newValue, separator: 0x20) }
    }

    init(
        bits: OfferBits, name: WireText, place: Place? = nil, isOpen: Bool? = nil, secret: Secret<WireToken>? = nil,
        numbers: [WireToken], moods: [OpenMood]? = nil
    ) {
        var builder = FormBuilder()
        builder.add(0, bits)
        builder.add(1, name)
        builder.add(2, place)
        builder.add(3, isOpen, as: FlagWord.self)
        builder.add(4, secret)
        builder.add(5, numbers, separator: 0x2C)
        builder.add(6, moods, separator: 0x20)
        storage = FormStorage(builder)
    }

    init(storage: FormStorage<7>) { self.storage = storage }

    static let table = FormTable(
        "OFR", "offer", from: .client, on: Samples.desk, in: 1...9,
        words: [
            .value("bits", Samples.bits), .value("name", Samples.name),
            .value("place", Samples.place, when: .bits(4, inSlot: 0)), .value("isOpen", Samples.flag, in: 5...9),
            .value("secret", Samples.short, optional: true, prefix: "S=", sensitive: true),
            .list("numbers", .anyWord, separator: 0x2C), .words("moods", Samples.openMood, in: 3...9),
        ])
}

extension FormParameter where Form == Offer {
    static var isOpen: Self { Self(slot: 3) }
    static var moods: Self { Self(slot: 6) }
}

/// A reply whose command is a value.
struct Trouble: WireForm {
    var storage: FormStorage<2>
    var code: WireToken {
        get { storage.value(0) }
        set { storage.set(0, newValue) }
    }
    var payload: WireBytes? {
        get { storage.optionalBytes(1) }
        set { storage.set(1, bytes: newValue) }
    }

    init(code: WireToken, payload: WireBytes? = nil) {
        var builder = FormBuilder()
        builder.add(0, code)
        builder.add(1, bytes: payload)
        storage = FormStorage(builder)
    }

    init(storage: FormStorage<2>) { self.storage = storage }

    static var table: FormTable { Samples.errorReply }
}

/// What forms do with their values.
struct FormTests {
    private static let full = Offer(
        bits: [.one, .four], name: "a name", place: Place(host: "host", port: 80, path: "way"), isOpen: true,
        secret: "hunter2", numbers: ["1", "2"], moods: [.up, .other("DN")])
    private static let text = "OFR 5 5 a%20name host:80;way Y S=hunter2 1,2 UP DN\r\n"

    private func written(
        _ form: some WritableForm, _ number: UInt8 = 8, transaction: TransactionID? = 5,
        policy: WritingPolicy = .exact
    ) throws(WireEncodingError) -> String {
        var line = LineWriter(version: ProtocolVersion(number), policy: policy)
        try form.encode(into: &line, optionalTransaction: transaction)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    private func error(
        _ form: some WritableForm, _ number: UInt8 = 8, transaction: TransactionID? = 5,
        policy: WritingPolicy = .exact
    ) -> WireEncodingError? {
        failure { () throws(WireEncodingError) in
            _ = try written(form, number, transaction: transaction, policy: policy)
        }
    }

    private func readOffer(_ text: String) throws -> Offer {
        var builder = FormBuilder()
        let line = try read(text.replacing("\r\n", with: ""), Offer.table)
        for (index, value) in line.values.enumerated() { builder.add(index, bytes: value) }
        return Offer(storage: FormStorage(builder))
    }

    @Test func valuesAreReadAsTheyWereGiven() {
        let form = Self.full
        #expect(form.bits == [.one, .four] && form.name == "a name")
        #expect(form.place == Place(host: "host", port: 80, path: "way"))
        #expect(form.isOpen == true && form.secret?.value == "hunter2")
        #expect(form.numbers == ["1", "2"] && form.moods == [.up, .other("DN")])
        let bare = Offer(bits: .one, name: "x", numbers: [])
        #expect(bare.place == nil && bare.isOpen == nil && bare.secret == nil && bare.moods == nil)
        #expect(bare.numbers.isEmpty)
    }

    @Test func whatIsWrittenIsReadBack() throws {
        #expect(try written(Self.full) == Self.text)
        let form = try readOffer(Self.text)
        #expect(form == Self.full)
        #expect(form.place?.path == "way" && form.moods == [.up, .other("DN")])
        #expect(try written(form) == Self.text)
    }

    @Test func eachValueIsSetAndRemovedWithoutTheOthers() throws {
        var form = Self.full
        form.name = "é"
        form.isOpen = false
        form.numbers = ["7"]
        form.moods = []
        form.secret = nil
        #expect(try written(form) == "OFR 5 5 %C3%A9 host:80;way N 7\r\n")
        #expect(form != Self.full)
        form.place?.port = 1
        form.place?.path = nil
        form.moods = [.up]
        form.secret = "s"
        #expect(try written(form) == "OFR 5 5 %C3%A9 host:1 N S=s 7 UP\r\n")
        form.bits = .one
        form.place = nil
        form.isOpen = nil
        form.moods = nil
        #expect(form.fields.map(\.name) == ["bits", "name", "secret", "numbers"])
        #expect(try written(form, 2) == "OFR 5 1 %C3%A9 S=s 7\r\n")
    }

    @Test func formsAreEqualByTheirBytes() throws {
        var other = Self.full
        #expect(other == Self.full)
        other.name = "a name"
        #expect(other == Self.full)
        other.name = try WireText(wire: WireBytes("%61%20name"))
        #expect(other.name.string == Self.full.name.string && other != Self.full)
        other = Self.full
        other.secret = nil
        #expect(other != Self.full)
        // Blanks between words are no part of them.
        let apart = try readOffer("OFR 5 5 a%20name host:80;way Y S=hunter2 1,2 UP   DN  ")
        #expect(apart == Self.full)
        #expect(try readOffer("OFR 5 5 a%20name host:80;way Y S=hunter2 1,2 UP DN UP") != Self.full)
        #expect(try readOffer("OFR 5 5 a%20name host:80;way Y S=hunter2 1,2 UP") != Self.full)
    }

    @Test func aDetachedFormIsTheSameInAChunkOfItsOwn() throws {
        let chunk = [UInt8](repeating: 0x20, count: 100_000) + Array("name".utf8)
        var form = Self.full
        form.storage = FormStorage(
            chunk: ByteChunk(chunk), slots: [.none, Slot(100_000, 100_004)])
        let detached = form.detached()
        #expect(detached == form && detached.name == "name")
        #expect(detached.storage.chunk.bytes.count < 100)
        #expect(detached.isOpen == nil && detached.moods == nil)
        #expect(Self.full.detached() == Self.full)
        #expect(try written(Self.full.detached()) == Self.text)
    }

    @Test func fieldsAreThoseOfTheVersion() {
        let names = ["bits", "name", "place", "isOpen", "secret", "numbers", "moods"]
        let form = Self.full
        #expect(form.fields.map(\.name) == names)
        #expect(form.fields(in: ProtocolVersion(5)).map(\.name) == names)
        #expect(form.fields(in: ProtocolVersion(4)).map(\.name) == names.filter { $0 != "isOpen" })
        #expect(form.fields(in: ProtocolVersion(2)).map(\.name) == ["bits", "name", "place", "secret", "numbers"])
        var plain = form
        plain.bits = .one
        #expect(plain.fields.map(\.name) == names)
        #expect(plain.fields(in: ProtocolVersion(8)).map(\.name) == names.filter { $0 != "place" })
        let values: [FieldValue] = ["5", "a name", "host:80;way", "true", "hunter2", ["1", "2"], ["UP", "DN"]]
        #expect(form.fields.map(\.value) == values)
        #expect(form.fields.map(\.isSensitive) == names.map { $0 == "secret" })
    }

    @Test func aFormSaysWhichParametersAVersionHas() {
        #expect(Offer.has(.isOpen, in: ProtocolVersion(5)) && !Offer.has(.isOpen, in: ProtocolVersion(4)))
        #expect(Offer.has(.moods, in: ProtocolVersion(3)) && !Offer.has(.moods, in: ProtocolVersion(2)))
        // A version without the form has none of its parameters.
        #expect(!Offer.has(.isOpen, in: ProtocolVersion(10)))
        #expect(!Offer.has(FormParameter(slot: 7), in: ProtocolVersion(5)))
    }

    @Test func aSecretIsShownByNothing() {
        var dumped = ""
        dump(Self.full, to: &dumped)
        for text in ["\(Self.full)", String(reflecting: Self.full), dumped] {
            #expect(!text.contains("hunter2"), "\(text)")
        }
    }

    @Test func aFormIsMadeOfItsFields() throws {
        let fields = Dictionary(uniqueKeysWithValues: Self.full.fields.map { ($0.name, $0.value) })
        let reader = FieldReader(fields, version: version, command: "OFR", form: "offer")
        #expect(try Offer(fields: reader) == Self.full)
    }

    // MARK: - Values without a wire form

    @Test(
        arguments: [Place(host: "a:b", port: 5), Place(host: "a;b", port: 5), Place(host: "a:1;x", port: 5)])
    func aPartThatHoldsTheMarkOfALaterPartIsKeptAndRefused(place: Place) throws {
        var form = Self.full
        form.place = place
        #expect(form.place == place)
        #expect(form.detached().place == place)
        let mark: UInt8 = place.host.string.contains(":") ? 0x3A : 0x3B
        let refused = error(form)
        #expect(refused?.kind == .invalidValue(.forbiddenCharacter(mark)) && refused?.parameter == "place")
        form.name = "other"
        #expect(form.place == place)
        #expect(error(form)?.parameter == "place")
        form.place = Place(host: "a", port: 5, path: "x;y:z")
        #expect(try written(form) == "OFR 5 5 other a:5;x;y:z Y S=hunter2 1,2 UP DN\r\n")
    }

    @Test(
        arguments: [
            (["a,b"], ValueError.Reason.forbiddenCharacter(0x2C)), (["a", "b c"], .forbiddenCharacter(0x20)),
            (["a", ""], .empty), ([""], .empty), (["a", ",", "b"], .forbiddenCharacter(0x2C)),
        ] as [([WireToken], ValueError.Reason)])
    func anElementThatHoldsItsSeparatorOrABlankIsKeptAndRefused(
        numbers: [WireToken], reason: ValueError.Reason
    ) throws {
        var form = Self.full
        form.numbers = numbers
        #expect(form.numbers == numbers)
        #expect(form.detached().numbers == numbers)
        let refused = error(form)
        #expect(refused?.kind == .invalidValue(reason) && refused?.parameter == "numbers")
        form.isOpen = false
        #expect(form.numbers == numbers)
        #expect(error(form)?.parameter == "numbers")
        form.numbers = ["1"]
        #expect(try written(form) == "OFR 5 5 a%20name host:80;way N S=hunter2 1 UP DN\r\n")
    }

    @Test func aListOfWordsRefusesABlankInOne() {
        var form = Self.full
        form.moods = [.other("a b")]
        #expect(form.moods == [.other("a b")])
        let refused = error(form)
        #expect(refused?.kind == .invalidValue(.forbiddenCharacter(0x20)) && refused?.parameter == "moods")
    }

    @Test func aValueWithoutAWireFormIsNotTheOneWithTheSameBytes() {
        var (one, two) = (Self.full, Self.full)
        one.numbers = ["a,b"]
        two.numbers = ["a", "b"]
        #expect(one != two && two != one)
        #expect(one == one.detached())
        one.place = Place(host: "a:1;x", port: 5)
        two = one
        #expect(one == two)
    }

    @Test func aValueThatIsNoneOfItsTypeIsRefused() {
        var form = Self.full
        form.secret = Secret(WireToken("abcdefghijklm"))
        #expect(error(form)?.kind == .invalidValue(.tooLong(limit: 12)))
        #expect(error(form)?.parameter == "secret")
        form = Self.full
        form.name = WireText(String(repeating: "a", count: 61))
        #expect(error(form)?.kind == .invalidValue(.tooLong(limit: 60)))
        form = Self.full
        form.place = Place(host: "", port: 5)
        #expect(error(form)?.kind == .invalidValue(.empty))
        form.place = nil
        #expect(error(form)?.kind == .missingParameter && error(form)?.parameter == "place")
    }

    @Test func aLineIsRefusedByAWriterWhoseVersionLacksAValue() throws {
        let refused = error(Self.full, 4)
        #expect(refused?.kind == .forbiddenInVersion && refused?.parameter == "isOpen")
        #expect(error(Self.full, 10)?.kind == .notInVersion)
        #expect(error(Self.full, transaction: nil)?.kind == .missingTransactionID)
        var form = Self.full
        form.isOpen = nil
        #expect(error(form, 4) == nil)
        #expect(error(form)?.kind == .missingParameter && error(form)?.parameter == "isOpen")
    }

    // MARK: - Replies whose command is a value

    @Test func anErrorReplyIsWrittenWithItsCode() throws {
        #expect(try written(Trouble(code: "911")) == "911 5\r\n")
        #expect(try written(Trouble(code: "911"), transaction: nil) == "911\r\n")
        #expect(try written(Trouble(code: "201", payload: WireBytes("abc"))) == "201 5 3\r\nabc")
        #expect(try written(Trouble(code: "201", payload: WireBytes())) == "201 5 0\r\n")
        let early = error(Trouble(code: "201", payload: WireBytes("abc")), 4)
        #expect(early?.kind == .forbiddenInVersion && early?.parameter == "payload")
        // The length alone would be read as the transaction ID.
        let bare = error(Trouble(code: "201", payload: WireBytes("abc")), transaction: nil)
        #expect(bare?.kind == .missingTransactionID)
        for code in ["", "91", "9111", "91x", "9 1", "9\r\n"] as [WireToken] {
            let refused = error(Trouble(code: code))
            #expect(refused?.parameter == "code", "\(code)")
        }
        let large = error(Trouble(code: "201", payload: WireBytes([UInt8](repeating: 0, count: 41))))
        #expect(large?.kind == .payloadTooLong(limit: 40))
    }

    @Test(
        arguments: [
            ("911\r\n", nil, nil), ("911 5\r\n", "5", nil), ("911 005 3\r\nabc", "005", "abc"),
            ("000 5 0\r\n", "5", ""),
        ] as [(String, String?, String?)])
    func anErrorReplyIsReadByItsCode(text: String, transaction: String?, payload: String?) {
        let arrival = readQuickly([Array(text.utf8)]).first
        #expect(arrival == readPlainly(Array(text.utf8)).first)
        let values = [WireBytes(String(text.prefix(3))), payload.map { WireBytes($0) }]
        #expect(arrival?.message == .form(command: Samples.table.errorNumber, form: 0, values: values))
        #expect(arrival?.transaction == transaction)
    }

    @Test func anErrorReplyOfFieldsHasThePayloadThatIsGiven() throws {
        func reply(_ fields: [String: FieldValue]) throws(WireEncodingError) -> Trouble {
            try Trouble(fields: FieldReader(fields, version: version, command: "error", form: "error"))
        }
        #expect(try reply(["code": "911"]) == Trouble(code: "911"))
        #expect(try reply(["code": "911"]).payload == nil)
        #expect(try reply(["code": "911", "payload": "x"]).payload == WireBytes("x"))
        let wrong = #expect(throws: WireEncodingError.self) { try reply(["code": "91"]) }
        #expect(wrong?.kind == .invalidValue(.badShape(expected: "3 digits")) && wrong?.parameter == "code")
        let missing = #expect(throws: WireEncodingError.self) { try reply(["payload": "x"]) }
        #expect(missing?.kind == .missingParameter && missing?.parameter == "code")
    }
}
