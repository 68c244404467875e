import ProtocolGrammar

/// How a value of a type stands in a header field, an attribute or the text of an element.
struct FieldCode {
    let type: ValueType?

    /// The type in Swift of the property.
    var swiftType: String {
        switch type?.kind {
        case .boolean: "Bool"
        default: wireType ?? "String"
        }
    }

    /// The type that reads and writes it; nil for text as it stands.
    var wireType: String? {
        switch type?.kind {
        case nil: nil
        case .token(_, let shapes) where shapes.isEmpty: nil
        default: type?.swiftType
        }
    }

    private var isBoolean: Bool { if case .boolean = type?.kind { true } else { false } }

    /// The bounds of a number where they are narrower than its type.
    func range(minimum: Int? = nil, maximum: Int? = nil) -> ClosedRange<Int>? {
        var lower = minimum ?? 0
        var upper = maximum ?? Int(UInt32.max)
        if case .integer(let least, let most) = type?.kind {
            lower = minimum ?? least
            upper = maximum ?? most
        } else if minimum == nil, maximum == nil {
            return nil
        }
        let isWhole = lower == 0 && upper == Int(UInt32.max)
        return isWhole || lower > upper ? nil : lower...upper
    }

    /// Prints the accessors of a property that a block of header fields or an element holds.
    ///
    /// `label` names the kind of place, such as `attribute: "n"`, and `text` reads it as it stands.
    func emitAccessors(
        holder: String, label: String, text: String, order: String, into printer: inout SwiftPrinter
    ) {
        let end = order.isEmpty ? "" : ", order: \(order)"
        guard let wireType else {
            printer.line("get { \(text) }")
            printer.line("set { \(holder).set(\(label), to: newValue\(end)) }")
            return
        }
        let value = "\(holder).value(\(label), as: \(wireType).self)"
        printer.line("get { \(value)\(isBoolean ? "?.isTrue" : "") }")
        let newValue = isBoolean ? "newValue.map { \(wireType)($0) }" : "newValue"
        printer.line("set { \(holder).set(\(label), to: \(newValue)\(end)) }")
    }

    /// Prints the check of a value that may be there.
    func emitCheck(
        holder: String, label: String, range: ClosedRange<Int>?, into printer: inout SwiftPrinter
    ) {
        guard let wireType else { return }
        if let range {
            let bounds = "\(SwiftName.number(range.lowerBound))...\(SwiftName.number(range.upperBound))"
            printer.line("try \(holder).check(\(label), in: \(bounds))")
        } else {
            printer.line("try \(holder).check(\(label), as: \(wireType).self)")
        }
    }
}
