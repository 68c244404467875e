#if Network
package import SampleServer

extension ManualClock {
    /// This clock for a server, long after 1970.
    package var serverClock: ServerClock {
        ServerClock(
            now: { self.now.offset }, sleep: { try await self.sleep(for: $0) }, unixTime: { 1_000_000_000 })
    }
}

extension PatientClock {
    /// This clock for a server.
    package var serverClock: ServerClock {
        let system = ServerClock.system
        return ServerClock(now: system.now, sleep: { try await self.sleep(for: $0) }, unixTime: system.unixTime)
    }
}

extension SampleConfiguration {
    /// The usual settings on a clock for machines of any speed.
    package static var patient: SampleConfiguration {
        var configuration = SampleConfiguration()
        configuration.clock = PatientClock().serverClock
        return configuration
    }
}
#endif
