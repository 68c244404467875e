extension Interpreter {
    static let framing = #"""
        -- Cuts the bytes of one sender into lines with their payloads.

        local Framing = {}
        do
            -- Garbage is taken in pieces of this size, so that it is never put together from many segments.
            local mostGarbage = 65536

            local function rule(command, lines)
                local entry = lines.entries[command]
                if entry then return entry.framing end
                if Model.hasErrors and lines.sender == "server" and command:find("^%d%d%d$") and Model.has(grammar.errorPayload, lines.version) then
                    return { words = 3, mayLack = true, limit = grammar.limits.payload }
                end
            end

            -- Whether a line has so many words.
            local function hasWords(line, count)
                local position = 1
                for _ = 1, count - 1 do
                    position = line:match("^[^ ]* +()[^ ]", position)
                    if not position then return false end
                end
                return true
            end

            -- The length that a line announces; nil for no payload, or false and what is wrong.
            local function payloadLength(line, rule)
                local word
                if rule.place then
                    word = line:match("^" .. ("[^ ]+ +"):rep(rule.place) .. "([^ ]+)")
                else
                    local stop = #line
                    while line:byte(stop) == 32 do stop = stop - 1 end
                    local start = line:match("^.* ()[^ ]", 1)
                    word = start and hasWords(line, rule.words) and line:sub(start, stop) or nil
                end
                if rule.mayLack and not (word and word:find("^%-?%d+$")) then return nil end
                if not word then return false, "payload length is missing" end
                if not (word == "0" or word:find("^[1-9]%d*$")) or #word > 10 or tonumber(word) > 4294967295 then
                    return false, "payload length is not a byte count"
                end
                return tonumber(word)
            end

            -- The command at a position, counted from 1: `start`, `stop` (behind the line), `payload` (where it starts),
            -- `count` (its bytes) and `next`; with `problem` where the bytes are no command. Otherwise nil, and how many bytes
            -- are missing: nil for a whole line.
            function Framing.next(data, position, lines)
                local feed = data:find("\n", position, true)
                if not feed then
                    if #data - position + 1 <= mostGarbage then return nil, nil end
                    return { start = position, stop = #data + 1, next = #data + 1, problem = "line is too long" }
                end
                local stop = data:byte(feed - 1) == 13 and feed > position and feed - 1 or feed
                local found = { start = position, stop = stop, next = feed + 1 }
                if stop == position then
                    found.problem = "line is empty"
                    return found
                end
                if stop - position > grammar.limits.line then
                    found.problem = "line is longer than " .. grammar.limits.line .. " bytes"
                    return found
                end
                local line = data:sub(position, stop - 1)
                found.line = line
                local command = line:match("^[!-~]*")
                found.command = command
                local next = line:byte(#command + 1)
                local rule = (next == 32 or next == nil) and rule(command, lines)
                if not rule then return found end
                local count, problem = payloadLength(line, rule)
                if count == nil then return found end
                if not count then
                    found.problem = problem
                    return found
                end
                local trailer = grammar.trailer
                local last = feed + count + #trailer
                if count > rule.limit then
                    found.problem = ("payload of %d bytes is longer than %d"):format(count, rule.limit)
                    if count > 16 * mostGarbage then return found end
                end
                if last > #data then return nil, last - #data end
                found.payload, found.count, found.next = feed + 1, count, last + 1
                if data:sub(last - #trailer + 1, last) ~= trailer then
                    found.problem = "payload is not followed by " .. Model.escaped(trailer)
                    found.next = feed + count + 1
                end
                return found
            end
        end
        """#
}
