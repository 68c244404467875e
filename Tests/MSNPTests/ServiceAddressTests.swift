import MSNP
import ProtocolGrammar
import TestSupport
import Testing

/// Where clients reach HTTP services.
struct ServiceAddressTests {
    private typealias Service = MSNP.HTTPService

    @Test func addressesAreThoseOfTheGrammar() throws {
        for service in Repository.grammar.httpServices {
            let made = try #require(Service(rawValue: service.name))
            #expect(made.address() == service.address)
            #expect(made.address(at: "proxy.example") == "\(service.scheme)://proxy.example\(service.path)")
        }
        #expect(Service.allCases.count == Repository.grammar.httpServices.count)
    }

    @Test func theGatewayAloneHasNoTLS() {
        #expect(Service.allCases.filter { $0.scheme != "https" } == [.gateway])
        #expect(Service.gateway.address() == "http://gateway.messenger.hotmail.com/gateway/gateway.dll")
    }
}
