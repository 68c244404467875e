import ProtocolGrammar
import YAMLTree

/// What the model says of example lines.
struct ExampleModel {
    let writer: ModelWriter

    func row(_ example: Example) -> JSONValue {
        .record([
            ("title", .ifAny(example.title)), ("service", .text(example.service)),
            ("versions", writer.versions(example.versions)), ("lines", .list(example.lines.map(row))),
        ])
    }

    func row(_ example: InvalidExample) -> JSONValue {
        .record([
            ("sender", .text(example.sender.rawValue)), ("line", .text(example.text)),
            ("payload", example.payload.map { .text($0) }), ("service", .text(example.service)),
            ("versions", writer.versions(example.versions)), ("error", .text(example.error)),
            ("parameter", example.parameter.map { .text($0) }),
        ])
    }

    func row(_ example: DeviationExample) -> JSONValue {
        .record([
            ("line", .text(example.text)), ("payload", example.payload.map { .text($0) }),
            ("versions", writer.versions(example.versions)),
        ])
    }

    private func row(_ line: Example.Line) -> JSONValue {
        .record([
            ("sender", .text(line.sender.rawValue)), ("line", .text(line.text)),
            ("payload", line.payload.map { .text($0) }), ("form", .text(line.form)),
            ("values", line.values.isEmpty ? nil : .members(line.values.map { ($0.name, value($0.node)) })),
        ])
    }

    private func value(_ node: YAMLNode) -> JSONValue {
        node.scalar.map { .text($0) } ?? .list((node.sequence ?? []).map(value))
    }
}
