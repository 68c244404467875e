import ProtocolDescription

/// A small protocol of two versions.
func smallDescription() -> ProtocolDescription {
    var result = ProtocolDescription(name: "TOY", about: "A toy.\tWith a tab, a \\ and\na line end.")
    result.services = [.init(name: "main", about: "The only one."), .init(name: "side", about: "")]
    result.versions = [
        .init(number: 1, name: "TOY1", status: "complete", about: ""),
        .init(number: 2, name: "TOY2", status: "partial", about: "More."),
    ]
    result.types = [
        .init(
            name: "Mood", kind: .choice,
            values: [
                .init(name: "happy", wire: "H", versions: [1], about: "Smiles."),
                .init(name: "sad", wire: "S", versions: [2], about: ""),
            ]),
        .init(name: "Bits", kind: .bits, values: [.init(name: "one", wire: "1", versions: [1, 2], about: "")]),
        .init(name: "Place", kind: .parts("host:port")),
    ]
    result.errors = [
        .init(
            number: 201, name: "bad", about: "Bad.", versions: [1, 2], closes: nil, hasPayload: false,
            sources: ["a", "b"]),
        .init(number: 911, name: "gone", about: "", versions: [2], closes: true, hasPayload: true, sources: []),
    ]
    result.payloads = [.init(name: "note", about: "A note.", versions: [2], forms: ["ASK.told"])]
    var ask = ProtocolDescription.Form(
        command: "ASK", name: "mood", sender: .client, services: ["main"], versions: [1, 2], about: "Asks.",
        notes: "Doubtful.", sources: ["a"], confidence: "observed")
    ask.lines = [.init(versions: [1], text: "ASK TrID name"), .init(versions: [2], text: "ASK TrID name NOW mood")]
    ask.parameters = [
        .init(name: "name", type: "Text", versions: [1, 2], isSensitive: true, about: "Who."),
        .init(name: "NOW", type: nil, versions: [2], about: "At once."),
        .init(name: "mood", type: "Mood", versions: [2]),
    ]
    ask.answers = [.init(form: "ASK.told", count: "0+")]
    ask.errors = ["bad", "gone"]
    let told = ProtocolDescription.Form(
        command: "ASK", name: "told", sender: .server, services: ["main"], versions: [2], about: "Tells.",
        payload: "any bytes", sources: [], confidence: "inferred")
    result.commands = [
        .init(
            name: "ASK", about: "Asks.", services: ["main"], versions: [1, 2],
            changes: [.init(version: 2, text: "A mood follows.")], forms: [ask, told]),
        .init(name: "NMD", about: "Known by name.", services: [], versions: [1], isNamedOnly: true),
        .init(name: "EMP", about: "", services: ["side"], versions: []),
    ]
    return result
}
