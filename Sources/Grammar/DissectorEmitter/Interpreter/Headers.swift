extension Interpreter {
    static let headers = #"""
        -- Reads and shows blocks of header lines.

        local Headers = {}
        do
            -- The names of header fields that are secrets in any message.
            local secrets = {}
            for _, payload in pairs(grammar.payloads) do
                local function note(rows)
                    for _, row in ipairs(rows or {}) do
                        if row.type.hidden then secrets[row.header:lower()] = true end
                    end
                end
                if payload.kind == "mime" then note(payload.fields) end
            end

            -- A line of a block; `start` is where it begins.
            local function line(text, start, isStartLine)
                if text:find("[\r%z]") then
                    return { start = start, text = text, isStartLine = isStartLine, problem = "a header has a forbidden byte" }
                end
                if isStartLine then return { start = start, text = text, isStartLine = true } end
                local name, value = text:match("^([^:]+):[ \t]*(.*)$")
                if not name then return { start = start, text = text, problem = "a line is no header" } end
                return { start = start, text = text, name = name, value = value, valueStart = start + #text - #value }
            end

            -- The lines of a header block and the position behind it; or nil and what is wrong with the block.
            function Headers.read(data, position, hasStartLine)
                local lines = {}
                local longest = position + math.min(grammar.limits.headerBytes, math.max(0, #data - position + 1))
                while position <= #data do
                    local feed = data:find("\n", position, true) or #data + 1
                    if feed > longest and feed ~= position then return nil, "headers are too long" end
                    local stop = feed
                    if feed > position and feed <= #data and data:byte(feed - 1) == 13 then stop = feed - 1 end
                    if stop == position then return lines, math.min(feed, #data) + 1, true end
                    if #lines >= grammar.limits.headers then return nil, "there are too many headers" end
                    table.insert(lines, line(data:sub(position, stop - 1), position, hasStartLine and #lines == 0))
                    position = math.min(feed, #data) + 1
                end
                return lines, position, false
            end

            -- A media type without its parameters.
            function Headers.mediaType(value)
                return (value:match("^[^;]*"):gsub("[ \t]+$", ""):lower())
            end

            function Headers.find(lines, name)
                name = name:lower()
                for _, line in ipairs(lines) do
                    if line.name and line.name:lower() == name then return line end
                end
            end

            -- The value of a field and its deviations, or nil and why it is none. Blanks behind it belong only to texts.
            local function accept(value, type)
                if type.kind ~= "token" and type.kind ~= "text" then value = value:gsub("[ \t]+$", "") end
                local reason = Values.checkField(value, type)
                if not reason then return value, {} end
                local spelled, found = Values.respelled(value, type, nil, nil)
                if spelled then return spelled, found end
                return nil, reason
            end

            -- Shows the line before the fields.
            local function addStartLine(tree, range, line, row)
                if not line or line.text == "" then
                    return Findings.problem(tree, range(0, 0), "'start line' is missing")
                end
                local place = Tree.part(range, line.start, #line.text)
                local word, found = accept(line.text, row.type)
                if not word then
                    tree:add(Fields.header.proto, place, line.text)
                    return Findings.problem(tree, place, "'start line' " .. found)
                end
                Tree.addValue(tree, row.field, place, word, row.type, nil)
                for _, deviation in ipairs(found) do Findings.deviation(tree, place, deviation) end
            end

            -- Shows the lines of a block by what is known of its fields, and of the line before them.
            function Headers.add(context, tree, range, lines, fields, startLine, owner)
                if startLine then addStartLine(tree, range, lines[1], startLine) end
                local rows = {}
                for _, row in ipairs(fields) do rows[row.header:lower()] = row end
                local seen = {}
                for _, line in ipairs(lines) do
                    local place = range(line.start - 1, #line.text)
                    local name = line.name and line.name:lower()
                    local row = name and not seen[name] and rows[name]
                    if line.isStartLine then
                        if line.problem then Findings.problem(tree, place, line.problem) end
                    elseif line.problem then
                        tree:add(Fields.header.proto, place, line.text)
                        Findings.problem(tree, place, line.problem)
                    elseif secrets[name] and line.value:find("[1-9%a]") and not context.settings.secrets then
                        Tree.addHidden(tree, place, line.name)
                    elseif row then
                        seen[name] = true
                        local word, found = accept(line.value, row.type)
                        local valuePlace = Tree.part(range, line.valueStart, #line.value)
                        if not word or word == "" and row.field.kind ~= "string" then
                            tree:add(Fields.header.proto, place, line.text)
                        else
                            local item = Tree.addValue(tree, row.field, valuePlace, word, row.type, nil)
                            local rule = Particulars.wrapped[(owner or "") .. "." .. row.name]
                            if item then Headers.addInner(context, item, valuePlace, word, rule) end
                            if item and row.header:lower() ~= row.field.label:lower() then
                                item:prepend_text(line.name .. " = ")
                            end
                        end
                        if word then
                            for _, deviation in ipairs(found) do Findings.deviation(tree, place, deviation) end
                        else
                            Findings.problem(tree, place, "'" .. row.header .. "' " .. found)
                        end
                    else
                        tree:add(Fields.header.proto, place, line.text)
                    end
                end
                for _, row in ipairs(fields) do
                    if row.required and not Headers.find(lines, row.header) then
                        Findings.problem(tree, range(0, 0), "'" .. row.header .. "' is missing")
                    end
                end
            end
        end
        """#
}
