/// Which ends of a recording are played, by its name.
struct ReplayPlan {
    /// Whether its clients are played to the sample server.
    var playsClients: Bool
    /// Whether its server is played to the sample client.
    var playsServer: Bool
    /// Why an end is not played.
    var reason: String

    init(of file: String) {
        if file.hasPrefix("escargot"), file.contains("-client_") {
            (playsClients, playsServer, reason) = (true, true, "")
        } else if file.hasPrefix("escargot") {
            (playsClients, playsServer, reason) = (false, true, "The client is a script.")
        } else if file.hasPrefix("sample-client") {
            (playsClients, playsServer, reason) = (false, true, "The client is an older sample client.")
        } else {
            (playsClients, playsServer, reason) = (true, false, "The server is an older sample server.")
        }
    }
}
