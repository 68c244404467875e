/// The typed API of MSNP, the protocol of MSN Messenger.
///
/// Everything in this module is generated from the folder `Grammar` at each build: a namespace a command such as
/// `USR`, a structure a form such as `USR.Initial`, and `ClientMessage` and `ServerMessage` for all that arrives.
@_exported import WireProtocol
