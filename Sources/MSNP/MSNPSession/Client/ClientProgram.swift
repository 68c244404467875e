import MSNP
import WireProtocol

/// How a client describes itself in `CVR`.
public struct ClientProgram: Sendable, Equatable {
    /// The user's locale, such as 0x0409.
    public var locale: String
    /// The family of the operating system.
    public var systemType: SystemType
    /// The version of the operating system, such as 5.1.
    public var systemVersion: String
    /// The processor of the machine.
    public var architecture: ProcessorArchitecture
    /// The part of the program that speaks the protocol.
    public var library: ClientLibrary
    /// The version of the program, such as 8.5.1302.
    public var version: String
    /// The name of the program, such as MSMSGS.
    public var name: String

    /// The description that the samples send; servers expect a program they know.
    public static var sample: ClientProgram {
        ClientProgram(
            locale: "0x0409", systemType: .windowsNT, systemVersion: "5.1", architecture: .intel, library: .messenger,
            version: "8.5.1302", name: "MSMSGS")
    }

    func description(of userHandle: String, hop: WireToken?) throws(ValueError) -> CVR.Describe {
        try CVR.Describe(
            localeID: LocaleID(locale), systemType: systemType, systemVersion: SystemVersion(systemVersion),
            architecture: architecture, libraryName: library, clientVersion: ClientVersion(version),
            clientName: ClientName(name), userHandle: Account(userHandle), hop: hop)
    }
}
