import Foundation
import SampleServer
import Testing

/// A raw client of the address book: it sends text as Pidgin does, and reads the text of the answers.
struct SOAPPeer {
    let scripts: RawScripts
    /// The tickets for contacts.msn.com and storage.msn.com, as they stand in documents.
    let contacts, storage: String

    private static let bookNamespace = "http://www.msn.com/webservices/AddressBook"
    private static let storageNamespace = "http://www.msn.com/webservices/storage/w10"

    /// Gets tickets from the login service.
    init(_ scripts: RawScripts, _ account: SampleAccount) async throws {
        let addresses = ["http://Passport.NET/tb", "messengerclear.live.com", "contacts.msn.com", "storage.msn.com"]
        let answer = await Self.tokens(scripts, account, addresses)
        self.init(
            scripts, contacts: try Self.ticket(3, in: answer, of: "contacts.msn.com"),
            storage: try Self.ticket(4, in: answer, of: "storage.msn.com"))
    }

    /// Takes the ticket for contacts.msn.com, the only one in an answer of the login service.
    init(_ scripts: RawScripts, tokens answer: String) throws {
        self.init(scripts, contacts: try Self.ticket(2, in: answer, of: "contacts.msn.com"), storage: "")
    }

    init(_ scripts: RawScripts, contacts: String, storage: String) {
        (self.scripts, self.contacts, self.storage) = (scripts, contacts, storage)
    }

    /// Asks the login service for tokens.
    static func tokens(_ scripts: RawScripts, _ account: SampleAccount, _ addresses: [String]) async -> String {
        await LoginTests.ask(scripts, ["POST //RST.srf HTTP/1.1"], body: request(account, addresses)).last ?? ""
    }

    /// A request for tokens.
    static func request(_ account: SampleAccount, _ addresses: [String]) -> String {
        let user =
            "<wsse:Username>\(account.userHandle)</wsse:Username><wsse:Password>\(account.password)</wsse:Password>"
        return
            "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/' xmlns:wst='t' xmlns:wsp='p' xmlns:wsa='a' "
            + "xmlns:wsse='s'><Header><wsse:Security><wsse:UsernameToken>\(user)</wsse:UsernameToken></wsse:Security>"
            + "</Header><Body>\(addresses.map(wanted).joined())</Body></Envelope>"
    }

    /// The part of a request about one token.
    static func wanted(_ address: String) -> String {
        "<wst:RequestSecurityToken><wsp:AppliesTo><wsa:EndpointReference><wsa:Address>\(address)</wsa:Address>"
            + "</wsa:EndpointReference></wsp:AppliesTo></wst:RequestSecurityToken>"
    }

    /// The part of an answer about one token.
    static func token(_ address: String, in answer: String) throws -> String {
        let parts = answer.components(separatedBy: "<wst:RequestSecurityTokenResponse>")
        return try #require(parts.first { $0.contains("<wsa:Address>\(address)</wsa:Address>") })
    }

    private static func ticket(_ number: Int, in answer: String, of address: String) throws -> String {
        let part = try token(address, in: answer)
        let name = "<wsse:BinarySecurityToken Id=\"Compact\(number - 1)\">"
        return try #require(part.components(separatedBy: name).last?.components(separatedBy: "<").first)
    }

    /// Sends a message to the address book or sharing service; gives the status and the document.
    func ask(_ name: String, _ content: String = "", action: String? = nil) async -> (status: String, text: String) {
        let isSharing = ["FindMembership", "AddMember", "DeleteMember"].contains(name)
        let path = isSharing ? "SharingService" : "abservice"
        return await send("//abservice/\(path).asmx", action ?? "\(Self.bookNamespace)/\(name)", request(name, content))
    }

    /// A message to the address book or sharing service.
    func request(_ name: String, _ content: String = "") -> String {
        let space = Self.bookNamespace
        return
            "<soap:Envelope xmlns:soap='http://schemas.xmlsoap.org/soap/envelope/'><soap:Header><ABApplicationHeader "
            + "xmlns='\(space)'><ApplicationId>CFE80F9D-180F-4399-82AB-413F33A1FA11</ApplicationId></ABApplicationHeader>"
            + "<ABAuthHeader xmlns='\(space)'><ManagedGroupRequest>false</ManagedGroupRequest>"
            + "<TicketToken>\(contacts)</TicketToken></ABAuthHeader></soap:Header><soap:Body>"
            + "<\(name) xmlns='\(space)'>\(content)</\(name)></soap:Body></soap:Envelope>"
    }

    /// Sends a message to the storage service, with another prefix than Pidgin's.
    func store(_ name: String, _ content: String) async -> (status: String, text: String) {
        let space = Self.storageNamespace
        let body =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\">"
            + "<S:Header><StorageUserHeader xmlns=\"\(space)\"><Puid>0</Puid><TicketToken>\(storage)</TicketToken>"
            + "</StorageUserHeader></S:Header><S:Body><\(name) xmlns=\"\(space)\">\(content)</\(name)></S:Body></S:Envelope>"
        return await send("/storageservice/SchematizedStore.asmx", "\(space)/\(name)", body)
    }

    /// Sends a body.
    func send(_ path: String, _ action: String, _ body: String) async -> (status: String, text: String) {
        let head = ["POST \(path) HTTP/1.1", "SOAPAction: \(action)", "Content-Type: text/xml; charset=utf-8"]
        let lines = await LoginTests.ask(scripts, head, body: body)
        return (lines.first.map { String($0.dropFirst("HTTP/1.1 ".count)) } ?? "", lines.last ?? "")
    }

    /// The name of the error of a message that has a fault.
    func fault(_ name: String, _ content: String = "", action: String? = nil) async -> String {
        let answer = await ask(name, content, action: action)
        return answer.status.hasPrefix("500") ? Self.texts("errorcode", in: answer.text).first ?? "" : answer.status
    }

    /// The texts of all elements with a name.
    static func texts(_ name: String, in text: String) -> [String] {
        text.components(separatedBy: "</\(name)>").dropLast().map { part in
            let start = part.components(separatedBy: "<\(name)").last ?? ""
            return String(start.drop { $0 != ">" }.dropFirst())
        }
    }

    /// The identifier of a contact or group in an answer, by the address or name beside it.
    static func identifier(of word: String, _ name: String, in text: String) throws -> String {
        let before = try #require(text.components(separatedBy: ">\(word)<").first, "\(word)")
        return try #require(texts(name, in: before).last)
    }

    /// A member in a message to the sharing service.
    static func member(_ userHandle: String, _ role: String) -> String {
        "<serviceHandle><Id>0</Id><Type>Messenger</Type><ForeignId/></serviceHandle><memberships><Membership><MemberRole>"
            + "\(role)</MemberRole><Members><Member xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
            + "xsi:type='PassportMember'><Type>Passport</Type><State>Accepted</State><PassportName>\(userHandle)"
            + "</PassportName></Member></Members></Membership></memberships>"
    }

    /// A new contact in a message to the address book.
    static func contact(_ userHandle: String) -> String {
        "<contacts><Contact><contactInfo><passportName>\(userHandle)</passportName><isSmtp>false</isSmtp>"
            + "<isMessengerUser>true</isMessengerUser></contactInfo></Contact></contacts>"
    }

    /// A contact or group that is there.
    static func contact(id: String) -> String { "<contacts><Contact><contactId>\(id)</contactId></Contact></contacts>" }
    static func groups(_ id: String) -> String {
        "<groupFilter><groupIds><guid>\(id)</guid></groupIds></groupFilter>"
    }
    static let book = "<abId>00000000-0000-0000-0000-000000000000</abId>"
}
