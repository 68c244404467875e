extension Interpreter {
    static let binary = #"""
        -- Shows bytes: as text, as documents, and by the tables of binary headers.

        local Binary = {}
        do
            local documents = Dissector.get("xml")

            -- Shows the lines of a text, or bytes that are none.
            function Binary.addLines(tree, range, data)
                if not Values.isText(data) or data:find("[%z\1-\8\14-\31]") then
                    tree:add(Fields.data.proto, range)
                    return
                end
                local position = 1
                while position <= #data do
                    local feed = data:find("\n", position, true) or #data + 1
                    local text = data:sub(position, feed - 1):gsub("\r$", "")
                    if text ~= "" then
                        tree:add(Fields.text.proto, range(position - 1, math.min(feed, #data) - position + 1), text)
                    end
                    position = feed + 1
                end
            end

            -- Shows bytes as the text, document or data that they look like.
            function Binary.addBytes(context, tree, range, data)
                if data == "" then return end
                -- Wireshark stops with an error in documents that are nested too deep.
                if data:find("^%s*<[%a?!]") and Markup.read(data) then
                    documents:call(range:tvb(), context.pinfo, tree)
                else
                    Binary.addLines(tree, range, data)
                end
            end

            -- A number of up to six bytes; longer ones are shown from their bytes.
            local function number(data, position, width, isBig)
                local result = 0
                for offset = 0, width - 1 do
                    local place = isBig and position + offset or position + width - 1 - offset
                    result = result * 256 + data:byte(place)
                end
                return result
            end

            local function addNumber(tree, range, data, position, row)
                local place = range(position - 1, row.width)
                local value = number(data, position, row.width, row.big)
                if row.field.kind == "long" then
                    if row.big then tree:add(row.field.proto, place) else tree:add_le(row.field.proto, place) end
                else
                    Tree.addValue(tree, row.field, place, ("%d"):format(value), row.type, nil)
                end
                return value
            end

            local function endsInside(name) return "the payload ends inside '" .. name .. "'" end

            local function doesNotFit(name) return "'" .. name .. "' does not fit the number of bytes" end

            -- Shows the entries of type, length and value that fill a header; gives the problem if there is one.
            local function addEntries(tree, range, data, first, last, type)
                local position = first
                while position <= last and data:byte(position) ~= 0 do
                    if position == last then return endsInside("length") end
                    local count = data:byte(position + 1)
                    if position + 1 + count > last then return endsInside("value") end
                    local value = type and Values.named(tostring(data:byte(position)), type, nil)
                    local name = value and Model.label(value.name) or "Type " .. data:byte(position)
                    local about = value and value.about and (" (" .. value.about .. ")"):gsub("%.%)$", ")") or ""
                    local item = tree:add(Fields.entry.proto, range(position - 1, 2 + count))
                    local bytes = data:sub(position + 2, position + 1 + count):gsub(".", function(byte)
                        return ("%02x"):format(byte:byte())
                    end)
                    item:set_text("Entry: " .. name .. (count > 0 and ", " .. bytes or "") .. about)
                    position = position + 2 + count
                end
            end

            -- Shows a binary header and its data; gives the data, its position and the numbers, or nil if there is a problem.
            local function addHeader(tree, range, data, payload)
                local position, values = 1, {}
                local function take(rows)
                    for _, row in ipairs(rows) do
                        if position + row.width - 1 > #data then return endsInside(row.name) end
                        values[row.name] = addNumber(tree, range, data, position, row)
                        position = position + row.width
                    end
                end
                local wrong = take(payload.numbers)
                if wrong then return nil, wrong, position end
                if payload.headerLength then
                    local last = values[payload.headerLength]
                    if last < position - 1 then return nil, doesNotFit(payload.headerLength), position end
                    if last > #data then return nil, endsInside("options"), position end
                    wrong = addEntries(tree, range, data, position, last, payload.entries and grammar.types[payload.entries])
                    if wrong then return nil, wrong, position end
                    position = last + 1
                end
                local footer = 0
                for _, row in ipairs(payload.footer or {}) do footer = footer + row.width end
                local count = #data - position + 1 - footer
                if payload.dataLength then count = values[payload.dataLength] end
                if count < 0 or count > #data - position + 1 then return nil, endsInside("data"), position end
                local start = position
                position = position + count
                wrong = take(payload.footer or {})
                if wrong then return nil, wrong, start end
                return values, start, count, position
            end

            -- Shows a binary header and its data, which `showInside` may know; gives whether there was no problem.
            function Binary.add(context, tree, range, data, payload, showInside)
                local values, start, count, rest = addHeader(tree, range, data, payload)
                if not values then
                    Findings.problem(tree, range, start)
                    if count <= #data then Binary.addBytes(context, tree, range(count - 1), data:sub(count)) end
                    return
                end
                if count > 0 then
                    local place, inner = range(start - 1, count), data:sub(start, start + count - 1)
                    if not (showInside and showInside(context, tree, place, inner, payload, values)) then
                        Binary.addBytes(context, tree, place, inner)
                    end
                end
                if rest <= #data then Binary.addBytes(context, tree, range(rest - 1), data:sub(rest)) end
            end
        end
        """#
}
