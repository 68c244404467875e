/// Makes all inputs from the grammar, its vectors and a seed. It knows nothing of the code that is looked at.
struct InputMaker {
    let source: GrammarSource
    let seed: UInt64
    /// How many lines are spoiled.
    let lines: Int

    static let streams = "streams"
    /// The lines of one stream.
    private static let linesAStream = 24

    func make(_ take: (Input) throws -> Void) throws {
        let parts = [
            ("examples", source.examples), ("invalid examples", source.invalidExamples), ("vectors", source.vectors),
        ]
        for (part, found) in parts {
            // In the versions that do not have them, too.
            for (line, _) in found {
                for version in source.versions { try make(line, version, part, take) }
            }
        }
        try makeGenerated(take)
        try makeMutated(take)
        try makeStreams(take)
    }

    private func make(_ line: Line, _ version: UInt8, _ part: String, _ take: (Input) throws -> Void) rethrows {
        var line = line
        line.context.version = version
        try take(.framed(line, part: part))
        if let direct = Input.direct(line, part: part) { try take(direct) }
    }

    /// Valid lines of every form in all of its versions and services.
    private func makeGenerated(_ take: (Input) throws -> Void) rethrows {
        var random = Random(seed: seed ^ 0x47)
        let generator = LineGenerator(source.grammar)
        let rounds = lines / 5 / max(1, generator.places.count) + 1
        for place in generator.places {
            for _ in 0..<rounds {
                try take(.framed(generator.line(at: place, &random), part: "generated"))
            }
        }
    }

    private func makeMutated(_ take: (Input) throws -> Void) rethrows {
        var random = Random(seed: seed ^ 0x4D)
        try eachMutated { line in
            // A third are frames of their own, so that their payload need not have the length that they say.
            var input = Input.framed(line, part: "mutated")
            if random.isOnce(in: 3), let direct = Input.direct(line, part: "mutated") { input = direct }
            input.hasSmallLimits = random.isOnce(in: 16)
            try take(input)
        }
    }

    /// The spoiled lines of each context one after the other, cut somewhere.
    private func makeStreams(_ take: (Input) throws -> Void) rethrows {
        var random = Random(seed: seed ^ 0x53)
        var held: [Context: [Line]] = [:]
        try eachMutated { line in
            held[line.context, default: []].append(line)
            guard let lines = held[line.context], lines.count >= Self.linesAStream else { return }
            held[line.context] = nil
            try take(stream(lines, &random))
        }
        let rest = held.values.sorted { left, right in
            let (first, second) = (left[0].context, right[0].context)
            guard first.version == second.version else { return first.version < second.version }
            guard first.service == second.service else { return first.service < second.service }
            return first.isClient && !second.isClient
        }
        for lines in rest { try take(stream(lines, &random)) }
    }

    private func stream(_ lines: [Line], _ random: inout Random) -> Input {
        let bytes = Array(lines.map(\.bytes).joined())
        var pieces: [Int] = []
        var left = bytes.count
        let most = random.pick([1, 4, 16, 64, 64, 256, 256, 4096])
        while left > 0 {
            let piece = min(left, 1 + random.below(most))
            pieces.append(piece)
            left -= piece
        }
        return Input(
            part: Self.streams, context: lines[0].context, hasSmallLimits: random.isOnce(in: 16),
            content: .stream(bytes, pieces: pieces))
    }

    /// Makes the same lines each time.
    private func eachMutated(_ take: (Line) throws -> Void) rethrows {
        var random = Random(seed: seed)
        let generator = LineGenerator(source.grammar)
        let found = (source.examples + source.invalidExamples + source.vectors).flatMap { line, versions in
            versions.map { version in
                var line = line
                line.context.version = version
                return line
            }
        }
        let mutator = LineMutator(versions: source.versions, services: source.services, donors: found)
        for _ in 0..<lines {
            let isFound = random.isOnce(in: 3)
            var line = isFound ? random.pick(found) : generator.line(at: random.pick(generator.places), &random)
            for _ in 0..<random.pick([0, 1, 1, 1, 1, 2, 2, 3]) { mutator.mutate(&line, &random) }
            try take(line)
        }
    }
}
