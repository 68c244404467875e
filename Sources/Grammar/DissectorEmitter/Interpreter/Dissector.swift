extension Interpreter {
    static let dissector = #"""
        -- The dissector: cuts the data of a packet into commands and shows each of them.

        do
            protocol.prefs.ports = Pref.range("TCP ports", Particulars.ports, "The ports of the servers", 65535)
            protocol.prefs.version = Pref.string(
                "Version", "", "The version of all connections, by name or number; empty to learn it from them")
            protocol.prefs.service = Pref.string(
                "Service", "", "The service of all connections, such as switchboard; empty to learn it from them")
            protocol.prefs.secrets = Pref.bool("Show secrets", false, "Whether passwords, tickets and cookies are shown")

            local settings = {}

            local function readSettings()
                settings.ports = tostring(protocol.prefs.ports)
                local version = tostring(protocol.prefs.version):upper()
                settings.version = Model.versionNumbers[version]
                    or Model.versionNames[tonumber(version)] and tonumber(version) or nil
                settings.service = grammar.services[protocol.prefs.service] and protocol.prefs.service or nil
                settings.secrets = protocol.prefs.secrets
            end

            local function note(context, text)
                context.count = context.count + 1
                context.summaries[context.count] = text
            end

            local function take(context, frame, key)
                if frame.problem then
                    note(context, "(" .. frame.problem .. ")")
                    return Commands.addGarbage(context, frame)
                end
                local result, wrong, words, starts = Forms.read(frame.line, frame.count, context.lines)
                if context.isFirst then
                    Connections.learn(context, frame.command, result, wrong, key)
                end
                local text
                if context.isShown then
                    text = Commands.addCommand(context, frame, result, wrong, words, starts, key)
                else
                    text = Commands.summary(frame, result, wrong)
                end
                note(context, text)
            end

            -- Takes a block of a file; gives the position behind it, or nil and how many bytes are missing, if that is known.
            local function takeBlock(context, position, key)
                local data, connection = context.data, context.connection
                if data:byte(position) > 1 then
                    if context.isFirst then connection.blocksUntil = key end
                    return position
                end
                if position + 2 > #data then return nil end
                local count = data:byte(position + 1) + data:byte(position + 2) * 256
                local last = position + 2 + count
                if last > #data then return nil, last - #data end
                if context.isFirst and data:byte(position) == 1 then connection.blocksUntil = key end
                local isEnd = data:byte(position) == 1 and count == 0
                local text = isEnd and "the end of a file" or ("%d bytes of a file"):format(count)
                if context.isShown then
                    local range = context.tvb(position - 1, 3 + count)
                    local tree = Commands.addBranch(context, range, text)
                    Payloads.addFileBlock(context, tree, range, data:sub(position, last))
                end
                note(context, text)
                return last + 1
            end

            local function isBlock(context, key)
                local connection = context.connection
                return context.sender == "server" and key > connection.blocksAfter
                    and (connection.blocksUntil == nil or key <= connection.blocksUntil)
            end

            -- Takes the commands of a packet; gives the position of what is incomplete, and how many bytes of it are missing.
            local function takeAll(context, base)
                local data, connection, isShown = context.data, context.connection, context.isShown
                local position, length = 1, #data
                local next, missing
                Connections.place(context, base + 1)
                while position <= length do
                    local key = base + position
                    next = nil
                    if connection.blocksAfter and isBlock(context, key) then
                        next, missing = takeBlock(context, position, key)
                        if not next then return position, missing end
                        if next == position then next = nil end
                    end
                    if not next and not isShown then next = Skimming.next(context, position, key) end
                    if not next then
                        local frame
                        frame, missing = Framing.next(data, position, context.lines)
                        if not frame then return position, missing end
                        take(context, frame, key)
                        next = frame.next
                        -- The command may have named another version.
                        Connections.place(context, base + next)
                    end
                    position = next
                end
                return position
            end

            local own
            local context = { summaries = {}, settings = settings }

            -- What keys of a packet's data begin with. What was put together from several packets comes before the rest of
            -- the last one.
            local function baseOf(tvb, pinfo)
                local offset = tvb:offset()
                return pinfo.number * Connections.frameSize + (offset == 0 and 0 or Connections.frameSize / 2 + offset)
            end

            -- Shows data of a connection; gives the position of what is incomplete, and how many bytes are missing.
            local function show(tvb, pinfo, tree, data, connection, sender, base)
                own = own or Dissector.get(grammar.prefix)
                context.tvb, context.pinfo, context.tree, context.data = tvb, pinfo, tree, data
                context.connection, context.sender, context.count = connection, sender, 0
                context.isFirst, context.isShown = not pinfo.visited, tree.visible or tree:referenced(own)
                local position, missing = takeAll(context, base)
                local columns, count = pinfo.cols, context.count
                columns.protocol = grammar.name
                if count > 0 then
                    local summaries = context.summaries
                    local text = count == 1 and summaries[1] or table.concat(summaries, ", ", 1, count)
                    columns.info = (sender == "client" and "C: " or "S: ") .. text
                end
                return position, missing
            end

            -- Dissects data of a connection; gives how much of it that is.
            local function dissect(tvb, pinfo, tree, data, connection, sender)
                local length = #data
                if connection == nil then
                    -- Not even a line yet.
                    if length >= 65536 then return 0 end
                    pinfo.desegment_offset, pinfo.desegment_len = 0, DESEGMENT_ONE_MORE_SEGMENT
                    return length
                end
                local position, missing = show(tvb, pinfo, tree, data, connection, sender, baseOf(tvb, pinfo))
                if position <= length then
                    pinfo.desegment_offset, pinfo.desegment_len = position - 1, missing or DESEGMENT_ONE_MORE_SEGMENT
                end
                return length
            end

            -- The bodies of the HTTP gateway, which consist of lines.
            local gateway = Proto(grammar.prefix .. "_gateway", grammar.title .. " over HTTP")

            function gateway.dissector(tvb, pinfo, tree)
                local data, base = tvb:raw(), baseOf(tvb, pinfo)
                if #data == 0 then return 0 end
                local connection, sender = Connections.ofBody(pinfo, data, base, settings)
                local position = show(tvb, pinfo, tree, data, connection, sender, base)
                if position <= #data then
                    local frame = { start = position, next = #data + 1, problem = "the body ends inside a command" }
                    Commands.addGarbage(context, frame)
                end
                return #data
            end

            for _, contentType in ipairs(grammar.contentTypes) do
                DissectorTable.get("media_type"):add(contentType, gateway)
            end

            -- Wireshark knows which packets are one connection, even where ports are used again, but tells it only in a
            -- field, and to read fields it would have to make a tree of every packet. So a connection gets a dissector of
            -- its own with its first line: what still comes to the one of the ports is new.
            local continuing = Proto(grammar.prefix .. "_connection", grammar.title .. ", the rest of a connection")

            function continuing.dissector(tvb, pinfo, tree)
                local data = tvb:raw()
                if #data == 0 then return 0 end
                return dissect(tvb, pinfo, tree, data, Connections.of(pinfo, true))
            end

            function protocol.dissector(tvb, pinfo, tree)
                local data = tvb:raw()
                if #data == 0 then return 0 end
                local connection, sender
                if pinfo.visited then
                    connection, sender = Connections.of(pinfo)
                else
                    connection, sender = Connections.open(pinfo, data, settings)
                    if connection then pinfo.conversation = continuing end
                end
                return dissect(tvb, pinfo, tree, data, connection, sender)
            end

            local ports

            local function register()
                if ports then DissectorTable.get("tcp.port"):remove(ports, protocol) end
                ports = settings.ports
                DissectorTable.get("tcp.port"):add(ports, protocol)
            end

            function protocol.prefs_changed()
                readSettings()
                if ports ~= settings.ports then register() end
            end

            function protocol.init()
                readSettings()
                Connections.reset()
            end

            readSettings()
            register()
        end
        """#
}
