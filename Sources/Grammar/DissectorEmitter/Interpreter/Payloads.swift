extension Interpreter {
    static let payloads = #"""
        -- Shows what payloads contain: messages with headers, header blocks, binary headers and documents.

        local Payloads = {}
        do
            local messages = {}
            for _, payload in pairs(grammar.payloads) do
                if payload.kind == "mime" then messages[payload.type] = payload end
            end

            local showInside

            -- Whether the line at the start of data is one of a type.
            local function begins(data, row)
                if not row then return true end
                local line = data:match("^[^\n]*"):gsub("\r$", "")
                return Values.check(line, row.type, nil) == nil
            end

            -- The header of a field by its name in the grammar.
            local function headerOf(payload, name)
                local rows = {}
                for _, block in ipairs(payload.blocks or { payload }) do
                    for _, row in ipairs(block.fields or {}) do rows[row.name] = rows[row.name] or row.header end
                end
                return rows[name] or name
            end

            -- Whether what a payload needs around it is there, in the numbers or the header lines of its bearer.
            local function holds(conditions, bearer, numbers, lines)
                for _, condition in ipairs(conditions or {}) do
                    local kind, name, other = condition[1], condition[2], condition[3]
                    local isThere
                    if kind == "number" then
                        isThere = numbers[name] == other
                    elseif kind == "equal" then
                        isThere = numbers[name] == numbers[other]
                    else
                        isThere = (Headers.find(lines, headerOf(bearer, name)) ~= nil) == (kind == "present")
                    end
                    if not isThere then return false end
                end
                return true
            end

            -- The payload inside of a payload, and whether this is only its first part: it goes in several then.
            local function inside(data, bearer, numbers, lines)
                local header = Headers.find(lines, Particulars.typeField)
                local contentType = header and Headers.mediaType(header.value)
                for _, row in ipairs(bearer.inside or {}) do
                    local payload = grammar.payloads[row.payload]
                    local startLine = payload.blocks and payload.blocks[1].startLine
                    if (payload.contentType == nil or payload.contentType == contentType) and begins(data, startLine) then
                        if holds(row.when, bearer, numbers, lines) then return payload, false end
                        if startLine then return payload, true end
                    end
                end
            end

            -- Shows what is in the value of a field: a document, or in base64 a description of an object or a file.
            function Headers.addInner(context, item, place, word, rule)
                if word:find("^<%a") and #word == place:len() then return Binary.addBytes(context, item, place, word) end
                local data = rule and Blobs.decoded(word)
                if not data or data == "" then return end
                local range = ByteArray.new(data, true):tvb("Decoded"):range()
                if data:find("^%s*<") then
                    -- Some clients end it as a string of C.
                    data = data:gsub("%z+$", "")
                    return Binary.addBytes(context, item, range(0, #data), data)
                end
                local payload = grammar.payloads[rule.payload]
                local branch = item:add(range, Model.label(payload.name))
                Findings.part(Binary.add, context, branch, range, data, payload, function(_, tree, place, inner)
                    -- It ends with a zero.
                    local count = 0
                    while count + 1 < #inner and inner:byte(count + 1) + inner:byte(count + 2) > 0 do count = count + 2 end
                    if count == 0 then return false end
                    local text = place(0, count):le_ustring()
                    tree:add(Fields.text.proto, place(0, count), text):set_text(rule.text .. ": " .. text)
                    return true
                end)
            end

            local function addBlocks(context, tree, range, data, payload)
                local position, blocks, all = 1, {}, {}
                for _, row in ipairs(payload.blocks) do
                    local lines, next = Headers.read(data, position, row.startLine ~= nil)
                    if not lines then
                        Findings.problem(tree, range, next)
                        return Binary.addBytes(context, tree, range, data)
                    end
                    table.insert(blocks, { lines = lines, start = position, next = next })
                    for _, line in ipairs(lines) do table.insert(all, line) end
                    position = next
                end
                for index, row in ipairs(payload.blocks) do
                    local block = blocks[index]
                    local branch = tree:add(Tree.part(range, block.start, block.next - block.start), Model.label(row.name))
                    Headers.add(context, branch, range, block.lines, row.fields, row.startLine, payload.name)
                end
                local length = payload.bodyLength and Headers.find(all, headerOf(payload, payload.bodyLength))
                local digits = length and length.value:match("^[+-]?(%d+)[ \t]*$")
                if digits and #digits <= 18 and tonumber(digits) ~= #data - position + 1 then
                    Findings.problem(tree, range, "'" .. length.name .. "' does not fit the number of bytes")
                end
                if position > #data then return end
                local place, rest = Tree.part(range, position, #data - position + 1), data:sub(position)
                if rest == "\0" then
                    tree:add(place, "A zero byte at the end")
                elseif not showInside(context, tree, place, rest, payload, {}, all) then
                    Binary.addBytes(context, tree, place, rest)
                end
            end

            local function addPayload(context, tree, range, data, payload)
                if payload.kind == "binary" then
                    Binary.add(context, tree, range, data, payload, showInside)
                else
                    addBlocks(context, tree, range, data, payload)
                end
            end

            -- Shows the payload inside of another one; gives whether the grammar knows it.
            function showInside(context, tree, range, data, bearer, numbers, lines)
                local payload, isPart = inside(data, bearer, numbers, lines or {})
                if not payload then return false end
                local branch = tree:add(range, Model.label(payload.name) .. (isPart and ", its first part" or ""))
                Tree.addKind(branch, range, payload)
                local show = isPart and Findings.part or Findings.inside
                show(addPayload, context, branch, range, data, payload)
                return true
            end

            local function addMessage(context, tree, range, data)
                local lines, position = Headers.read(data, 1)
                if not lines then return Findings.problem(tree, range, position) end
                local header = Headers.find(lines, Particulars.typeField)
                local contentType = header and Headers.mediaType(header.value) or ""
                local payload = messages[contentType]
                tree:append_text(", " .. (payload and payload.name or contentType ~= "" and contentType or "no content type"))
                if payload then
                    Tree.addKind(tree, range, payload)
                end
                Headers.add(context, tree, range, lines, payload and not payload.inBody and payload.fields or {})
                if position > #data then
                    if payload and payload.inBody then Headers.add(context, tree, range(0, 0), {}, payload.fields) end
                    return
                end
                local rest, body = range(position - 1), data:sub(position)
                if payload and payload.inBody then
                    local fields, stop = Headers.read(body, 1)
                    if not fields then return Findings.problem(tree, rest, stop) end
                    Headers.add(context, tree, rest, fields, payload.fields)
                    if stop <= #body then Binary.addBytes(context, tree, rest(stop - 1), body:sub(stop)) end
                elseif not (payload and showInside(context, tree, rest, body, payload, {}, lines)) then
                    Binary.addBytes(context, tree, rest, body)
                end
            end

            -- What a form carries in a version, beside messages.
            local function content(form, version)
                for _, name in ipairs(form.payload.contents or {}) do
                    local payload = grammar.payloads[name]
                    if Model.has(payload.versions, version) and payload.kind ~= "xml" then return payload end
                end
            end

            -- Shows the payload of a form.
            function Payloads.add(context, tree, range, data, form, version)
                if data == "" then return end
                Findings.begin()
                local payload = content(form, version)
                local format = form.payload.format
                if payload then
                    tree:append_text(", " .. payload.name)
                    Tree.addKind(tree, range, payload)
                    addPayload(context, tree, range, data, payload)
                elseif format == "mime" then
                    addMessage(context, tree, range, data)
                elseif format == "xml" then
                    Documents.add(context, tree, range, data, form, version)
                else
                    if format == "text" and not Values.isText(data) then
                        Findings.problem(tree, range, "the payload is not UTF-8 text")
                    end
                    Binary.addBytes(context, tree, range, data)
                end
            end

            -- Shows a block of a file.
            function Payloads.addFileBlock(context, tree, range, data)
                Findings.begin()
                Binary.add(context, tree, range, data, grammar.payloads.transferBlock)
            end
        end
        """#
}
