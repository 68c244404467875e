import ProtocolGrammar

/// How header fields, attributes and elements hold values of a type.
struct FieldCode {
    let type: ValueType?

    /// The type in Swift of the property.
    var swiftType: String {
        switch type?.kind {
        case .boolean: "Bool"
        default: wireType ?? "String"
        }
    }

    /// The type that reads and writes it; nil for plain text.
    private var wireType: String? {
        switch type?.kind {
        case nil: nil
        case .token where type?.isOwnType == false: nil
        case .boolean: type?.booleanWord
        default: type?.swiftType
        }
    }

    /// The subscript of an element that holds the value of an attribute or a text.
    func place(_ kind: String, _ name: String) -> String {
        guard let wireType else { return "\(kind): \(name)" }
        if case .boolean = type?.kind { return "\(kind)Flag: \(name), \(wireType).self" }
        return "\(kind)Value: \(name)"
    }

    /// Prints the accessors of a property that is stored in a header block.
    ///
    /// `label` names the place, such as `attribute: "n"`, `text` reads it as plain text, and `table` knows its order.
    func emitAccessors(
        holder: String, label: String, text: String, table: String, into printer: inout SwiftPrinter
    ) {
        guard let wireType else {
            printer.line("get { \(text) }")
            printer.line("set { \(holder).set(\(label), to: newValue, in: \(table)) }")
            return
        }
        if case .boolean = type?.kind {
            printer.line("get { \(holder).flag(\(label), as: \(wireType).self) }")
            printer.line("set { \(holder).set(\(label), to: newValue, as: \(wireType).self, in: \(table)) }")
        } else {
            printer.line("get { \(holder).value(\(label), as: \(wireType).self) }")
            printer.line("set { \(holder).set(\(label), to: newValue, in: \(table)) }")
        }
    }
}
