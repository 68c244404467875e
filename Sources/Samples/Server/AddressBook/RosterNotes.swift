#if Network
import MSNP

/// What the address book keeps about the user and each contact, by the names of its annotations.
extension Roster {
    /// The settings of the user that are annotations in the address book.
    private static var settings: [(name: String, on: String, off: String, path: WritableKeyPath<Roster, String>)] {
        [
            ("MSN.IM.BLP", PrivacyMode.allow.text, PrivacyMode.block.text, \.mode),
            ("MSN.IM.GTC", ReverseListPrompt.ask.text, ReverseListPrompt.silent.text, \.promptMode),
        ]
    }

    /// The annotations of the user, by name.
    var ownNotes: [(name: String, value: String)] {
        let settings = Self.settings.map { ($0.name, self[keyPath: $0.path] == $0.on ? "1" : "0") }
        let notes = (annotations ?? [:]).merging(["MSN.IM.MPOP": "0"]) { own, _ in own }
        return (settings + notes.map { ($0.key, $0.value) }).sorted { $0.0 < $1.0 }
    }

    /// Changes annotations of the user; some are settings.
    mutating func annotate(with notes: [String: String], limits: Limits) throws(Refusal) {
        var kept = annotations ?? [:]
        for (name, value) in notes {
            if let setting = Self.settings.first(where: { $0.name == name }) {
                self[keyPath: setting.path] = value == "1" ? setting.on : setting.off
            } else {
                kept[name] = value.isEmpty ? nil : value
            }
        }
        guard kept.count <= limits.notes else { throw Refusal(.listFull) }
        annotations = kept.isEmpty ? nil : kept
    }

    /// Changes annotations of a contact.
    mutating func annotate(_ key: UserKey, with notes: [String: String], limits: Limits) throws(Refusal) {
        guard !notes.isEmpty, let entry = self[key] else { return }
        let kept = entry.notes.merging(notes) { $1 }.filter { !$0.value.isEmpty }
        guard kept.count <= limits.notes else { throw Refusal(.listFull) }
        update(key, called: entry.userHandle, name: nil, id: { entry.id }) { $0.notes = kept }
    }

    /// Changes the name of a contact; without one, it is called by its address.
    mutating func rename(_ contact: Contact, to name: String) {
        update(UserKey(contact.userHandle), called: contact.userHandle, name: nil, id: { contact.id }) {
            $0.name = name.isEmpty ? contact.userHandle : name
        }
    }
}
#endif
