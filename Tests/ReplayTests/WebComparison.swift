import WireProtocol

/// Compares the answers of two services, and learns what each made up in the place of the other.
struct WebComparison {
    /// What services make up: identifiers, tickets, secrets and times.
    private static let made: Set<String> = [
        "contactId", "groupId", "guid", "MembershipId", "CacheKey", "CID", "ResourceID", "BinarySecurityToken",
        "BinarySecret", "lastChange", "LastChange", "DynamicItemLastChanged", "DateModified", "Created", "Expires",
        "Authentication-Info",
    ]

    private let differences: Differences
    /// What the services under test made up in the place of what was recorded.
    private var made: [String: String] = [:]
    /// What is different and must not be.
    private(set) var problems: [String] = []

    init(_ differences: Differences) {
        self.differences = differences
    }

    /// A document of a request, with what this session's services made up.
    func renewed(_ document: String) -> String {
        made.sorted { ($0.key.utf8.count, $0.key) > ($1.key.utf8.count, $1.key) }
            .reduce(document) { $0.replacing(Self.escaped($1.key), with: Self.escaped($1.value)) }
    }

    /// A ticket has `&` in it.
    private static func escaped(_ text: String) -> String { text.replacing("&", with: "&amp;") }

    /// Compares two texts at a place, which is a file with a row and the names down to the text.
    mutating func compare(_ recorded: String, _ here: String, _ place: String) {
        guard recorded != here else { return }
        let name = String(place.split { $0 == "/" || $0 == " " }.last ?? "")
        if name == "Authentication-Info" {
            // Only the ticket, which stands in quotes, is made up.
            let (old, new) = (recorded.split(separator: "'"), here.split(separator: "'"))
            if old.count == 3, new.count == 3, old[0] == new[0], old[2] == new[2] {
                made[String(old[1])] = String(new[1])
                return
            }
        } else if Self.made.contains(name), !recorded.isEmpty, !here.isEmpty {
            made[recorded] = here
            return
        }
        note(recorded, here, place)
    }

    /// Notes a difference, unless there is a reason for it.
    private mutating func note(_ recorded: String, _ here: String, _ place: String) {
        let names = place.split(separator: " ").dropFirst().joined(separator: " ")
        if !differences.excuses(names, recorded, here) {
            problems.append("\(place): \(here) instead of \(recorded)")
        }
    }

    /// Compares two elements; the order of children counts only where nothing names them, prefixes nowhere.
    mutating func compare(_ recorded: XMLElement, _ here: XMLElement, _ place: String) {
        for name in Self.names(recorded.attributes.map(\.name), here.attributes.map(\.name)) {
            let old = recorded.attributes.first { Self.local($0.name) == name }?.value
            let new = here.attributes.first { Self.local($0.name) == name }?.value
            compare(old ?? "-", new ?? "-", "\(place)/@\(name)")
        }
        compare(recorded.text, here.text, place)
        for name in Self.names(recorded.elements.map(\.name), here.elements.map(\.name)) {
            var others = here.elements.filter { Self.local($0.name) == name }
            for element in recorded.elements where Self.local(element.name) == name {
                if let index = others.firstIndex(where: { Self.key(of: $0) == Self.key(of: element) }) {
                    compare(element, others.remove(at: index), "\(place)/\(name)")
                } else {
                    note(Self.text(element), "-", "\(place)/\(name)")
                }
            }
            for element in others { note("-", Self.text(element), "\(place)/\(name)") }
        }
    }

    /// What names an element among its like.
    private static func key(of element: XMLElement) -> String? {
        ["Name", "MemberRole", "PassportName", "contactInfo/passportName", "groupInfo/name"].lazy
            .compactMap { element[text: $0] }.first
    }

    /// The names of both, without prefixes and declarations, in order.
    private static func names(_ recorded: [String], _ here: [String]) -> [String] {
        let all = (recorded + here).filter { $0 != "xmlns" && !$0.hasPrefix("xmlns:") }.map(local)
        return Set(all).sorted()
    }

    private static func local(_ name: String) -> String { String(name.split(separator: ":").last ?? "") }

    /// What is in an element, for a row of the differences.
    private static func text(_ element: XMLElement) -> String {
        if made.contains(local(element.name)) { return "made up" }
        let inner = element.elements.map { "\(local($0.name))=\(text($0))" }
        return inner.isEmpty ? "'\(element.text)'" : "(\(inner.joined(separator: " ")))"
    }
}
