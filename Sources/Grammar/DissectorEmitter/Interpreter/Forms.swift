extension Interpreter {
    static let forms = #"""
        -- Reads one line: finds its form, then its parameters word by word.

        local Forms = {}
        do
            local has, check = Model.has, Values.check

            local function failure(kind, plan, parameter, reason, place)
                return { kind = kind, form = plan and plan.form, parameter = parameter, reason = reason, place = place }
            end

            -- The texts that a condition may compare a value with.
            local function holds(condition, result)
                local found
                for _, value in ipairs(result.values) do
                    if value.parameter.name == condition[1] and not value.items then found = value end
                end
                if not found then return false end
                local type = found.parameter.type
                if type.kind == "flags" then
                    for _, bit in ipairs(type.values) do
                        if bit.name == condition[2] then return Values.hasBit(tonumber(found.word), bit.wire) end
                    end
                end
                if type.kind == "enumeration" then
                    local named = Values.named(found.word, type, result.version)
                    if named and named.name == condition[2] then return true end
                end
                return found.word == condition[2] or Values.text(found.word, type, result.version) == condition[2]
            end

            local function isThere(step, words, cursor)
                local parameter = step.parameter
                if #words - cursor + 1 <= step.behind then return false end
                local prefix = parameter.prefix
                if prefix and words[cursor]:sub(1, #prefix) ~= prefix then return false end
                return parameter.literal == nil or words[cursor] == parameter.literal
            end

            -- Checks a word; gives it as its type spells it, or nil and the reason.
            local function accept(word, parameter, isTolerant, result)
                local reason = check(word, parameter.type, result.version, parameter)
                if not reason then return word end
                if isTolerant then
                    local spelled, found = Values.respelled(word, parameter.type, result.version, parameter)
                    if spelled then
                        for _, deviation in ipairs(found) do
                            table.insert(result.deviations, { deviation = deviation, parameter = parameter.name })
                        end
                        return spelled
                    end
                end
                return nil, reason
            end

            -- Says what is wrong with the word that is the length of the payload; nil if nothing is.
            local function readLength(words, plan, payloadCount, cursor)
                local word = words[cursor]
                if word == nil then return failure("missingParameter", plan, "payload", "is missing") end
                local isNumber = word == "0" or word:find("^[1-9]%d*$") and #word <= 10
                local length = isNumber and tonumber(word) or nil
                local count = payloadCount or (cursor == #words or plan.payload.place) and 0 or nil
                if not length or length ~= count or plan.payload.length and plan.payload.length ~= length then
                    return failure("wrongPayloadLength", plan, "payload", "does not match the payload", cursor)
                end
                if length > plan.payload.limit then
                    return failure("invalidValue", plan, "payload", "is more than " .. plan.payload.limit, cursor)
                end
            end

            -- Reads the words by a plan; gives the values, or nil and what is wrong.
            local function read(words, starts, plan, payloadCount, version, isTolerant)
                local result = { plan = plan, form = plan.form, version = version, values = {}, deviations = {} }
                local values = result.values
                local cursor = 1
                local rule = plan.transaction
                if rule ~= "none" and not (rule == "optional" and words[1] == nil) then
                    if words[1] == nil then
                        return nil, failure("missingTransactionID", plan, nil, "the line has no transaction ID")
                    end
                    if not Words.isTransaction(words[1]) or rule == "zero" and tonumber(words[1]) ~= 0 then
                        return nil, failure("invalidTransactionID", plan, nil, "this is not a transaction ID", 1)
                    end
                    result.transaction = words[1]
                    cursor = 2
                end
                for _, step in ipairs(plan.steps) do
                    local parameter = step.parameter or { name = "payload" }
                    local name = parameter.literal or parameter.name
                    local lengthWords = step.behind
                    if step.isLength then
                        local wrong = readLength(words, plan, payloadCount, cursor)
                        if wrong then return nil, wrong end
                        result.lengthWord = cursor
                        cursor = cursor + 1
                    elseif parameter.when and not holds(parameter.when, result) then
                        -- The value of another parameter says that it is not there.
                    elseif parameter.optional and not isThere(step, words, cursor) then
                        if parameter.absent then
                            values[#values + 1] = { parameter = parameter, word = parameter.absent }
                        end
                    elseif parameter.words then
                        -- Behind a list there is a length at most.
                        if #words - cursor + 1 < parameter.words + lengthWords then
                            return nil, failure("missingParameter", plan, name, "is missing")
                        end
                        local items = {}
                        while #words - cursor + 1 > lengthWords do
                            local word, reason = accept(words[cursor], parameter, isTolerant, result)
                            if not word then return nil, failure("invalidValue", plan, name, reason, cursor) end
                            items[#items + 1] = { word = word, start = starts[cursor], count = #words[cursor] }
                            cursor = cursor + 1
                        end
                        values[#values + 1] = { parameter = parameter, items = items }
                    else
                        local word = words[cursor]
                        if word == nil then return nil, failure("missingParameter", plan, name, "is missing") end
                        local isRest = parameter.type and parameter.type.kind == "rest"
                        if isRest then word = Words.rest(words, starts[cursor]) end
                        if parameter.literal then
                            if word ~= parameter.literal then
                                return nil, failure("invalidValue", plan, name, "was expected", cursor)
                            end
                        else
                            local start = starts[cursor]
                            local prefix = parameter.prefix
                            if prefix then
                                if word:sub(1, #prefix) ~= prefix then
                                    local reason = "does not start with '" .. prefix .. "'"
                                    return nil, failure("invalidValue", plan, name, reason, cursor)
                                end
                                word = word:sub(#prefix + 1)
                                start = start + #prefix
                            end
                            if parameter.separator then
                                local items = {}
                                local place = 1
                                repeat
                                    local stop = word:find(parameter.separator, place, true)
                                    local text = word:sub(place, (stop or 0) - 1)
                                    local item, reason = accept(text, parameter, isTolerant, result)
                                    if not item and not (word == "" and parameter.empty) then
                                        return nil, failure("invalidValue", plan, name, reason, cursor)
                                    end
                                    items[#items + 1] = { word = item or "", start = start + place - 1, count = #text }
                                    place = (stop or 0) + 1
                                until stop == nil
                                values[#values + 1] = { parameter = parameter, items = items }
                            else
                                local value, reason = accept(word, parameter, isTolerant, result)
                                if not value then return nil, failure("invalidValue", plan, name, reason, cursor) end
                                values[#values + 1] = { parameter = parameter, word = value, start = start, count = #word }
                            end
                        end
                        cursor = isRest and #words + 1 or cursor + 1
                    end
                end
                if cursor <= #words then
                    local reason = "the line continues after its last parameter"
                    return nil, failure("extraParameter", plan, nil, reason, cursor)
                end
                for _, value in ipairs(plan.payload and plan.payload.header and values or {}) do
                    local count = payloadCount or 0
                    if value.parameter.name == plan.payload.header and tonumber(value.word) > count then
                        local reason = "is more than " .. count .. ", the bytes of the payload"
                        return nil, failure("invalidValue", plan, value.parameter.name, reason)
                    end
                end
                return result
            end

            -- Reads a line by what programs are known to send instead: other spellings first, then other forms, then both.
            local function readTolerantly(words, starts, entry, payloadCount, version)
                for _, candidate in ipairs(entry.candidates) do
                    local found = read(words, starts, candidate.plan, payloadCount, version, true)
                    if found and #found.deviations > 0 then return found end
                end
                for _, isTolerant in ipairs({ false, true }) do
                    for _, plan in ipairs(entry.deviant) do
                        local found = read(words, starts, plan, payloadCount, version, isTolerant)
                        if found then
                            local about = { about = plan.form.deviation, programs = plan.form.programs }
                            table.insert(found.deviations, 1, { deviation = about })
                            return found
                        end
                    end
                end
            end

            local function readError(number, words, payloadCount)
                local result = { error = Model.errors[tonumber(number)] or { number = tonumber(number) } }
                result.values, result.deviations = {}, {}
                local cursor = 1
                if Words.isTransaction(words[1]) then
                    result.transaction = words[1]
                    cursor = 2
                end
                if words[cursor] then
                    if payloadCount == nil or words[cursor] ~= tostring(payloadCount) then
                        return nil, failure("wrongPayloadLength", nil, "payload", "does not match the payload", cursor)
                    end
                    result.lengthWord = cursor
                    cursor = cursor + 1
                end
                if words[cursor] then
                    return nil, failure("extraParameter", nil, nil, "the line continues after its last parameter", cursor)
                end
                return result
            end

            -- Reads a line; gives what it says, or nil and what is wrong. Its words come with both.
            function Forms.read(line, payloadCount, lines)
                local command = line:match("^[^ ]*")
                local entry = lines.entries[command]
                local words, starts = Words.split(line, entry and entry.keepsEmpty)
                if line:find("[%z\1-\31\127]") then
                    return nil, failure("forbiddenByte", nil, nil, "the line contains a control character"), words, starts
                end
                if #words > grammar.limits.parameters and not (entry and entry.hasRest) then
                    local reason = "more than " .. grammar.limits.parameters .. " words after the command word"
                    return nil, failure("tooManyParameters", nil, nil, reason), words, starts
                end
                if not Values.isText(line) then
                    return nil, failure("invalidUTF8", nil, nil, "the line is not UTF-8"), words, starts
                end
                if Model.hasErrors and entry == false and lines.sender == "server" and command:find("^%d%d%d$") then
                    local result, wrong = readError(command, words, payloadCount)
                    return result, wrong, words, starts
                end
                if not entry or entry.isNamed then
                    return nil, failure("unknownCommand", nil, nil, "unknown command"), words, starts
                end
                local wrong
                if #entry.candidates == 0 then
                    local name = Model.versionNames[lines.version] or "version " .. lines.version
                    local reason = ("a %s has no '%s' on %s in %s"):format(lines.sender, command, lines.service, name)
                    wrong = failure("notInVersion", nil, nil, reason)
                else
                    local plan = Words.choose(entry.candidates, words)
                    if plan then
                        local result
                        result, wrong = read(words, starts, plan, payloadCount, lines.version, false)
                        if result then return result, nil, words, starts end
                    else
                        wrong = failure("noMatchingForm", nil, nil, "the line matches no form")
                    end
                end
                local result = readTolerantly(words, starts, entry, payloadCount, lines.version)
                return result, not result and wrong or nil, words, starts
            end
        end
        """#
}
