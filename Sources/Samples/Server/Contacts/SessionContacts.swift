#if Network
// Shows: MSNP13 and later send lists as documents; the server keeps the same lists for every version.
import MSNP
import MSNPSession
import WireProtocol

extension ServerSession {
    /// Answers ADL, RML and FQY.
    func contacts(
        _ message: ClientMessage, _ transaction: TransactionID?, _ handle: Exchange.SignInHandle
    ) async throws {
        switch message {
        case .adl(.add(let request)):
            let sights = try await context.exchange.add(
                try ContactDocument.request(request.payload), by: handle)
            try say(ADL.Accepted(), transaction)
            try await show(sights, transaction)
        case .rml(.remove(let request)):
            try await context.exchange.remove(try ContactDocument.request(request.payload), by: handle)
            try say(RML.Accepted(), transaction)
        case .fqy(.query(let request)):
            for userHandle in try ContactDocument.query(request.payload) {
                let isKnown = await context.exchange.exists(UserKey(userHandle))
                guard let payload = ContactDocument.found(userHandle, isKnown: isKnown) else { continue }
                try say(FQY.Found(payload: payload), transaction)
                try await flushIfLong()
            }
        default: try fail(.commandDisabled, transaction)
        }
    }
}

extension Exchange {
    /// Adds entries to lists, all or none; returns the contacts that have become visible.
    ///
    /// The first document describes the client's state: unknown accounts and existing entries are skipped. Later
    /// documents are changes and are refused like ADD.
    func add(_ request: ContactDocument.Request, by handle: SignInHandle) async throws(Refusal) -> [Sight] {
        var entries: [ContactDocument.Entry] = []
        for entry in request.entries {
            guard !entry.lists.isSuperset(of: [.allow, .block]) else { throw Refusal(.invalidXMLData) }
            if entry.network == .windowsLive, exists(UserKey(entry.userHandle)) {
                entries.append(entry)
            } else if !request.isFirst {
                throw Refusal(.invalidUserHandle)
            }
        }
        let editor = editor(of: handle.key)
        return try await commit(by: handle.key) { draft throws(Refusal) in
            var added: [UserKey] = []
            for entry in entries where try editor.put(entry, in: &draft) { added.append(UserKey(entry.userHandle)) }
            return added
        } then: { added in
            for other in added { self.tellReverse(other, of: editor, isAdded: true) }
            guard self.members[handle.key]?.status != nil else { return [] }
            // The address book has added them before the client says so here.
            let named =
                request.isFirst ? added : entries.filter { $0.lists.contains(.forward) }.map { UserKey($0.userHandle) }
            return named.compactMap { self.sight(of: $0, by: handle.key) }
        }
    }

    /// Removes entries from lists, all or none.
    func remove(_ request: ContactDocument.Request, by handle: SignInHandle) async throws(Refusal) {
        let editor = editor(of: handle.key)
        try await commit(by: handle.key) { draft throws(Refusal) in
            var removed: [UserKey] = []
            for entry in request.entries {
                // The address book has removed them before the client says so here.
                if entry.lists.contains(.forward),
                    draft[editor.key]?.has(UserKey(entry.userHandle), on: .forward) == true,
                    try editor.remove(entry.userHandle, from: .forward, in: &draft)
                {
                    removed.append(UserKey(entry.userHandle))
                }
                for list in [ListMembership.allow, .block] where entry.lists.contains(list) {
                    try editor.clear(entry.userHandle, from: list, in: &draft)
                }
            }
            return removed
        } then: { removed in
            for other in removed { self.tellReverse(other, of: editor, isAdded: false) }
        }
    }

    /// Removes somebody from a list, unless they are not on it.
    func clear(_ userHandle: String, from list: ListMembership, by handle: SignInHandle) async throws(Refusal) {
        guard rosters[handle.key]?.has(UserKey(userHandle), on: list) == true else { return }
        _ = try await remove(userHandle, from: list, by: handle)
    }
}

extension RosterEditor {
    /// Adds one entry to its lists; true if it is a new contact.
    fileprivate func put(_ entry: ContactDocument.Entry, in draft: inout RosterDraft) throws(Refusal) -> Bool {
        var isNew = false
        for list in [ListMembership.allow, .block, .forward] where entry.lists.contains(list) {
            if try put(entry.userHandle, on: list, in: &draft) { isNew = true }
        }
        return isNew
    }

    /// Puts somebody on a list, unless they are there, and takes them from the opposite one; true if they are a new
    /// contact.
    @discardableResult
    func put(_ userHandle: String, on list: ListMembership, in draft: inout RosterDraft) throws(Refusal) -> Bool {
        guard draft[key]?.has(UserKey(userHandle), on: list) == false else { return false }
        if list != .forward { try clear(userHandle, from: list == .allow ? .block : .allow, in: &draft) }
        return try add(userHandle, name: nil, to: list, in: &draft)
    }

    /// Removes somebody from a list, unless they are not on it.
    func clear(
        _ userHandle: String, from list: ListMembership, in draft: inout RosterDraft
    ) throws(Refusal) {
        guard draft[key]?.has(UserKey(userHandle), on: list) == true else { return }
        _ = try remove(userHandle, from: list, in: &draft)
    }
}
#endif
