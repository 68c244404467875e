// nats HOST PORT
//
// Publishes and subscribes through a server, with and without headers, and prints what comes.

import NATSProtocol
import WireProtocol

@main
enum Example {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            print("usage: nats HOST PORT")
            return
        }
        var reader = try Client.connect(host: arguments[1], port: arguments[2])
        print("headers:", reader.options.contains(#""headers":true"#))
        try reader.subscribe(to: "weather.>", as: "all")
        try reader.subscribe(to: "question.*", as: "asked", in: "answerers")
        try reader.flush()

        var writer = try Client.connect(host: arguments[1], port: arguments[2])
        try writer.subscribe(to: "answers", as: "answers")
        try writer.publish("Sunny", on: "weather.de.berlin")
        try writer.publish("two\r\nlines", on: "weather.fr.paris")
        try writer.publish("Rain", on: "weather.nl.utrecht", messageID: "7")
        try writer.publish("", on: "weather.none")
        try writer.publish("How warm is it?", on: "question.warmth", replyTo: "answers")
        try writer.flush()

        for _ in 0..<5 {
            let message = try reader.message()
            show(message)
            if let address = message.replyTo { try reader.publish("21 degrees", on: address.string) }
        }
        show(try writer.message())

        try reader.unsubscribe("all")
        try reader.flush()
        try writer.publish("Nobody hears this.", on: "weather.de.berlin")
        try writer.publish("The end", on: "question.last")
        show(try reader.message())

        do {
            try writer.publish("A subject cannot have an empty part.", on: "a..b")
            try writer.subscribe(to: "a..b", as: "wrong")
            try writer.flush()
        } catch Client.Failure.refused(let text) {
            print("refused:", text)
        }
    }

    private static func show(_ message: Client.Message) {
        let identifier = message.header?.messageID.map { " (message \($0))" } ?? ""
        print("\(message.subscription): \(message.subject)\(identifier): \(message.text.debugDescription)")
    }
}
