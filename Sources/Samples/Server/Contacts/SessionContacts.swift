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
            for sight in sights { show(sight, transaction) }
        case .rml(.remove(let request)):
            try await context.exchange.remove(try ContactDocument.request(request.payload), by: handle)
            try say(RML.Accepted(), transaction)
        case .fqy(.query(let request)):
            for userHandle in try ContactDocument.query(request.payload) {
                let isKnown = await context.exchange.exists(UserKey(userHandle))
                guard let payload = ContactDocument.found(userHandle, isKnown: isKnown) else { continue }
                try say(FQY.Found(payload: payload), transaction)
            }
        default: try fail(.commandDisabled, transaction)
        }
    }
}

extension Exchange {
    /// Adds entries to lists; returns the contacts that have become visible.
    ///
    /// The first document describes the client's state: unknown accounts and existing entries are skipped. Later
    /// documents are changes and are refused like ADD.
    func add(_ request: ContactDocument.Request, by handle: SignInHandle) async throws -> [Sight] {
        var sights: [Sight] = []
        for entry in request.entries {
            guard !entry.lists.isSuperset(of: [.allow, .block]) else { throw Refusal(.invalidXMLData) }
            guard entry.network == .windowsLive, exists(UserKey(entry.userHandle)) else {
                guard request.isFirst else { throw Refusal(.invalidUserHandle) }
                continue
            }
            if let sight = try await put(entry, by: handle) { sights.append(sight) }
        }
        return sights
    }

    /// Adds one entry to lists.
    private func put(_ entry: ContactDocument.Entry, by handle: SignInHandle) async throws -> Sight? {
        let key = UserKey(entry.userHandle)
        var sight: Sight?
        for list in [ListMembership.allow, .block, .forward] where entry.lists.contains(list) {
            let there = rosters[handle.key]?[key]?.lists ?? []
            guard !there.contains(list) else { continue }
            let opposite: ListMembership = list == .allow ? .block : list == .block ? .allow : []
            if !opposite.isEmpty, there.contains(opposite) {
                _ = try await remove(entry.userHandle, from: opposite, by: handle)
            }
            let change = try await add(
                entry.userHandle, name: nil, to: list, unknown: .invalidUserHandle, by: handle)
            sight = change.sight ?? sight
        }
        return sight
    }

    /// Removes entries from lists.
    func remove(_ request: ContactDocument.Request, by handle: SignInHandle) async throws {
        for entry in request.entries {
            if entry.lists.contains(.forward) {
                _ = try await remove(entry.userHandle, from: .forward, by: handle)
            }
            for list in [ListMembership.allow, .block] where entry.lists.contains(list) {
                try await clear(entry.userHandle, from: list, by: handle)
            }
        }
    }

    /// Removes somebody from a list, unless they are not on it.
    func clear(_ userHandle: String, from list: ListMembership, by handle: SignInHandle) async throws {
        guard rosters[handle.key]?.has(UserKey(userHandle), on: list) == true else { return }
        _ = try await remove(userHandle, from: list, by: handle)
    }
}
