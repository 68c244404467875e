extension Interpreter {
    static let connections = #"""
        -- What is known of each TCP connection: its ends, service, version and state, and which lines belong together.
        --
        -- Everything here is learned when a capture is first read. A key is a number that grows from command to command of a
        -- capture, so that the same command finds its facts again later.

        local Connections = {
            -- A key is the number of the frame, times this, and the place in the frame.
            frameSize = 16777216,
        }
        do
            -- The connections by the two ports of a packet, each with its sender.
            local known = {}

            -- The connections behind HTTP by their ends and services, and by the keys of the bodies that they go in.
            local tunnels, bodies = {}, {}

            function Connections.reset()
                known, tunnels, bodies = {}, {}, {}
                Particulars.reset()
            end

            -- The versions to try for a line whose context is unknown: the most likely first.
            local function likely(first)
                local result = { first }
                for index = #grammar.versions, 1, -1 do
                    local number = grammar.versions[index].number
                    if number ~= first then table.insert(result, number) end
                end
                return result
            end

            -- Finds who sends a line on which service, by reading it.
            local function identify(line, senders, version)
                for _, number in ipairs(likely(version)) do
                    for _, sender in ipairs(senders) do
                        for _, service in ipairs(Particulars.services) do
                            local result, wrong = Forms.read(line, nil, Model.lines(sender, service, number))
                            -- The payload is not here.
                            if result and not result.error or wrong and wrong.kind == "wrongPayloadLength" then
                                return sender, service
                            end
                        end
                    end
                end
            end

            local function isServerPort(port, ranges)
                for first, last in ranges:gmatch("(%d+)%-?(%d*)") do
                    if port >= tonumber(first) and port <= (tonumber(last) or tonumber(first)) then return true end
                end
                return false
            end

            local function begin(connection, service, version, isKnown)
                connection.service = service
                connection.session = Session.of(service)
                local session = connection.session
                -- Where the beginning is missing, any state may be the right one.
                if session then connection.states = { session.byName[session.first] } end
                connection.versions = { { after = -1, version = version, isAssumed = not isKnown and #grammar.versions > 1 } }
                connection.latest = connection.versions[1]
            end

            -- Learns the service from the first line; gives its sender.
            local function learn(connection, line, pinfo, settings)
                local source, destination = pinfo.src_port, pinfo.dst_port
                local ranges = settings.ports
                local guess = isServerPort(source, ranges) and not isServerPort(destination, ranges) and "server" or "client"
                local other = guess == "client" and "server" or "client"
                local address = tostring(pinfo.dst) .. ":" .. destination
                local version = settings.version or Particulars.inherited(nil, address) or grammar.usual
                local sender, service = identify(line, { guess, other }, version)
                sender, service = sender or guess, settings.service or service or Particulars.services[1]
                address = tostring(sender == "client" and pinfo.dst or pinfo.src) .. ":"
                    .. (sender == "client" and destination or source)
                local known = settings.version or Particulars.inherited(service, address)
                begin(connection, service, known or grammar.usual, known ~= nil)
                connection.isWhole = sender == "client"
                return sender
            end

            -- Keeps a connection with the packets that one end sends.
            local function keep(connection, sender, source, destination, pinfo)
                local isForward = sender == connection.firstSender
                local key = source * 65536 + destination
                local list = known[key] or {}
                known[key] = list
                list[#list + 1] = {
                    connection = connection, sender = sender, since = pinfo.number,
                    source = tostring(isForward and pinfo.src or pinfo.dst),
                    destination = tostring(isForward and pinfo.dst or pinfo.src),
                }
            end

            -- The connection of a packet and who sent it; nil for a packet of none. Where ports are used again, it is the
            -- last one that began before. If the packet is surely of a connection, its ports may be enough.
            function Connections.of(pinfo, isSure)
                local list = known[pinfo.src_port * 65536 + pinfo.dst_port]
                if not list then return nil end
                local found = list[1]
                if #list > 1 or not isSure then
                    local source, destination, number = tostring(pinfo.src), tostring(pinfo.dst), pinfo.number
                    found = nil
                    for _, entry in ipairs(list) do
                        local isSame = entry.source == source and entry.destination == destination
                        if isSame and (not found or entry.since <= number) then found = entry end
                    end
                    if not found then return nil end
                end
                return found.connection, found.sender
            end

            local function new()
                return { requests = {}, refusals = {}, findings = {}, requestOf = {}, delayOf = {}, answerOf = {}, times = {} }
            end

            -- The connection that goes in the body of an HTTP request or answer, and who sent it. A service has one
            -- between two hosts, since nothing in the body says which of several it is.
            function Connections.ofBody(pinfo, data, key, settings)
                local sender = pinfo.src_port < pinfo.dst_port and "server" or "client"
                if bodies[key] then return bodies[key], sender end
                local client = tostring(sender == "client" and pinfo.src or pinfo.dst)
                local server = tostring(sender == "client" and pinfo.dst or pinfo.src)
                local ends = client .. " " .. server
                local version = settings.version or tunnels[ends] and tunnels[ends].latest.version
                local line = data:match("^[^\r\n]*")
                local _, service = identify(line, { sender }, version or grammar.usual)
                service = settings.service or service or Particulars.services[1]
                local connection = tunnels[ends .. " " .. service]
                if not connection then
                    connection = new()
                    begin(connection, service, version or Particulars.inherited(service, "") or grammar.usual, version ~= nil)
                    tunnels[ends .. " " .. service] = connection
                    -- The first one is that of the sign-in, whose version the others have.
                    tunnels[ends] = tunnels[ends] or connection
                end
                bodies[key] = connection
                return connection, sender
            end

            -- The new connection of a packet and who sent it; nil as long as no line is whole.
            function Connections.open(pinfo, data, settings)
                local line = data:match("^([^\r\n]+)\r?\n")
                if not line then return nil end
                local connection = new()
                local sender = learn(connection, line, pinfo, settings)
                local other = sender == "client" and "server" or "client"
                connection.firstSender = sender
                keep(connection, sender, pinfo.src_port, pinfo.dst_port, pinfo)
                keep(connection, other, pinfo.dst_port, pinfo.src_port, pinfo)
                return connection, sender
            end

            -- The version in which a command is written.
            local function versionOf(connection, key)
                local versions = connection.versions
                local index = #versions
                while index > 1 and versions[index].after >= key do index = index - 1 end
                return versions[index]
            end

            -- Sets the version of a command, whether it is only assumed, and what the lines of its sender may be.
            function Connections.place(context, key)
                local connection, sender = context.connection, context.sender
                local version = connection.latest
                if version.after >= key then version = versionOf(connection, key) end
                local lines = version[sender]
                if not lines then
                    lines = Model.lines(sender, connection.service, version.version)
                    version[sender] = lines
                end
                context.version, context.isAssumed, context.lines = version.version, version.isAssumed, lines
            end

            local function note(connection, key, kind, text)
                local findings = connection.findings[key]
                if not findings then
                    findings = {}
                    connection.findings[key] = findings
                end
                table.insert(findings, { kind = kind, text = text })
            end

            local frameSize = Connections.frameSize

            -- Puts requests and answers together, by their transaction IDs or, without one, by what the grammar says.
            function Connections.link(connection, sender, transaction, form, key, pinfo)
                local requests, times = connection.requests, connection.times
                if sender == "client" then
                    if transaction then
                        requests[transaction], times[transaction] = key, pinfo.abs_ts
                    elseif form and form.answers then
                        for _, answer in ipairs(form.answers) do requests[answer], times[answer] = key, pinfo.abs_ts end
                    end
                    return
                end
                local name = transaction or form and form.transaction == "none" and form.fullName
                local request = name and name ~= 0 and requests[name]
                if not request then return end
                connection.requestOf[key] = math.floor(request / frameSize)
                connection.delayOf[key] = pinfo.abs_ts - times[name]
                if not connection.answerOf[request] then connection.answerOf[request] = pinfo.number end
                if not transaction then requests[name] = nil end
            end

            -- Learns from a line, when it is seen for the first time.
            function Connections.learn(context, command, result, wrong, key)
                local connection, sender, version = context.connection, context.sender, context.version
                local transaction = result and result.transaction and tonumber(result.transaction)
                Connections.link(connection, sender, transaction, result and result.form, key, context.pinfo)
                if not result then
                    if wrong.kind ~= "unknownCommand" then
                        Session.allowFor(connection, sender, command, wrong.form, version)
                    end
                    return
                end
                if connection.isWhole then
                    local problem, rule = Session.take(connection, sender, result, version)
                    if problem then note(connection, key, "state", problem) end
                    if rule then note(connection, key, "state", rule.about .. " (" .. rule.programs .. ")") end
                end
                local named = Particulars.follow(connection, result, version, key)
                if named and not context.settings.version then
                    connection.latest = { after = key, version = named }
                    table.insert(connection.versions, connection.latest)
                end
            end
        end
        """#
}
