extension Interpreter {
    static let skimming = #"""
        -- Passes over commands that nobody looks at and that change nothing; it only puts requests and answers together.

        local Skimming = {}
        do
            local limit = grammar.limits.line

            -- Whether all lines of a command may be passed over in the state of a connection. What is not known yet is found
            -- out by the session.
            local function mayPass(connection, lines, entry, command)
                if not entry.isPassable or Particulars.follows[command] then return false end
                return Session.isStill(connection, lines, entry)
            end

            -- The position behind the command at a position, counted from 1; nil if it has to be read.
            function Skimming.next(context, position, key)
                local data, lines, connection = context.data, context.lines, context.connection
                local command = data:match("^([!-~]+)[ \r\n]", position)
                local entry = command and lines.entries[command]
                if not entry then return nil end
                local states, known = connection.states, nil
                if states and not states[2] then known = entry.still[states[1]] end
                if known == nil then known = mayPass(connection, lines, entry, command) end
                if not known then return nil end
                local feed = data:find("\n", position, true)
                if not feed or feed - position > limit then return nil end
                local last = feed
                local rule = entry.framing
                if rule and (rule.place or grammar.trailer ~= "") then return nil end
                if rule then
                    local word = data:match("^[^\n]* (%d+)\r?\n", position)
                    if not word or #word > 9 or word:find("^0.") or not data:find(rule.pattern, position) then return nil end
                    local count = tonumber(word)
                    last = feed + count
                    if count > rule.limit or last > #data then return nil end
                end
                if context.isFirst and entry.hasTransaction then
                    local word = data:match("^[!-~]+ +(%d+)[ \r\n]", position)
                    if word and Words.isTransaction(word) then
                        Connections.link(connection, context.sender, tonumber(word), nil, key, context.pinfo)
                    end
                end
                local count = context.count + 1
                context.count, context.summaries[count] = count, entry.only
                return last + 1
            end
        end
        """#
}
