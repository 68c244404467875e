extension Interpreter {
    static let model = #"""
        -- Prepares the tables of the grammar: sets of versions, types by name, and what a sender's lines may be in a context.

        local Model = {}
        do
            local sets = {}

            -- A set of versions such as "2-7,10"; nil stands for all.
            local function set(text)
                if text == nil then return nil end
                local found = sets[text]
                if found then return found end
                found = {}
                for first, last in text:gmatch("(%d+)%-?(%d*)") do
                    for version = tonumber(first), tonumber(last) or tonumber(first) do found[version] = true end
                end
                sets[text] = found
                return found
            end

            -- Whether a set contains a version. Payloads have no version; they have whatever any version has.
            local function has(versions, version)
                return versions == nil or version == nil or versions[version] == true
            end
            Model.has = has

            local function services(names)
                if names == nil then return nil end
                local found = {}
                for _, name in ipairs(names) do found[name] = true end
                return found
            end

            local function prepare(rows)
                for _, row in ipairs(rows or {}) do row.versions = set(row.versions) end
            end

            for name, type in pairs(grammar.types) do
                type.name = name
                prepare(type.shapes)
                prepare(type.deviations)
                if type.kind == "enumeration" then
                    prepare(type.values)
                    type.byWire = {}
                    for index = #type.values, 1, -1 do type.byWire[type.values[index].wire] = type.values[index] end
                elseif type.kind == "flags" then
                    prepare(type.values)
                    prepare(type.fields)
                    for _, field in ipairs(type.fields or {}) do field.type = grammar.types[field.type] end
                elseif type.kind == "composite" then
                    prepare(type.parts)
                    for _, part in ipairs(type.parts) do part.type = grammar.types[part.type] end
                end
            end

            local function prepareForm(form, command, sender)
                form.command = command
                form.sender = sender
                form.fullName = command .. "." .. form.name
                form.versions = set(form.versions)
                form.services = services(form.services)
                form.transaction = form.transaction or "required"
                for _, parameter in ipairs(form.parameters) do
                    parameter.versions = set(parameter.versions)
                    if parameter.type then
                        parameter.type = grammar.types[parameter.type]
                        parameter.type.isWord = true
                    end
                end
                for _, deviation in ipairs(form.deviations or {}) do
                    deviation.name = form.name
                    prepareForm(deviation, command, sender)
                end
            end

            for name, command in pairs(grammar.commands) do
                for _, sender in ipairs({ "client", "server" }) do
                    local side = command[sender]
                    if side then
                        side.byName = {}
                        for _, form in ipairs(side.forms) do
                            prepareForm(form, name, sender)
                            side.byName[form.name] = form
                        end
                        for _, rows in ipairs({ side.choices, side.framing }) do
                            for _, row in ipairs(rows) do
                                -- What a line has at least if its last word is a length.
                                row.pattern = row.words
                                    and "^" .. ("[^ \n]+ +"):rep(math.max(2, row.words) - 1) .. "[^ \r\n]"
                                row.versions = set(row.versions)
                                row.services = services(row.services)
                            end
                        end
                    end
                end
            end

            for name, payload in pairs(grammar.payloads) do
                payload.name = name
                payload.versions = set(payload.versions)
            end
            for _, session in ipairs(grammar.sessions) do
                session.byName = {}
                for _, state in ipairs(session.states) do
                    session.byName[state.name] = state
                    prepare(state.rules)
                end
            end
            grammar.errorPayload = set(grammar.errorPayload)
            Model.errors, Model.hasErrors = {}, #grammar.errors > 0
            for _, error in ipairs(grammar.errors) do Model.errors[error.number] = error end
            Model.versionNames, Model.versionNumbers = {}, {}
            for _, version in ipairs(grammar.versions) do
                Model.versionNames[version.number] = version.name
                Model.versionNumbers[version.name] = version.number
            end

            local function leastWords(parameter)
                if parameter.optional or parameter.when then return 0 end
                return parameter.words or 1
            end

            -- Requests without a transaction ID, and what answers those.
            local answersByForm = {}
            for _, command in pairs(grammar.commands) do
                for _, form in ipairs(command.client and command.client.forms or {}) do
                    if form.transaction == "none" then
                        for _, answer in ipairs(form.answers or {}) do answersByForm[answer] = true end
                    end
                end
            end

            -- Whether a form belongs to a request or an answer that only its name tells.
            function Model.isLinkedByForm(form)
                if form.transaction ~= "none" then return false end
                return form.sender == "client" and form.answers ~= nil or answersByForm[form.fullName] or false
            end

            -- What is read word by word in a version.
            local function plan(form, version)
                local place = form.payload and (form.payload.place or #form.parameters + 1)
                local steps, behind, length = {}, 0, nil
                for index = #form.parameters + 1, 1, -1 do
                    local parameter = form.parameters[index]
                    if parameter and has(parameter.versions, version) then
                        table.insert(steps, 1, { parameter = parameter, behind = behind })
                        behind = behind + leastWords(parameter)
                    end
                    if index == place then
                        length = { isLength = true, behind = behind }
                        table.insert(steps, 1, length)
                        behind = behind + 1
                    end
                end
                return { form = form, steps = steps, payload = form.payload, transaction = form.transaction }
            end

            local function fits(row, service, version)
                return (row.services == nil or row.services[service]) and has(row.versions, version)
            end

            -- What the lines of a command may be; false if the grammar does not know the command.
            local function entry(word, sender, service, version)
                local command = grammar.commands[word]
                if command == nil then return false end
                local result = {
                    keepsEmpty = command.empty, hasRest = command.rest, isNamed = command.named, candidates = {}, deviant = {},
                    -- Whether it may be passed over, by the states in which that is known: no form of it changes them.
                    still = {},
                }
                local side = command[sender]
                if side == nil then return result end
                for _, row in ipairs(side.framing) do
                    if fits(row, service, version) then result.framing = row end
                end
                for _, row in ipairs(side.choices) do
                    if fits(row, service, version) then
                        for _, choice in ipairs(row.order) do
                            table.insert(
                                result.candidates, { plan = plan(side.byName[choice.form], version), tests = choice.tests })
                        end
                        break
                    end
                end
                result.isPassable = #result.candidates > 0
                result.only = #result.candidates == 1 and word .. " " .. result.candidates[1].plan.form.name or word
                for _, candidate in ipairs(result.candidates) do
                    local form = candidate.plan.form
                    if form.transaction ~= "none" then result.hasTransaction = true end
                    if Model.isLinkedByForm(form) then result.isPassable = false end
                end
                for _, form in ipairs(side.forms) do
                    if form.services == nil or form.services[service] then
                        for _, deviation in ipairs(form.deviations or {}) do
                            if has(deviation.versions, version) then
                                table.insert(result.deviant, plan(deviation, version))
                            end
                        end
                    end
                end
                return result
            end

            local contexts = {}

            -- The commands of a sender, made when they are first asked for.
            function Model.lines(sender, service, version)
                local key = sender .. service .. version
                local found = contexts[key]
                if found then return found end
                found = setmetatable({ sender = sender, service = service, version = version, entries = {} }, {})
                setmetatable(
                    found.entries,
                    {
                        __index = function(entries, word)
                            local made = entry(word, sender, service, version)
                            -- Only known words are kept, because anything may come.
                            if made then rawset(entries, word, made) end
                            return made
                        end,
                    })
                contexts[key] = found
                return found
            end

            -- A text with escapes for its line ends.
            function Model.escaped(text)
                return '"' .. text:gsub("\r", "\\r"):gsub("\n", "\\n") .. '"'
            end

            -- The words of a name such as `iconURL`: `icon`, `URL`.
            local function wordsOf(name)
                -- The last letter of `IDs` begins no word.
                local singular = name:gsub("(%u)(%u+)s$", function(first, rest) return first .. rest:lower() .. "s" end)
                local spaced = singular:gsub("(%l)(%u)", "%1 %2"):gsub("(%u)(%u%l)", "%1 %2"):gsub("(%d)(%u)", "%1 %2")
                local words = {}
                for word in spaced:gmatch("%S+") do table.insert(words, word) end
                return words
            end

            -- The part of a filter's name that stands for a name of the grammar: `icon_url`.
            function Model.filterName(name)
                return table.concat(wordsOf(name), "_"):lower()
            end

            -- The name as people read it: `Icon URL`.
            function Model.label(name)
                local words = wordsOf(name)
                for index, word in ipairs(words) do
                    if word:match("%u") == nil or word:match("^%u[%l%d]*$") then words[index] = word:lower() end
                end
                local text = table.concat(words, " ")
                return text:sub(1, 1):upper() .. text:sub(2)
            end
        end
        """#
}
