extension Interpreter {
    static let session = #"""
        -- What may be sent when: follows the states of a connection.

        local Session = {}
        do
            local sessions = {}
            for _, session in ipairs(grammar.sessions) do
                for _, service in ipairs(session.services) do sessions[service] = session end
            end

            -- The session of a service; nil for one without rules.
            function Session.of(service) return sessions[service] end

            local function fits(rule, sender, form, version)
                if rule.sender ~= sender or not Model.has(rule.versions, version) then return false end
                return rule.command == form.fullName or rule.command == form.command
            end

            -- What a form does in a state: the step, the next state and the rule.
            local function step(session, state, sender, form, version, isDeviant)
                for _, rule in ipairs(state.rules) do
                    if (rule.programs ~= nil) == isDeviant and fits(rule, sender, form, version) then
                        local next = session.byName[rule.next or state.name]
                        if rule.error then return "error", rule.closes and session.byName[session.closed] or next, rule end
                        if rule.closes then return "close", nil, rule end
                        return "go", next, rule
                    end
                end
                if isDeviant then return nil end
                if state.otherwise == "allow" then return "go", state end
                return state.otherwise, state
            end

            -- The states that a form leads to, from each state that allows it.
            local function nextStates(connection, sender, form, version)
                local result = {}
                for _, state in ipairs(connection.states) do
                    local kind, next = step(connection.session, state, sender, form, version, false)
                    if kind == "go" or kind == "ignore" then
                        local isNew = true
                        for _, other in ipairs(result) do isNew = isNew and other ~= next end
                        if isNew then table.insert(result, next) end
                    end
                end
                return result
            end

            local function place(session, state)
                if state.name == session.closed then return "after the end of the session" end
                return "in the state '" .. state.name .. "'"
            end

            -- Applies a form that was read; gives what is wrong, and a deviation if programs are known for it.
            local function apply(connection, sender, form, version, transaction)
                local session, before = connection.session, connection.states[1]
                local refusal = transaction and connection.refusals[transaction]
                if refusal and form.fullName == refusal.form then
                    connection.states = { refusal.state }
                    return nil
                end
                local next = nextStates(connection, sender, form, version)
                if #next > 0 then
                    connection.states = next
                    return nil
                end
                for _, state in ipairs(connection.states) do
                    local kind, after, rule = step(session, state, sender, form, version, true)
                    if kind == "go" then
                        connection.states = { after }
                        return nil, rule
                    end
                end
                local kind, after, rule = step(session, before, sender, form, version, false)
                local text = (form.command == "error" and "the error" or "'" .. form.name .. "'") .. " is not allowed "
                    .. place(session, before)
                if kind == "error" then
                    if transaction then
                        connection.refusals[transaction] = { form = "error." .. rule.error, state = after }
                    end
                    local error = Model.errors[rule.error]
                    text = text .. ": the server answers " .. rule.error .. (error and " (" .. error.name .. ")" or "")
                end
                return text
            end

            local function errorForm(number)
                return { command = "error", fullName = "error." .. number, name = tostring(number) }
            end

            -- Applies a line that was read.
            function Session.take(connection, sender, result, version)
                if not connection.session then return nil end
                local form = result.error and errorForm(result.error.number) or result.form
                local transaction = result.transaction and tonumber(result.transaction)
                return apply(connection, sender, form, version, transaction)
            end

            -- Allows for the possibility that a line that could not be read took effect.
            function Session.allowFor(connection, sender, command, form, version)
                if not connection.session then return end
                local shown = form or { command = command, fullName = command, name = command }
                for _, state in ipairs(nextStates(connection, sender, shown, version)) do
                    local isNew = true
                    for _, other in ipairs(connection.states) do isNew = isNew and other ~= state end
                    if isNew then table.insert(connection.states, state) end
                end
            end

            -- Whether no form of a command changes the state, and none is refused: nothing has to be read then.
            function Session.isStill(connection, lines, entry)
                if not connection.session then return true end
                if #connection.states > 1 then return false end
                local state = connection.states[1]
                local known = entry.still[state]
                if known == nil then
                    known = true
                    for _, candidate in ipairs(entry.candidates) do
                        local form = candidate.plan.form
                        local kind, next = step(connection.session, state, lines.sender, form, lines.version, false)
                        if not (kind == "ignore" or kind == "go" and next == state) then known = false end
                    end
                    entry.still[state] = known
                end
                return known
            end
        end
        """#
}
