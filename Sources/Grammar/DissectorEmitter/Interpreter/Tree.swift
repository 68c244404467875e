extension Interpreter {
    static let tree = #"""
        -- Shows values in the tree of a packet.

        local Tree = {}
        do
            -- A number that may be negative or larger than Lua's numbers are exact.
            local function signed(text)
                local negative, digits = text:match("^(%-?)(%d+)$")
                if not digits then return nil end
                local result = Int64(0)
                for digit in digits:gmatch("%d") do result = result * 10 + tonumber(digit) end
                return negative == "-" and -result or result
            end

            local converters = {
                -- Wireshark ends a text at a zero byte.
                string = function(word, type, version)
                    return ((type and Values.text(word, type, version) or word):gsub("%z", "\226\144\128"))
                end,
                boolean = function(word, type) return word == type.yes end,
                number = function(word) return tonumber(word) end,
                flags = function(word) return tonumber(word) end,
                signed = signed,
                long = function(word) return UInt64(tonumber(word)) end,
            }

            local function sentence(text)
                return (text:gsub("%.$", ""))
            end

            -- The name and the meaning of a value of an enumeration, if it has one.
            local function addName(item, field, range, value)
                if not value then return end
                local about = value.about and ": " .. sentence(value.about) or ""
                item:append_text(" (" .. value.name .. about .. ")")
                if field.name then
                    item:add(field.name.proto, range, value.name):set_generated()
                end
            end

            local addValue

            local function addFlags(item, range, number, type, version)
                local own = Fields.types[type.name]
                local names = {}
                for _, bit in ipairs(type.values) do
                    if Model.has(bit.versions, version) then
                        local isSet = Values.hasBit(number, bit.wire)
                        if isSet then table.insert(names, bit.name) end
                        item:add(own[bit.name].proto, range, isSet)
                    end
                end
                for _, field in ipairs(type.fields or {}) do
                    if Model.has(field.versions, version) then
                        local part = math.floor(number / 2 ^ field.first) % 2 ^ (field.last - field.first + 1)
                        local word = ("%d"):format(part)
                        local value = field.type.kind == "enumeration" and Values.named(word, field.type, version)
                        if part ~= 0 and value then table.insert(names, value.name) end
                        addValue(item, own[field.name], range, word, field.type, version)
                    end
                end
                if #names > 0 then item:append_text(" (" .. table.concat(names, ", ") .. ")") end
            end

            local function addParts(item, range, word, type, version, isExact)
                local own = Fields.types[type.name]
                for _, piece in ipairs(Values.pieces(word, type, version) or {}) do
                    local place = isExact and Tree.part(range, piece.start, #piece.text) or range
                    if piece.text ~= "" then
                        addValue(item, own[piece.part.name], place, piece.text, piece.part.type, version)
                    end
                end
            end

            -- Adds a value of a type, with its meaning, its parts or its bits.
            function addValue(tree, field, range, word, type, version)
                local converted = converters[field.kind](word, type, version)
                if converted == nil then return nil end
                local item = tree:add(field.proto, range, converted)
                if word == "" or not type then return item end
                if type.kind == "enumeration" then
                    addName(item, field, range, Values.named(word, type, version))
                elseif type.kind == "flags" then
                    if tonumber(word) then addFlags(item, range, tonumber(word), type, version) end
                elseif type.kind == "composite" then
                    addParts(item, range, word, type, version, range:len() == #word)
                elseif type.kind == "token" and word:find("%%%x%x") then
                    local text = Values.decoded(word)
                    -- Wireshark cuts long labels off.
                    if text and #word > 80 then
                        item:add(range, "Decoded: " .. text):set_generated()
                    elseif text then
                        item:append_text(" (" .. text .. ")")
                    end
                end
                return item
            end
            Tree.addValue = addValue

            -- Adds the name of a secret in place of its value.
            function Tree.addHidden(tree, range, name)
                tree:add(Fields.hidden.proto, range, name):set_text(Model.label(name) .. ": hidden, see the preferences")
            end

            -- A part of a range, counted from 1. Nothing has no place, because that could be behind the end.
            function Tree.part(range, start, count)
                if not start or count <= 0 then return range(0, 0) end
                return range(start - 1, count)
            end

            local function place(range, value) return Tree.part(range, value.start, value.count) end

            -- Adds the values of a line; `range` is the line.
            function Tree.addLine(tree, range, result, settings)
                for _, value in ipairs(result.values) do
                    local parameter = value.parameter
                    for _, item in ipairs(value.items or { value }) do
                        if parameter.hidden and not settings.secrets then
                            if item == (value.items and value.items[1] or value) then
                                Tree.addHidden(tree, place(range, item), parameter.name)
                            end
                        else
                            local blob = Particulars.blobs[result.form.fullName .. "." .. parameter.name]
                            local shown = addValue(
                                tree, parameter.field, place(range, item), item.word, parameter.type, result.version)
                            if shown and blob then Blobs.add(shown, item.word, blob) end
                        end
                    end
                    if value.items and #value.items == 0 and not parameter.hidden then
                        tree:add(range(0, 0), Model.label(parameter.name) .. ": none"):set_generated()
                    end
                end
            end

            -- Adds the words of a line that could not be read, which may be secrets.
            function Tree.addWords(tree, range, words, starts, settings)
                for index, word in ipairs(words) do
                    local place = range(starts[index] - 1, #word)
                    if settings.secrets then
                        tree:add(Fields.word.proto, place, word)
                    else
                        tree:add(Fields.hidden.proto, place, "word"):set_text(
                            ("Word %d: %d bytes, hidden, see the preferences"):format(index, #word))
                    end
                end
            end

            -- Says which payload of the grammar this is.
            function Tree.addKind(tree, range, payload)
                local item = tree:add(Fields["payload.kind"].proto, range(0, 0), payload.name):set_generated()
                if payload.about then item:append_text(" (" .. sentence(payload.about) .. ")") end
            end

            function Tree.addExpert(item, name, text)
                item:add_proto_expert_info(Fields.expert[name], text)
            end
        end
        """#
}
