/// Values by name.
extension FormTable {
    /// The parameters that have a value, in readable form and in the order of the line.
    ///
    /// - Parameter version: If given, parameters that this version lacks are left out.
    func fields(of view: FormView, in version: ProtocolVersion? = nil) -> [Field] {
        var fields: [Field] = []
        var last = -1
        for word in values {
            guard word.slot != last, let bytes = view.bytes(word.slot) else { continue }
            if let version {
                guard word.versions.contains(version) else { continue }
                if let condition = word.condition {
                    guard let other = view.bytes(condition.slot), condition.holds(for: other) else { continue }
                }
            }
            last = word.slot
            let value: FieldValue
            let names: ValueNames?
            if let separator = word.separator {
                var parts = ListParts(bytes, separator: separator)
                var items: [WireBytes] = []
                while let part = parts.next() { items.append(part) }
                value = .list(items.map(word.type.text))
                names = word.type.names(ofListed: items, in: version)
            } else {
                value = .text(word.type.text(of: bytes))
                names = word.type.names(of: bytes, in: version)
            }
            fields.append(Field(name: "\(word.name)", value: value, names: names, isSensitive: word.isSensitive))
        }
        return fields
    }

    /// The parameters that have a value, as they stand in the line and in its order.
    func wireValues(of view: FormView, in version: ProtocolVersion) -> [(word: FormWord, bytes: WireBytes)] {
        var found: [(word: FormWord, bytes: WireBytes)] = []
        for word in values where word.versions.contains(version) && word.slot != found.last?.word.slot {
            if let bytes = view.bytes(word.slot) { found.append((word, bytes)) }
        }
        return found
    }

    /// The values that readable fields spell; throws if one is missing, unknown or not a value of its type.
    func builder(from fields: FieldReader) throws(WireEncodingError) -> FormBuilder {
        try fields.refuseFields(except: values.map { "\($0.name)" } + (payload == nil ? [] : ["payload"]))
        var builder = FormBuilder()
        for slot in 0..<valueCount {
            let rows = values.filter { $0.slot == slot }
            guard let word = rows.first(where: { $0.versions.contains(fields.version) }) ?? rows.first else { continue }
            let name = "\(word.name)"
            let isRequired = rows.allSatisfy { !$0.mayBeAbsent } && areInAllVersions(rows)
            guard let separator = word.separator else {
                switch fields.values[name] {
                case nil: if isRequired { throw fields.error(.missingParameter, name) }
                case .text(let text): builder.add(word.slot, bytes: try fields.wire(text, word, name))
                case .list: throw fields.error(.invalidValue(.badShape(expected: "one text")), name)
                }
                continue
            }
            var texts: [String] = []
            switch fields.values[name] {
            case nil: break
            case .text(let text): texts = [text]
            case .list(let list): texts = list
            }
            if texts.isEmpty, !isRequired { continue }
            var parts: [WireToken] = []
            for text in texts { parts.append(WireToken(checked: try fields.wire(text, word, name))) }
            builder.add(word.slot, parts, separator: separator)
        }
        if let payload {
            builder.add(payloadSlot, bytes: payload.isOptional ? fields.optionalPayload : fields.payload)
        }
        return builder
    }

    private func areInAllVersions(_ rows: [FormWord]) -> Bool {
        rows.reduce(VersionSet()) { $0.union($1.versions) }.intersection(versions) == versions
    }

    /// Whether the words of two forms are the same, byte for byte.
    func areEqual(_ left: FormView, _ right: FormView) -> Bool {
        for slot in 0..<slotCount {
            // The list `a,b` and the single value `a,b`, which has no wire form, have the same bytes.
            guard left.isIrregular(slot) == right.isIrregular(slot) else { return false }
            switch (left.bytes(slot), right.bytes(slot)) {
            case (nil, nil): continue
            case (let left?, let right?):
                if left == right { continue }
                // Words may be separated by more than one blank.
                guard case .words = values.first(where: { $0.slot == slot })?.repetition else { return false }
                var first = ListParts(left, separator: 0x20)
                var second = ListParts(right, separator: 0x20)
                while true {
                    let (one, two) = (first.next(), second.next())
                    guard one == two else { return false }
                    if one == nil { break }
                }
            default: return false
            }
        }
        return true
    }
}

extension FormWord {
    /// The separator of a list; `nil` for a single value.
    public var separator: UInt8? {
        switch repetition {
        case .once: nil
        case .words: 0x20
        case .separated(let separator): separator
        }
    }
}
