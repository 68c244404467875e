extension Interpreter {
    static let fields = #"""
        -- The fields that filters and columns can name.

        local protocol = Proto(grammar.prefix, grammar.about)
        local Fields = { parameters = {}, types = {}, payloads = {} }
        do
            local all, byName = {}, {}
            local prefix = grammar.prefix .. "."

            local makers = {
                string = function(name, label, about) return ProtoField.string(name, label, base.UNICODE, about) end,
                boolean = function(name, label, about) return ProtoField.bool(name, label, base.NONE, nil, nil, about) end,
                number = function(name, label, about) return ProtoField.uint32(name, label, base.DEC, nil, nil, about) end,
                signed = function(name, label, about) return ProtoField.int64(name, label, base.DEC, nil, nil, about) end,
                flags = function(name, label, about) return ProtoField.uint32(name, label, base.HEX, nil, nil, about) end,
                long = function(name, label, about) return ProtoField.uint64(name, label, base.DEC, nil, nil, about) end,
                bytes = function(name, label, about) return ProtoField.bytes(name, label, base.NONE, about) end,
                request = function(name, label, about)
                    return ProtoField.framenum(name, label, base.NONE, frametype.REQUEST, nil, about)
                end,
                response = function(name, label, about)
                    return ProtoField.framenum(name, label, base.NONE, frametype.RESPONSE, nil, about)
                end,
                time = function(name, label, about) return ProtoField.relative_time(name, label, about) end,
            }

            local function add(kind, name, label, about)
                name = prefix .. name
                local known = byName[name]
                if known then return known end
                if about == nil or about == "" then about = label end
                local field = { kind = kind, label = label, proto = makers[kind](name, label, about) }
                byName[name] = field
                table.insert(all, field.proto)
                return field
            end

            for _, row in ipairs({
                { "sender", "string", "Sender", "Who sends the line: client or server." },
                { "service", "string", "Service", "The kind of server." },
                { "version", "number", "Version", "The version of the connection." },
                { "command", "string", "Command", "The first word of the line." },
                { "form", "string", "Form", "Which of its shapes the command has." },
                { "transaction", "number", "Transaction ID", "The number that an answer repeats." },
                { "error", "number", "Error", "The number of an error." },
                { "error.name", "string", "Name of the error" },
                { "request_in", "request", "Answers the request in frame" },
                { "response_in", "response", "Answered in frame" },
                { "time", "time", "Time since the request" },
                { "payload", "bytes", "Payload" },
                { "payload.length", "number", "Payload length" },
                { "payload.kind", "string", "Content of the payload" },
                { "header", "string", "Header", "A line of a header, if it is no secret." },
                { "text", "string", "Text" },
                { "data", "bytes", "Data" },
                { "entry", "bytes", "Entry", "An entry of a binary header: a type, a length and a value." },
                { "blob", "number", "Number of a blob" },
                { "hidden", "string", "Hidden", "The name of a value that is a secret." },
                { "problem", "string", "Problem", "Why the grammar does not have this." },
                { "inside_problem", "string", "Problem inside", "The same in a payload inside of the payload." },
                { "deviation", "string", "Deviation", "What programs are known to send instead." },
                { "state", "string", "State", "Why this may not come now." },
                { "word", "string", "Word", "A word of a line that could not be read." },
            }) do
                local isOfErrors = row[1] == "error" or row[1] == "error.name"
                if (row[1] ~= "transaction" or grammar.transactions) and (not isOfErrors or Model.hasErrors) then
                    Fields[row[1]] = add(row[2], row[1], row[3], row[4])
                end
            end

            -- What a field holds for the values of a type.
            local function kindOf(type)
                if type == nil then return "string" end
                if type.kind == "boolean" then return "boolean" end
                if type.kind == "flags" then return "flags" end
                if type.kind == "integer" then
                    return type.minimum >= 0 and type.maximum <= 4294967295 and "number" or "signed"
                end
                return "string"
            end

            -- The field of a value, with that of its name where the type gives names to values.
            local function valueField(name, type, label, about)
                local field = add(kindOf(type), name, label, about)
                if type and type.kind == "enumeration" and not field.name then
                    field.name = add("string", name .. ".name", label .. ", by name", about)
                end
                return field
            end

            -- The parts of composite types and the bits of flags belong to the types.
            for name, type in pairs(grammar.types) do
                local path = "type." .. Model.filterName(name) .. "."
                local own = {}
                for _, part in ipairs(type.parts or {}) do
                    own[part.name] = valueField(path .. Model.filterName(part.name), part.type, Model.label(part.name))
                end
                for _, field in ipairs(type.fields or {}) do
                    own[field.name] = valueField(path .. Model.filterName(field.name), field.type, Model.label(field.name))
                end
                if type.kind == "flags" then
                    for _, bit in ipairs(type.values) do
                        local label = Model.label(bit.name)
                        own[bit.name] = add("boolean", path .. Model.filterName(bit.name), label, bit.about)
                    end
                end
                Fields.types[name] = own
            end

            -- A parameter whose types differ from form to form is a text.
            local kinds = {}
            local function eachParameter(visit)
                for command, entry in pairs(grammar.commands) do
                    for _, sender in ipairs({ "client", "server" }) do
                        for _, form in ipairs(entry[sender] and entry[sender].forms or {}) do
                            local function visitForm(form)
                                for _, parameter in ipairs(form.parameters) do
                                    if parameter.type then visit(command, parameter) end
                                end
                            end
                            visitForm(form)
                            for _, deviation in ipairs(form.deviations or {}) do visitForm(deviation) end
                        end
                    end
                end
            end
            eachParameter(function(command, parameter)
                local key, kind = command .. "." .. parameter.name, kindOf(parameter.type)
                kinds[key] = kinds[key] == nil and kind or kinds[key] == kind and kind or "string"
            end)
            eachParameter(function(command, parameter)
                local own = Fields.parameters[command] or {}
                Fields.parameters[command] = own
                local name = (grammar.commands[command].plain or command):lower() .. "." .. Model.filterName(parameter.name)
                local label = Model.label(parameter.name)
                local about = parameter.about or parameter.type.about
                own[parameter.name] = own[parameter.name]
                    or add(kinds[command .. "." .. parameter.name], name, label, about)
                if parameter.type.kind == "enumeration" and not own[parameter.name].name then
                    own[parameter.name].name = add("string", name .. ".name", label .. ", by name", about)
                end
                parameter.field = own[parameter.name]
            end)

            local widths = { "number", "number", "number", "number", "long", "long", "long", "long" }

            for name, payload in pairs(grammar.payloads) do
                local path = "payload." .. Model.filterName(name)
                local function addFields(path, rows)
                    for _, row in ipairs(rows or {}) do
                        row.type = grammar.types[row.type]
                        local field = path .. "." .. Model.filterName(row.name)
                        row.field = valueField(field, row.type, Model.label(row.name), row.about)
                    end
                end
                addFields(path, payload.fields)
                for _, block in ipairs(payload.blocks or {}) do
                    addFields(path .. "." .. Model.filterName(block.name), block.fields)
                    if block.startLine then addFields(path, { block.startLine }) end
                end
                local elements = {}
                for _, element in ipairs(payload.elements or {}) do
                    local leaves = {}
                    local own = path .. "." .. Model.filterName(element.name)
                    addFields(own, element.attributes)
                    for _, row in ipairs(element.children or {}) do
                        if row.type then table.insert(leaves, row) end
                    end
                    addFields(own, leaves)
                    for _, rows in ipairs({ element.attributes or {}, leaves }) do
                        for _, row in ipairs(rows) do row.isField = true end
                    end
                    elements[element.name] = element
                end
                payload.elements = elements
                for _, rows in ipairs({ payload.numbers or {}, payload.footer or {} }) do
                    for _, row in ipairs(rows) do
                        row.type = row.type and grammar.types[row.type]
                        local field = path .. "." .. Model.filterName(row.name)
                        local kind = row.type and row.type.kind == "flags" and "flags" or widths[row.width]
                        row.field = add(kind, field, Model.label(row.name), row.about)
                        if row.type and row.type.kind == "enumeration" then
                            row.field.name = add("string", field .. ".name", Model.label(row.name) .. ", by name", row.about)
                        end
                    end
                end
            end

            protocol.fields = all
            Fields.expert = {}
            for name, row in pairs({
                problem = { "This is not in the grammar", expert.group.MALFORMED, expert.severity.ERROR },
                inside_problem = {
                    "A payload inside of this one is not in the grammar", expert.group.MALFORMED, expert.severity.WARN,
                },
                unknown = { "The command is not known", expert.group.UNDECODED, expert.severity.WARN },
                deviation = { "A known deviation of a program", expert.group.PROTOCOL, expert.severity.NOTE },
                state = { "This may not come now", expert.group.SEQUENCE, expert.severity.WARN },
                error = { "The server refused a request", expert.group.RESPONSE_CODE, expert.severity.NOTE },
            }) do
                Fields.expert[name] = ProtoExpert.new(prefix .. "expert." .. name, row[1], row[2], row[3])
            end
            local experts = {}
            for _, expert in pairs(Fields.expert) do table.insert(experts, expert) end
            protocol.experts = experts
        end
        """#
}
