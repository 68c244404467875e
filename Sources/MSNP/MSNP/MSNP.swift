/// The typed API of MSNP, the protocol of MSN Messenger.
///
/// Almost everything in this module is generated from the folder `Grammar` at build time: a namespace per command, such as
/// `USR`; a structure per form, such as `USR.Initial`; and the enums `ClientMessage` and `ServerMessage` of everything
/// that arrives.
@_exported import WireProtocol
