extension Interpreter {
    static let commands = #"""
        -- Shows a command in the tree, with what is known of its connection.

        local Commands = {}
        do
            local function title(connection, sender, version, isAssumed)
                local name = isAssumed and grammar.title or Model.versionNames[version] or "version " .. version
                return ("%s, %s, from the %s"):format(name, connection.service, sender)
            end

            -- The branch of a command, with what is known of its connection.
            function Commands.addBranch(context, range, text)
                local connection, sender, version = context.connection, context.sender, context.version
                local tree = context.tree:add(protocol, range, title(connection, sender, version, context.isAssumed) .. ": " .. text)
                tree:add(Fields.sender.proto, range(0, 0), sender):set_generated()
                tree:add(Fields.service.proto, range(0, 0), connection.service):set_generated()
                local item = tree:add(Fields.version.proto, range(0, 0), version):set_generated()
                if context.isAssumed then
                    item:append_text(" (assumed, because none is agreed on yet)")
                elseif Model.versionNames[version] then
                    item:append_text(" (" .. Model.versionNames[version] .. ")")
                end
                return tree
            end

            local function addLinks(tree, connection, key)
                local request, answer = connection.requestOf[key], connection.answerOf[key]
                if request then
                    tree:add(Fields.request_in.proto, request):set_generated()
                    -- Times are exact to a microsecond at most.
                    local delay = math.floor(connection.delayOf[key] * 1e6 + 0.5)
                    tree:add(Fields.time.proto, NSTime(math.floor(delay / 1e6), delay % 1e6 * 1000)):set_generated()
                end
                if answer then tree:add(Fields.response_in.proto, answer):set_generated() end
            end

            local function addFindings(item, tree, range, connection, key)
                for _, finding in ipairs(connection.findings[key] or {}) do
                    tree:add(Fields[finding.kind].proto, range, finding.text):set_generated()
                    Tree.addExpert(item, finding.kind, finding.text)
                end
            end

            -- What the list of packets shows of a command.
            function Commands.summary(frame, result, wrong)
                if not result then return frame.command .. (wrong.kind == "unknownCommand" and "?" or "!") end
                if result.error then return result.error.number .. (result.error.name and " " .. result.error.name or "") end
                local parts = { frame.command, result.form.name }
                for _, value in ipairs(result.values) do
                    local parameter = value.parameter
                    if not parameter.hidden then
                        local item = value.items and value.items[1] or not value.items and value
                        local text = item and Values.text(item.word, parameter.type, result.version)
                        if text and #text < 40 then
                            parts[#parts + 1] = text
                            if #parts == 5 then break end
                        end
                    end
                end
                return table.concat(parts, " ")
            end

            function Commands.addCommand(context, frame, result, wrong, words, starts, key)
                local connection, lines = context.connection, context.lines
                local whole = context.tvb(frame.start - 1, frame.next - frame.start)
                local range = context.tvb(frame.start - 1, frame.stop - frame.start)
                local tree = Commands.addBranch(context, whole, Commands.summary(frame, result, wrong))
                local command = tree:add(Fields.command.proto, range(0, #frame.command), frame.command)
                if result and result.error then
                    local item = tree:add(Fields.error.proto, range(0, 3), result.error.number)
                    if result.error.name then
                        item:append_text(" (" .. result.error.name .. ")")
                        tree:add(Fields["error.name"].proto, range(0, 3), result.error.name):set_generated()
                        command:append_text(" (" .. result.error.about:gsub("%.$", "") .. ")")
                    end
                    Tree.addExpert(item, "error", result.error.name or "unknown error")
                elseif result then
                    local form = tree:add(Fields.form.proto, range(0, #frame.command), result.form.fullName)
                    form:set_generated()
                    if result.form.about then form:append_text(" (" .. result.form.about:gsub("%.$", "") .. ")") end
                end
                if result and result.transaction then
                    tree:add(Fields.transaction.proto, range(starts[1] - 1, #words[1]), tonumber(result.transaction))
                end
                if result then
                    Tree.addLine(tree, range, result, context.settings)
                    for _, found in ipairs(result.deviations) do
                        Findings.deviation(tree, range, found.deviation)
                    end
                else
                    local text = wrong.reason
                    if wrong.parameter then text = "'" .. wrong.parameter .. "' " .. text end
                    if wrong.form then text = wrong.form.fullName .. ": " .. text end
                    tree:add(Fields.problem.proto, range, text):set_generated()
                    Tree.addWords(tree, range, words, starts, context.settings)
                    Tree.addExpert(command, wrong.kind == "unknownCommand" and "unknown" or "problem", text)
                end
                addFindings(command, tree, range, connection, key)
                addLinks(tree, connection, key)
                if frame.payload then
                    if result and result.lengthWord then
                        local start = starts[result.lengthWord] - 1
                        tree:add(Fields["payload.length"].proto, range(start, #words[result.lengthWord]), frame.count)
                    end
                    local place = Tree.part(context.tvb, frame.payload, frame.count)
                    local item = tree:add(Fields.payload.proto, place)
                    item:set_text(("Payload: %d bytes"):format(frame.count))
                    if result and result.form then
                        local data = context.data:sub(frame.payload, frame.payload + frame.count - 1)
                        Payloads.add(context, item, place, data, result.form, lines.version)
                    end
                end
                return Commands.summary(frame, result, wrong)
            end

            function Commands.addGarbage(context, frame)
                if not context.isShown then return end
                local range = context.tvb(frame.start - 1, frame.next - frame.start)
                local tree = Commands.addBranch(context, range, frame.problem)
                tree:add(Fields.problem.proto, range, frame.problem):set_generated()
                Tree.addExpert(tree, "problem", frame.problem)
            end
        end
        """#
}
