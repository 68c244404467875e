import MSNP
import TestSupport
import WireProtocol
import WireXML

@testable import SampleClient

/// What a recorded client asked for, as a user of the chat client types it.
///
/// Left out are requests that the chat client never makes, and those that the recorded server refused.
struct RecordedCommands {
    private(set) var lines: [String] = []
    /// Contacts by identifier, and groups by number or identifier, as the server named them so far.
    private var contacts: [String: String] = [:]
    private var groups: [String: String] = [:]
    private let account: String
    private let hasServerLists: Bool
    /// The addresses that a later request adds to the allow list or the block list.
    private var added: [AccessList: Set<String>] = [:]
    private var hasStatus = false

    init(_ recording: Recording, _ connection: String) {
        account = recording.connections[connection]?.account ?? ""
        hasServerLists = recording.connections[connection]?.version.has(.serverLists) == true
        let all = recording.events.compactMap { event -> Recording.Line? in
            if case .said(let line) = event, line.connection == connection { line } else { nil }
        }
        let refused = Set(all.filter(\.isError).compactMap(\.transaction?.value))
        for line in all {
            guard case .client(let message) = line.message, !refused.contains(line.transaction?.value ?? 0) else {
                continue
            }
            note(message)
        }
        for line in all {
            switch line.message {
            case .server(let message): learn(message)
            case .client(let message) where !refused.contains(line.transaction?.value ?? 0):
                if let command = command(message) { lines.append(command) }
            default: break
            }
        }
    }

    /// Notes who is allowed or blocked at all: the chat client does that along with other changes.
    private mutating func note(_ message: ClientMessage) {
        switch message {
        case .adc(.addToList(let form)): added[form.list, default: []].insert(form.userHandle.string)
        case .add(.add(let form)) where form.list == .allow:
            added[.allow, default: []].insert(form.userHandle.string)
        case .add(.add(let form)) where form.list == .block:
            added[.block, default: []].insert(form.userHandle.string)
        default: break
        }
    }

    private mutating func learn(_ message: ServerMessage) {
        switch message {
        case .lst(.synchronized(let form)):
            if let id = form.contactID { contacts[id.string] = form.userHandle.string }
        case .adc(.contactAdded(let form)): contacts[form.contactID.string] = form.userHandle.string
        case .lsg(.synchronized(let form)):
            if let number = form.group { groups[number.text] = form.groupName.string }
            if let id = form.groupID { groups[id.text] = form.groupName.string }
        case .lsg(.entry(let form)): groups[form.group.text] = form.groupName.string
        case .adg(.createdWithID(let form)): groups[form.groupID.text] = form.groupName.string
        case .adg(.createdWithNumber(let form)): groups[form.groupNumber.text] = form.groupName.string
        default: break
        }
    }

    private mutating func command(_ message: ClientMessage) -> String? {
        switch message {
        case .chg(.change(let form)):
            // The first status is a part of the sign-in.
            defer { hasStatus = true }
            let word = ChatLine.statuses.first { $0.status == form.status }?.word
            return hasStatus ? word.map { "/status \($0)" } : nil
        case .uux(.publish(let form)):
            guard let data = try? Payload.UserData.read(form.payload).content, let text = data.personalMessage else {
                return nil
            }
            return "/message \"\(text)\""
        case .prp(.change(let form)):
            guard form.property == .friendlyName, let name = form.value?.string else { return nil }
            return "/name \"\(name)\""
        case .rea(.rename(let form)):
            let (who, name) = (form.userHandle.string, form.friendlyName.string)
            return who == account ? "/name \"\(name)\"" : "/rename \(who) \(name)"
        case .sbp(.change(let form)):
            guard form.property == .friendlyName, let who = contacts[form.contact.string] else { return nil }
            return "/rename \(who) \(form.value.string)"
        case .add, .adc: return addition(message)
        case .rem: return removal(message)
        // Some servers take these in versions without lists on the server; the chat client does not send them there.
        case .adg where hasServerLists, .reg where hasServerLists, .rmg where hasServerLists: return group(message)
        default: return nil
        }
    }

    private func addition(_ message: ClientMessage) -> String? {
        switch message {
        case .adc(.addContact(let form)): add(form.userHandle.string)
        case .adc(.addToGroupByID(let form)): put(contacts[form.contactID.string], groups[form.groupID.text])
        case .adc(.addToGroupByNumber(let form)): put(contacts[form.contactID.string], groups["\(form.groupNumber)"])
        case .add(.add(let form)) where form.list == .forward:
            if let group = form.groupNumber {
                put(form.userHandle.string, groups["\(group)"])
            } else {
                add(form.userHandle.string)
            }
        default: nil
        }
    }

    /// Adding allows, too.
    private func add(_ who: String) -> String? {
        added[.allow]?.contains(who) == true ? "/add \(who)" : nil
    }

    private func put(_ who: String?, _ group: String?) -> String? {
        if let who, let group { "/group put \(who) \"\(group)\"" } else { nil }
    }

    private func removal(_ message: ClientMessage) -> String? {
        switch message {
        case .rem(.removeContact(let form)): return contacts[form.contactID.string].map { "/remove \($0)" }
        case .rem(.removeFromList(let form)): return move(form.userHandle.string, from: form.list)
        case .rem(.removeFromGroupByID(let form)):
            return take(contacts[form.contactID.string], groups[form.groupID.text])
        case .rem(.removeFromGroupByNumber(let form)):
            return take(contacts[form.contactID.string], groups["\(form.groupNumber)"])
        case .rem(.remove(let form)):
            let who = form.userHandle.string
            switch form.list {
            case .allow: return move(who, from: .allow)
            case .block: return move(who, from: .block)
            case .forward: return form.groupNumber.map { take(who, groups["\($0)"]) } ?? "/remove \(who)"
            }
        default: return nil
        }
    }

    /// Blocking takes somebody from the allow list first, unblocking from the block list.
    private func move(_ who: String, from list: AccessList) -> String? {
        guard added[list == .allow ? .block : .allow]?.contains(who) == true else { return nil }
        return list == .allow ? "/block \(who)" : "/unblock \(who)"
    }

    private func take(_ who: String?, _ group: String?) -> String? {
        if let who, let group { "/group take \(who) \"\(group)\"" } else { nil }
    }

    private mutating func group(_ message: ClientMessage) -> String? {
        switch message {
        case .adg(.create(let form)): return "/group add \"\(form.groupName.string)\""
        case .reg(.renameByNumber(let form)): return rename(form.groupNumber.text, form.groupName.string)
        case .reg(.renameByID(let form)): return rename(form.groupID.text, form.groupName.string)
        case .rmg(.removeByNumber(let form)): return groups[form.groupNumber.text].map { "/group remove \"\($0)\"" }
        case .rmg(.removeByID(let form)): return groups[form.groupID.text].map { "/group remove \"\($0)\"" }
        default: return nil
        }
    }

    private mutating func rename(_ key: String, _ name: String) -> String? {
        defer { groups[key] = name }
        return groups[key].map { "/group rename \"\($0)\" \"\(name)\"" }
    }
}
