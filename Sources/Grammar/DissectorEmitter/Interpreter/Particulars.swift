import ProtocolGrammar

extension Interpreter {
    /// What the grammar of a protocol cannot say.
    static func particulars(of grammar: Grammar) -> String { grammar.name == "MSNP" ? msnp : none(grammar) }

    /// Nothing, for a protocol that nobody has said more of than its grammar.
    private static func none(_ grammar: Grammar) -> String {
        let services = LuaValue.list(grammar.services.map { .text($0.name) }).source
        return """
            -- What the grammar cannot say: nothing here.

            local Particulars = {
                -- The first commands of a connection are tried in this order.
                services = \(services), ports = "", follows = {}, wrapped = {}, blobs = {}, typeField = "Content-Type",
            }
            function Particulars.reset() end
            function Particulars.inherited() return nil end
            function Particulars.follow() return nil end

            """
    }

    private static let msnp = #"""
        -- What the grammar cannot say: where its commands name a version, a cookie or an address, and what stands inside of
        -- values and payloads.

        local Particulars = {
            -- The first commands of a connection are tried in this order.
            services = { "notification", "switchboard", "fileTransfer", "dispatch" },
            ports = "1863-1864,6891-6900",
            -- The commands that `follow` looks at.
            follows = { VER = true, XFR = true, RNG = true, USR = true, ANS = true, TFR = true },
            -- The field that says what follows the headers.
            typeField = "Content-Type",
            -- Fields in base64, whose value is a document or else this payload, and the text in UTF-16 that its data begins
            -- with.
            wrapped = { ["peerSession.context"] = { payload = "peerFile", text = "Name" } },
            -- Words in base64 with numbers, and the names of those.
            blobs = {
                ["USR.proof.blob"] = {
                    "header size", "cipher mode", "cipher type", "hash type", "initialization size", "hash size",
                    "cipher size",
                },
            },
        }
        do
            local cookies, addresses, accounts = {}, {}, {}
            -- The version of the notification connection that came last.
            local latest

            local function value(result, name)
                for _, value in ipairs(result.values) do
                    if value.parameter.name == name then return value.items and value.items[1].word or value.word end
                end
            end

            -- Forgets everything, before a capture is read.
            function Particulars.reset()
                cookies, addresses, accounts = {}, {}, {}
                latest = nil
            end

            -- The version that connections of a service begin with: that of the address that a referral named, or of the last
            -- sign-in.
            function Particulars.inherited(service, address)
                if service == "notification" or service == "dispatch" then return nil end
                return addresses[address] or latest
            end

            -- The version that the first line of a switchboard has by its cookie or its account.
            local function versionOf(result)
                local cookie, user = value(result, "cookie"), value(result, "user")
                if cookie and cookies[cookie] then return cookies[cookie] end
                return user and accounts[user:match("^[^;]*"):lower()]
            end

            -- Applies what a command says about this connection and others. Gives a version if it names that of its own.
            function Particulars.follow(connection, result, version, key)
                local form = result.form and result.form.fullName
                if form == "VER.accepted" then
                    local number = Model.versionNumbers[value(result, "dialects")]
                    if number and connection.service == "notification" then latest = number end
                    return number
                elseif form == "XFR.switchboard" or form == "RNG.invited" then
                    local cookie, address = value(result, "cookie"), value(result, "address")
                    cookies[cookie], addresses[address] = version, version
                elseif form == "XFR.notification" and result.transaction ~= "0" and not connection.isSignedIn then
                    -- Whoever refers a client to another server in place of a sign-in is a dispatch server.
                    connection.service = "dispatch"
                elseif form == "USR.authenticated" then
                    connection.isSignedIn = true
                    accounts[value(result, "userHandle"):lower()] = version
                elseif form == "USR.join" or form == "ANS.answer" then
                    return versionOf(result)
                elseif form == "TFR.start" then
                    connection.blocksAfter = key
                end
            end
        end
        """#
}
