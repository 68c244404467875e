extension Interpreter {
    static let values = #"""
        -- What a word may be: the rules of the types, other spellings that programs are known for, and readable texts.

        local Values = {}
        do
            local has = Model.has

            function Values.isText(bytes)
                if not bytes:find("[\128-\255]") then return true end
                local position, count = 1, #bytes
                while position <= count do
                    local byte = bytes:byte(position)
                    local second = bytes:byte(position + 1) or 0
                    local size
                    if byte < 0x80 then size = 1
                    elseif byte < 0xC2 then return false
                    elseif byte < 0xE0 then size = 2
                    elseif byte < 0xF0 then
                        size = 3
                        if byte == 0xE0 and second < 0xA0 or byte == 0xED and second > 0x9F then return false end
                    elseif byte < 0xF5 then
                        size = 4
                        if byte == 0xF0 and second < 0x90 or byte == 0xF4 and second > 0x8F then return false end
                    else return false end
                    for offset = 1, size - 1 do
                        local next = bytes:byte(position + offset)
                        if next == nil or next < 0x80 or next > 0xBF then return false end
                    end
                    position = position + size
                end
                return true
            end

            local function isInteger(word)
                return word:find("^%-?[1-9]%d*$") ~= nil or word == "0"
            end

            local guid = "^" .. ("%x"):rep(8) .. ("%-" .. ("%x"):rep(4)):rep(3) .. "%-" .. ("%x"):rep(12) .. "$"

            function Values.isGUID(word, braces)
                if braces then
                    if word:sub(1, 1) ~= "{" or word:sub(-1) ~= "}" then return false end
                    word = word:sub(2, -2)
                end
                return word:find(guid) ~= nil
            end

            local characterSets = { digits = "^%d+$", letters = "^%a+$", hexadecimal = "^%x+$" }

            local function fitsShape(shape, word, version)
                if not has(shape.versions, version) then return false end
                if shape.literal then return word == shape.literal end
                local prefix, suffix = shape.prefix or "", shape.suffix or ""
                if word:sub(1, #prefix) ~= prefix or #word <= #prefix + #suffix then return false end
                if suffix ~= "" and word:sub(-#suffix) ~= suffix then return false end
                local middle = word:sub(#prefix + 1, #word - #suffix)
                if shape.length and #middle ~= shape.length then return false end
                if shape.infix and not middle:find(shape.infix, 1, true) then return false end
                local set = characterSets[shape.characters]
                return set == nil or middle:find(set) ~= nil
            end

            -- The text of percent-coded bytes; nil if an escape is wrong or the result is no text.
            function Values.decoded(word)
                if not word:find("%", 1, true) then return Values.isText(word) and word or nil end
                if word:gsub("%%%x%x", ""):find("%", 1, true) then return nil end
                local text = word:gsub("%%(%x%x)", function(digits) return string.char(tonumber(digits, 16)) end)
                return Values.isText(text) and text or nil
            end

            -- The present parts of a composite word, as part, text and place; or nil and the reason.
            local function pieces(word, type, version)
                local result, position = {}, 1
                local parts = type.parts
                local first = parts[1]
                if first.before then
                    local digits = word:match("^%d+")
                    local isThere = digits and word:sub(#digits + 1, #digits + #first.before) == first.before
                    local isKnown = has(first.versions, version)
                    if isThere and not isKnown then
                        return nil, "has the part '" .. first.name .. "', which this version lacks"
                    elseif isThere then
                        table.insert(result, { part = first, text = digits, start = 1 })
                        position = #digits + #first.before + 1
                    elseif isKnown and not first.optional then
                        return nil, "lacks the part '" .. first.name .. "' with '" .. first.before .. "'"
                    end
                end
                for index, part in ipairs(parts) do
                    if has(part.versions, version) and not part.before then
                        local after = part.after or ""
                        local isThere = word:sub(position, position + #after - 1) == after
                        if not isThere or index > 1 and position > #word and after ~= "" then
                            if not part.optional then return nil, "lacks the part '" .. part.name .. "'" end
                        else
                            position = position + #after
                            local stop = #word + 1
                            for later = index + 1, #parts do
                                local mark = parts[later].after
                                local place = mark and word:find(mark, position, true)
                                if place and place < stop then stop = place end
                            end
                            table.insert(result, { part = part, text = word:sub(position, stop - 1), start = position })
                            position = stop
                        end
                    end
                end
                if position <= #word then return nil, "continues after its last part in this version" end
                return result
            end
            Values.pieces = pieces

            -- Whether a number is in a range; as numbers of more than 15 digits are not exact here, they are compared as texts
            -- by their length first.
            local function isInRange(word, minimum, maximum)
                if #word > 16 then return false end
                local number = tonumber(word)
                return number >= minimum and number <= maximum
            end

            local check

            local checks = {
                token = function(word, type, version)
                    if #word > type.limit then return "is longer than " .. type.limit .. " bytes" end
                    if not type.shapes then return nil end
                    for _, shape in ipairs(type.shapes) do
                        if fitsShape(shape, word, version) then return nil end
                    end
                    return "does not have the shape of " .. type.name
                end,
                text = function(word, type)
                    if #word > type.limit then return "is longer than " .. type.limit .. " bytes" end
                    if not Values.decoded(word) then return "is not percent-coded text" end
                end,
                integer = function(word, type, _, rules)
                    if not isInteger(word) then return "is not a number" end
                    local minimum = rules and rules.minimum or type.minimum or 0
                    local maximum = rules and rules.maximum or type.maximum or 4294967295
                    if not isInRange(word, minimum, maximum) then
                        return ("is not in %.0f to %.0f"):format(minimum, maximum)
                    end
                end,
                boolean = function(word, type)
                    if word ~= type.no and word ~= type.yes then
                        return "is neither '" .. type.no .. "' nor '" .. type.yes .. "'"
                    end
                end,
                guid = function(word, type)
                    if not Values.isGUID(word, type.braces) then
                        return type.braces and "is not a GUID in braces" or "is not a GUID"
                    end
                end,
                enumeration = function(word, type, version)
                    if type.open then return nil end
                    local value = type.byWire[word]
                    if value == nil then return "is not one of the values of " .. type.name end
                    if not has(value.versions, version) then return "is '" .. word .. "', which this version lacks" end
                end,
                rest = function(word, type)
                    if #word > type.limit then return "is longer than " .. type.limit .. " bytes" end
                end,
                flags = function(word)
                    if not isInteger(word) or not isInRange(word, 0, 4294967295) then
                        return "is not a number from 0 to 4294967295"
                    end
                end,
                composite = function(word, type, version, rules)
                    local found, reason = pieces(word, type, version)
                    if not found then return reason end
                    for _, piece in ipairs(found) do
                        -- In header fields, peers leave unknown parts empty.
                        local mayBeEmpty = rules and rules.isField and not type.isWord
                        if not (piece.text == "" and mayBeEmpty) then
                            local problem = check(piece.text, piece.part.type, version)
                            if problem then return "has the part '" .. piece.part.name .. "', which " .. problem end
                        end
                    end
                end,
            }

            -- Why a word is no value of a type; nil if it is one. The rules are those of a parameter, if there are any.
            function check(word, type, version, rules)
                if word == "" then
                    if rules and rules.empty then return nil end
                    return "is empty"
                end
                return checks[type.kind](word, type, version, rules)
            end
            Values.check = check

            local asField = { isField = true }

            -- Why a word is no value of a field of a payload, which has no version. An empty one is as good as none.
            function Values.checkField(word, type, rules)
                if word == "" or type.kind == "token" and not type.shapes then return nil end
                if type.kind == "text" then return not Values.decoded(word) and "is not percent-coded text" or nil end
                if rules and (rules.minimum or rules.maximum) then return checks.integer(word, type, nil, rules) end
                return check(word, type, nil, rules or asField)
            end

            local function folded(word, type, version)
                local lowered = word:lower()
                if type.kind == "boolean" then
                    for _, other in ipairs({ type.no, type.yes }) do
                        if other:lower() == lowered and other ~= word then return other end
                    end
                else
                    for _, value in ipairs(type.values) do
                        if has(value.versions, version) and value.wire:lower() == lowered then
                            return value.wire ~= word and value.wire or nil
                        end
                    end
                end
            end

            local spellings = {
                bare = function(word) return Values.isGUID(word, false) and "{" .. word .. "}" or nil end,
                ["leading-zeros"] = function(word)
                    if not word:find("^0%d+$") then return nil end
                    return (word:gsub("^0+", "")):match("^%d+$") or "0"
                end,
                fraction = function(word) return word:match("^(%d+)%.%d+$") end,
                ["stray-percent"] = function(word)
                    local result = word:gsub("%%(%x?%x?)", function(digits)
                        return #digits == 2 and "%" .. digits or "%25" .. digits
                    end)
                    return result ~= word and result or nil
                end,
                ["letter-case"] = folded,
            }

            -- The word as its type spells it, and the deviations; nil if they are not all that is wrong with it.
            function Values.respelled(word, type, version, rules)
                local result, found = word, {}
                if type.kind == "composite" then
                    local parts = pieces(word, type, version)
                    if not parts then return nil end
                    result = ""
                    for _, piece in ipairs(parts) do
                        local text = piece.text
                        if check(text, piece.part.type, version) then
                            local inner
                            text, inner = Values.respelled(text, piece.part.type, version)
                            if not text then return nil end
                            for _, deviation in ipairs(inner) do table.insert(found, deviation) end
                        end
                        result = result .. (piece.part.after or "") .. text .. (piece.part.before or "")
                    end
                end
                for _, deviation in ipairs(type.deviations or {}) do
                    if has(deviation.versions, version) then
                        local spelled = spellings[deviation.spelling](result, type, version)
                        if spelled then
                            result = spelled
                            table.insert(found, deviation)
                        end
                    end
                end
                if #found == 0 or check(result, type, version, rules) then return nil end
                return result, found
            end

            -- The readable text of a word.
            function Values.text(word, type, version)
                if type.kind == "text" then return Values.decoded(word) or word end
                if type.kind == "boolean" then return word == type.yes and "true" or word == type.no and "false" or word end
                if type.kind == "composite" then
                    local found = pieces(word, type, version)
                    if not found then return word end
                    local result = ""
                    for _, piece in ipairs(found) do
                        local text = Values.text(piece.text, piece.part.type, version)
                        result = result .. (piece.part.after or "") .. text .. (piece.part.before or "")
                    end
                    return result
                end
                return word
            end

            -- The value of an enumeration that a word names in a version; nil if it has no name.
            function Values.named(word, type, version)
                local value = type.byWire[word]
                return value and has(value.versions, version) and value or nil
            end

            -- Whether the bits of a mask are set, without operators that only some versions of Lua have.
            function Values.hasBit(number, mask)
                return mask > 0 and math.floor(number / mask) % 2 == 1
            end
        end
        """#
}
