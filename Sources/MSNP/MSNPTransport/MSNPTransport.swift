/// Sessions over TCP, which `WireTransport` has, and the HTTP of login services.
@_exported import WireTransport
