import MSNP

/// One kind of command in a mix: how often it comes and how it is made. An entry whose command the grammar does not
/// have in a version is left out there, so an entry may be written before its command.
struct MixEntry {
    var weight: Int
    var versions: ClosedRange<Int> = 2...21
    /// The line without its payload's length.
    var line: (inout Samples) -> String
    var payload: ((inout Samples) -> String)?
}

/// What servers send, by service. New commands are added here, and to `MessageTexts` for the row with texts.
enum CorpusMix {
    static func entries(_ service: Service, largePayloads: Bool) -> [MixEntry] {
        switch service {
        case .switchboard: switchboard(largePayloads)
        default: notification
        }
    }

    private static var notification: [MixEntry] {
        [
            MixEntry(weight: 30) {
                "NLN \($0.status()) \($0.user())\($0.network(from: 14, through: 17)) \($0.name())"
                    + $0.capabilities() + $0.object()
            },
            MixEntry(weight: 15, versions: 2...17) {
                "ILN \($0.random.number(1...999)) \($0.status()) \($0.account())\($0.network(from: 14, through: 17))"
                    + " \($0.name())" + $0.capabilities() + $0.object()
            },
            MixEntry(weight: 8) { samples in
                let tail = samples.version >= 14 && samples.version < 18 ? " 1" : samples.version >= 18 ? " 0:0" : ""
                return "FLN \(samples.user())\(tail)"
            },
            MixEntry(
                weight: 20, versions: 11...20,
                line: { "UBX \($0.user())\($0.network(from: 14, through: 17))" }, payload: { $0.personalMessage() }),
            MixEntry(weight: 4, line: { _ in "MSG Hotmail Hotmail" }, payload: { $0.mail() }),
            MixEntry(weight: 2, versions: 5...21, line: { _ in "NOT" }, payload: { $0.alert() }),
            MixEntry(weight: 2, versions: 2...8) { _ in "QNG" },
            MixEntry(weight: 2, versions: 9...21) { "QNG \($0.random.number(30...60))" },
            MixEntry(weight: 1, versions: 6...21) { "CHL 0 \($0.random.number(1_000_000_000...9_999_999_999))" },
            MixEntry(weight: 2) { samples in
                let tail = samples.version >= 14 ? " U messenger.msn.com 1" : ""
                return "RNG \(samples.random.number(10_000_000...99_999_999)) 10.0.1.200:1863 CKI 17021696.318151"
                    + " \(samples.account()) \(samples.name())\(tail)"
            },
            MixEntry(weight: 2, versions: 2...20) {
                "CHG \($0.random.number(1...999)) \($0.status())" + $0.capabilities() + $0.object()
            },
            MixEntry(weight: 2, versions: 11...20) { "UUX \($0.random.number(1...999)) 0" },
            MixEntry(weight: 1) { "911 \($0.random.number(1...999))" },
            MixEntry(weight: 12, versions: 8...10) { samples in
                "LST \(samples.account()) \(samples.name()) \(samples.random.number(0...7) * 2 + 1) 0"
            },
            MixEntry(weight: 12, versions: 12...12) { samples in
                "LST N=\(samples.account()) F=\(samples.name()) C=011ef07d-860a-4db4-9c0a-7c53ea4b6fd4"
                    + " 11 1 569c9a8a-0cd9-4275-8071-057dd016bb9d"
            },
        ]
    }

    private static func switchboard(_ largePayloads: Bool) -> [MixEntry] {
        [
            MixEntry(
                weight: largePayloads ? 10 : 40, line: { "MSG \($0.account()) \($0.name())" }, payload: { $0.text() }),
            MixEntry(
                weight: largePayloads ? 10 : 30, line: { "MSG \($0.account()) \($0.name())" },
                payload: { $0.typing() }),
            MixEntry(
                weight: largePayloads ? 60 : 2, line: { "MSG \($0.account()) \($0.name())" },
                payload: { $0.piece($0.random.number(200...1250)) }),
            MixEntry(weight: 10, versions: 2...18) { "ACK \($0.random.number(1...9999))" },
            MixEntry(weight: 3, versions: 2...15) { samples in
                let tail = samples.version >= 12 ? " 1342472230" : ""
                return "JOI \(samples.account()) \(samples.name())\(tail)"
            },
            MixEntry(weight: 3, versions: 2...15) { samples in
                let tail = samples.version >= 12 ? " 1342472230" : ""
                return "IRO \(samples.random.number(1...9)) 1 2 \(samples.account()) \(samples.name())\(tail)"
            },
            MixEntry(weight: 3, versions: 2...18) { "BYE \($0.account())" },
            MixEntry(weight: 1) {
                "CAL \($0.random.number(1...99)) RINGING \($0.random.number(1_000_000...9_999_999))"
            },
            MixEntry(weight: 1) { "USR \($0.random.number(1...99)) OK \($0.account()) \($0.name())" },
        ]
    }
}
