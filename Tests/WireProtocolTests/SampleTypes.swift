@testable import WireProtocol

/// The types of the made-up protocol.
extension Samples {
    static let mood = ValueTable(
        "Mood",
        .enumeration(
            [
                NamedWord("up", "UP"), NamedWord("down", "DN", in: 1...4), NamedWord("new", "NEW", in: 5...9),
            ], isOpen: false))
    static let longMood = ValueTable(
        "LongMood",
        .enumeration(
            [
                NamedWord("up", "UP"), NamedWord("eight", "EIGHTCHR"), NamedWord("long", "EXTRAORDINARY"),
                NamedWord("old", "ANTEDILUVIAN", in: 1...4),
            ], isOpen: false))
    static let openMood = ValueTable("OpenMood", .enumeration([NamedWord("up", "UP")], isOpen: true))
    static let bits = ValueTable("Bits", .flags([NamedBit("one", 1), NamedBit("four", 4)]))
    static let flag = ValueTable("Flag", .boolean(falseWord: "N", trueWord: "Y"))
    static let longFlag = ValueTable("LongFlag", .boolean(falseWord: "off", trueWord: "switched-on"))
    static let guid = ValueTable("Guid", .guid(braces: false))
    static let braced = ValueTable("Braced", .guid(braces: true))
    static let small = ValueTable("Small", .integer(0...99))
    static let signed = ValueTable("Signed", .integer(-5...5))
    static let short = ValueTable("Short", .token([]), limit: 12)
    static let name = ValueTable("Name", .text, limit: 60)
    static let shaped = ValueTable(
        "Shaped", .token([WireShape(prefix: "V", characters: .digits), WireShape(literal: "CVR0")]))
    static let place = ValueTable(
        "Place",
        .composite(
            [
                CompositePart("host", short), CompositePart("port", .anyNumber, after: ":"),
                CompositePart("path", .anyWord, after: ";", isOptional: true),
            ], partsMayBeEmpty: false))
    static let strictPlace = ValueTable(
        "StrictPlace",
        .composite(
            [
                CompositePart("scheme", .anyWord), CompositePart("port", small, after: "://", isOptional: true),
                CompositePart("mood", mood, after: "#", isOptional: true),
            ], partsMayBeEmpty: false))
    static let loosePlace = ValueTable(
        "LoosePlace",
        .composite(
            [
                CompositePart("first", .anyWord), CompositePart("second", .anyText, after: "=", isOptional: true),
                CompositePart("third", .anyWord, after: "-a-long-mark-", isOptional: true),
            ], partsMayBeEmpty: true))

    static let seat = ValueTable(
        "Seat",
        .composite(
            [
                CompositePart("user", .anyWord),
                CompositePart("place", .anyWord, after: ";", in: 5...9, isOptional: true, isIgnorable: true),
                CompositePart("mood", .anyNumber, after: "#", in: 1...6, isOptional: true, isIgnorable: true),
            ], partsMayBeEmpty: false))

    static let home = ValueTable(
        "Home",
        .composite(
            [
                CompositePart("network", .anyNumber, before: ":", in: 4...9, isIgnorable: true),
                CompositePart("user", .anyWord),
                CompositePart("way", .anyWord, after: ";way=", in: 5...9, isOptional: true, isIgnorable: true),
            ], partsMayBeEmpty: false))
    static let versionedShape = ValueTable(
        "VersionedShape",
        .token([WireShape(characters: .digits, in: 1...5), WireShape(characters: .any, containing: "@", in: 4...9)]))
}
