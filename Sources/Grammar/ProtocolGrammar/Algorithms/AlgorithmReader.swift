import YAMLTree

extension GrammarReader {
    mutating func readAlgorithm(_ node: YAMLNode, file: SourceFile) {
        guard let reader = NodeReader(node, "an algorithm", into: &diagnostics) else { return }
        let name = nameOfFile(reader, "algorithm", file)
        let evidence = evidence(reader)
        let versions = versions(reader, "versions", within: grammar.allVersions, unstated: grammar.openVersions)
        grammar.algorithms.append(
            Algorithm(
                name: name, about: reader.required("about", into: &diagnostics) ?? "", versions: versions,
                inputs: items(reader, "inputs", GrammarLimit.inputs) { $0.readInput($1) },
                constants: items(reader, "constants", GrammarLimit.inputs) { $0.readConstant($1) },
                steps: items(reader, "steps", GrammarLimit.steps) { $0.readStep($1, isInner: false) },
                outputs: items(reader, "outputs", GrammarLimit.outputs) { $0.readOutput($1) },
                known: items(reader, "known", GrammarLimit.vectors) { $0.readKnown($1, within: versions) },
                vectors: items(reader, "vectors", GrammarLimit.vectors) { $0.readVector($1) },
                traps: reader.references("traps", into: &diagnostics).map(\.name),
                notes: reader.text("notes", into: &diagnostics) ?? "", confidence: evidence?.confidence ?? "",
                sources: evidence?.sources ?? [], location: reader.place("algorithm")))
    }

    private mutating func items<Item>(
        _ reader: NodeReader, _ key: String, _ limit: Int, read: (inout GrammarReader, YAMLNode) -> Item?
    ) -> [Item] {
        reader.list(key, atMost: limit, into: &diagnostics).compactMap { read(&self, $0) }
    }

    private mutating func readInput(_ node: YAMLNode) -> Algorithm.Input? {
        guard let reader = NodeReader(node, "an input", into: &diagnostics) else { return nil }
        _ = reader.required("type", into: &diagnostics)
        let kinds = [AlgorithmType.Kind.text, .bytes, .number].map(\.rawValue)
        let kind = reader.choice("type", kinds, into: &diagnostics).flatMap(AlgorithmType.Kind.init)
        let length = reader.number("length", 1...65535, into: &diagnostics)
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            type: AlgorithmType(kind ?? .text, length: kind == .number ? nil : length),
            places: reader.names("places", into: &diagnostics), about: reader.text("about", into: &diagnostics) ?? "",
            location: reader.place("name"))
    }

    private mutating func readConstant(_ node: YAMLNode) -> Algorithm.Constant? {
        guard let reader = NodeReader(node, "a constant", into: &diagnostics) else { return nil }
        let name = reader.required("name", into: &diagnostics) ?? ""
        let about = reader.text("about", into: &diagnostics) ?? ""
        let kinds = [AlgorithmType.Kind.text, .bytes, .number, .numbers]
        let stated = kinds.compactMap { kind in
            reader.node(kind.rawValue, into: &diagnostics).map { (kind: kind, node: $0) }
        }
        guard let only = stated.first, stated.count == 1 else {
            diagnostics.append(
                Diagnostic(
                    "constant-value",
                    "a constant must have exactly one of the keys 'text', 'bytes', 'number' and 'numbers'",
                    at: reader.location))
            return nil
        }
        do throws(AlgorithmValue.Complaint) {
            let value = try AlgorithmValue(only.node, as: AlgorithmType(only.kind), named: name)
            return .init(name: name, value: value, about: about, location: reader.place("name"))
        } catch {
            diagnostics.append(Diagnostic("wrong-value", error.message, at: error.location))
            return nil
        }
    }

    private mutating func readOutput(_ node: YAMLNode) -> Algorithm.Output? {
        guard let reader = NodeReader(node, "an output", into: &diagnostics) else { return nil }
        return .init(
            name: reader.required("name", into: &diagnostics) ?? "",
            places: reader.names("places", into: &diagnostics), about: reader.text("about", into: &diagnostics) ?? "",
            location: reader.place("name"))
    }

    // MARK: - Steps

    /// - Parameter isInner: whether it is a step of a loop, which has no loops and exchanges in it.
    private mutating func readStep(_ node: YAMLNode, isInner: Bool) -> Algorithm.Step? {
        guard let start = NodeReader(node, "a step", into: &diagnostics) else { return nil }
        let names = isInner ? AlgorithmOperation.Name.inner : AlgorithmOperation.Name.allCases
        _ = start.required("operation", into: &diagnostics)
        guard
            let word = start.choice("operation", names.map(\.rawValue), into: &diagnostics)
                .flatMap(AlgorithmOperation.Name.init),
            let reader = NodeReader(node, "a step of operation \(word.rawValue)", into: &diagnostics)
        else {
            diagnostics.abandon(start.location)
            return nil
        }
        let name = reader.required("name", into: &diagnostics) ?? ""
        let about = reader.text("about", into: &diagnostics) ?? ""
        let operands = word.operands.kinds.isEmpty ? [] : reader.names("of", into: &diagnostics)
        return readOperation(word, reader).map {
            .init(name: name, operation: $0, operands: operands, about: about, location: reader.place("name"))
        }
    }

    /// An operation with its own keys; nil if one of them is missing.
    private mutating func readOperation(
        _ operation: AlgorithmOperation.Name, _ reader: NodeReader
    ) -> AlgorithmOperation? {
        switch operation {
        case .md5: .md5
        case .sha1: .sha1
        case .hmacSHA1: name(reader, "key").map { .hmacSHA1(key: $0) }
        case .tripleDES: readTripleDES(reader)
        case .base64: .base64
        case .fromBase64: .fromBase64
        case .hexadecimal: .hexadecimal
        case .concatenate: .concatenate
        case .fill:
            .fill(
                with: reader.required("with", into: &diagnostics) ?? "",
                multiple: number(reader, "multiple", 1...64) ?? 1)
        case .take:
            .take(
                first: reader.number("first", 0...65535, into: &diagnostics) ?? 0,
                count: number(reader, "count", 1...65535) ?? 1)
        case .numbers: .numbers(readLayout(reader))
        case .bytes: .bytes(readLayout(reader))
        case .item: .item(number(reader, "index", 0...65535) ?? 0)
        case .list: .list
        case .add: .add(modulo: optionalName(reader, "modulo"))
        case .multiply: .multiply(modulo: optionalName(reader, "modulo"))
        case .and: .and
        case .xor: .xor
        case .decimal: .decimal
        case .percentEncode: .percentEncode
        case .percentDecode: .percentDecode
        case .replace:
            .replace(
                reader.required("find", into: &diagnostics) ?? "",
                with: reader.required("with", into: &diagnostics) ?? "")
        case .field:
            .field(
                reader.required("field", into: &diagnostics) ?? "",
                separator: reader.required("separator", into: &diagnostics) ?? "",
                quote: reader.text("quote", into: &diagnostics) ?? "")
        case .guid: .guid
        case .guidBytes: .guidBytes
        case .exchange: readExchange(reader)
        case .algorithm: readUse(reader)
        case .forEach: readLoop(reader)
        }
    }

    /// A key that must be there, as a reference.
    private mutating func name(_ reader: NodeReader, _ key: String) -> Reference? {
        reader.required(key, into: &diagnostics).map { Reference(name: $0, location: reader.place(key)) }
    }

    private mutating func optionalName(_ reader: NodeReader, _ key: String) -> Reference? {
        reader.text(key, into: &diagnostics).map { Reference(name: $0, location: reader.place(key)) }
    }

    private mutating func number(_ reader: NodeReader, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        if !reader.has(key) { _ = reader.required(key, into: &diagnostics) }
        return reader.number(key, range, into: &diagnostics)
    }

    private mutating func readTripleDES(_ reader: NodeReader) -> AlgorithmOperation? {
        let (key, initialization) = (name(reader, "key"), name(reader, "initialization"))
        guard let key, let initialization else { return nil }
        return .tripleDES(key: key, initialization: initialization)
    }

    private mutating func readLayout(_ reader: NodeReader) -> AlgorithmOperation.Layout {
        let order = reader.choice("byte-order", ["little", "big"], into: &diagnostics)
        return .init(width: number(reader, "width", 1...8) ?? 1, isBigEndian: order == "big")
    }

    private mutating func readUse(_ reader: NodeReader) -> AlgorithmOperation? {
        let target = name(reader, "algorithm")
        let values = reader.node("with", into: &diagnostics).flatMap { NodeReader($0, "'with'", into: &diagnostics) }
        let arguments = (values?.entries(atMost: GrammarLimit.inputs, into: &diagnostics) ?? []).map { entry in
            AlgorithmOperation.Argument(
                input: Reference(name: entry.key, location: entry.keyLocation),
                operand: Reference(
                    name: values?.text(entry.key, into: &diagnostics) ?? "", location: entry.value.location))
        }
        return target.map { .algorithm($0, arguments) }
    }

    private mutating func readLoop(_ reader: NodeReader) -> AlgorithmOperation {
        .forEach(
            .init(
                takes: reader.references("takes", into: &diagnostics),
                keeps: items(reader, "keeps", GrammarLimit.inputs) { $0.readKept($1) },
                steps: items(reader, "steps", GrammarLimit.steps) { $0.readStep($1, isInner: true) }))
    }

    private mutating func readKept(_ node: YAMLNode) -> AlgorithmOperation.Loop.Kept? {
        guard let reader = NodeReader(node, "a kept number", into: &diagnostics) else { return nil }
        reader.remarks("about", into: &diagnostics)
        let (start, next) = (name(reader, "start"), name(reader, "next"))
        guard let name = reader.required("name", into: &diagnostics), let start, let next else { return nil }
        return .init(name: name, start: start, next: next, location: reader.place("name"))
    }

    private mutating func readExchange(_ reader: NodeReader) -> AlgorithmOperation {
        let services = reader.names("service", into: &diagnostics)
        if services.isEmpty {
            diagnostics.append(
                Diagnostic("missing-key", "\(reader.what) needs the key 'service'", at: reader.location))
        }
        let address = reader.reference("address", into: &diagnostics)
        let sends = items(reader, "sends", GrammarLimit.inputs) { $0.readSent($1) }
        let receives = items(reader, "receives", GrammarLimit.inputs) { $0.readReceived($1) }
        let refusals = items(reader, "refusals", GrammarLimit.inputs) { $0.readRefusal($1) }
        return .exchange(
            .init(services: services, address: address, sends: sends, receives: receives, refusals: refusals))
    }

    private mutating func readRefusal(_ node: YAMLNode) -> AlgorithmOperation.Exchange.Refusal? {
        guard let reader = NodeReader(node, "a refusal", into: &diagnostics) else { return nil }
        let header = reader.required("header", into: &diagnostics)
        let about = reader.required("about", into: &diagnostics)
        guard let header, let about else { return nil }
        return .init(header: header, about: about)
    }

    private mutating func readSent(_ node: YAMLNode) -> AlgorithmOperation.Exchange.Sent? {
        guard let reader = NodeReader(node, "what is sent", into: &diagnostics) else { return nil }
        reader.remarks("about", into: &diagnostics)
        let operand = name(reader, "value")
        guard let part = readPart(reader), let operand else { return nil }
        return .init(operand: operand, part: part)
    }

    private mutating func readReceived(_ node: YAMLNode) -> AlgorithmOperation.Exchange.Received? {
        guard let reader = NodeReader(node, "what is received", into: &diagnostics) else { return nil }
        let about = reader.text("about", into: &diagnostics) ?? ""
        let name = reader.required("name", into: &diagnostics)
        guard let part = readPart(reader), let name else { return nil }
        return .init(name: name, part: part, about: about, location: reader.place("name"))
    }

    /// Where in a message a value stands.
    private mutating func readPart(_ reader: NodeReader) -> AlgorithmOperation.Part? {
        let header = reader.text("header", into: &diagnostics)
        let isBody = reader.flag("body", into: &diagnostics)
        let places = reader.names("places", into: &diagnostics)
        let parts =
            (header.map { [AlgorithmOperation.Part.header($0)] } ?? [])
            + (places.isEmpty ? [] : [.places(places)]) + (isBody ? [.body] : [])
        if parts.count == 1 { return parts[0] }
        diagnostics.append(
            Diagnostic(
                "message-part", "\(reader.what) must have exactly one of the keys 'header', 'places' and 'body'",
                at: reader.location))
        return nil
    }

    // MARK: - Values

    private mutating func readKnown(_ node: YAMLNode, within whole: VersionSet) -> Algorithm.Known? {
        guard let reader = NodeReader(node, "a known value", into: &diagnostics) else { return nil }
        let evidence = evidence(reader)
        return .init(
            inputs: readValues(reader, "inputs"), versions: versions(reader, "versions", within: whole),
            about: reader.text("about", into: &diagnostics) ?? "", confidence: evidence?.confidence ?? "",
            sources: evidence?.sources ?? [], location: node.location)
    }

    private mutating func readVector(_ node: YAMLNode) -> Algorithm.Vector? {
        guard let reader = NodeReader(node, "a vector", into: &diagnostics) else { return nil }
        let evidence = evidence(reader)
        return .init(
            inputs: readValues(reader, "inputs"), steps: readValues(reader, "steps"),
            computed: readValues(reader, "computed"), outputs: readValues(reader, "outputs"),
            about: reader.text("about", into: &diagnostics) ?? "", confidence: evidence?.confidence ?? "",
            sources: evidence?.sources ?? [], location: node.location)
    }

    private mutating func readValues(_ reader: NodeReader, _ key: String) -> [Algorithm.StatedValue] {
        guard let node = reader.node(key, into: &diagnostics),
            let list = NodeReader(node, "'\(key)'", into: &diagnostics)
        else { return [] }
        return list.entries(into: &diagnostics).map { .init(name: $0.key, node: $0.value, location: $0.keyLocation) }
    }
}
