#if Network
import Dispatch
import Foundation

/// Control-C, and the end that the system asks for.
enum Interruption {
    /// Waits for SIGINT or SIGTERM.
    static func wait() async {
        let (signals, sink) = AsyncStream.makeStream(of: Void.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { sink.yield() }
            source.resume()
            return source
        }
        for await _ in signals { break }
        for source in sources { source.cancel() }
    }
}
#endif
