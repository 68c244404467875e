import MSNP
import WireProtocol

/// How a client describes itself in `CVR`.
public struct ClientProgram: Sendable, Equatable {
    /// The user's locale, such as 0x0409.
    public var locale: String
    /// The operating system, its version and the processor architecture.
    public var system: (type: WireToken, version: WireToken, processor: WireToken)
    /// The program: library, version and name.
    public var library: WireToken
    public var version: WireToken
    public var name: WireToken

    /// The description that the samples send; servers expect a program they know.
    public static var sample: ClientProgram {
        ClientProgram(
            locale: "0x0409", system: ("winnt", "5.1", "i386"), library: "MSNMSGR",
            version: "8.5.1302", name: "MSMSGS")
    }

    func description(of userHandle: String, hop: WireToken?) throws(ValueError) -> CVR.Describe {
        try CVR.Describe(
            localeID: LocaleID(locale), systemType: system.type, systemVersion: system.version,
            architecture: system.processor, libraryName: library, clientVersion: version, clientName: name,
            userHandle: Account(userHandle), hop: hop)
    }

    public static func == (left: ClientProgram, right: ClientProgram) -> Bool {
        left.locale == right.locale && left.system == right.system && left.library == right.library
            && left.version == right.version && left.name == right.name
    }
}
