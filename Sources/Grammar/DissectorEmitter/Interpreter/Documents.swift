extension Interpreter {
    static let documents = #"""
        -- Shows documents: the values that the grammar has types for, and then all of it as XML.

        local Documents = {}
        do
            local reader = Dissector.get("xml")

            -- Whether two names are equal without their prefixes.
            local function isNamed(name, other) return name:match("[^:]*$") == other:match("[^:]*$") end

            local function addValue(tree, range, row, word, start, count)
                if word == "" then return end
                local place = Tree.part(range, start, count)
                local reason = Values.checkField(word, row.type, row)
                if reason then
                    local spelled, found = Values.respelled(word, row.type, nil, row)
                    if not spelled then
                        return Findings.problem(tree, place, "'" .. (row.attribute or row.element) .. "' " .. reason)
                    end
                    word = spelled
                    for _, deviation in ipairs(found) do Findings.deviation(tree, place, deviation) end
                end
                Tree.addValue(tree, row.field, place, word, row.type, nil)
            end

            -- The elements that a row of children names, behind those around them.
            local function children(element, row, payload)
                local described = not row.type and payload.elements[row.element]
                local names = {}
                for _, name in ipairs(row.within or {}) do table.insert(names, name) end
                table.insert(names, described and described.element or row.element)
                local found = { element }
                for _, name in ipairs(names) do
                    local inner = {}
                    for _, parent in ipairs(found) do
                        for _, child in ipairs(parent.children) do
                            if isNamed(child.name, name) then table.insert(inner, child) end
                        end
                    end
                    found = inner
                end
                return found, described
            end

            local function require(tree, range, element, count, minimum)
                if minimum and count < minimum then
                    Findings.problem(tree, range, ("'%s' has fewer than %d elements"):format(element.name, minimum))
                end
            end

            -- Shows the values of an element, and says what is missing.
            local function addElement(tree, range, element, row, payload)
                for _, attribute in ipairs(row.attributes or {}) do
                    local found = element.attributes[attribute.attribute]
                    for _, other in ipairs(element.attributes) do
                        found = found or isNamed(other.name, attribute.attribute) and other
                    end
                    if attribute.required and (not found or found.value == "") then
                        Findings.problem(tree, range, "'" .. attribute.attribute .. "' is missing")
                    end
                    if found then addValue(tree, range, attribute, found.value, found.start, found.count) end
                end
                local total = 0
                local listed = {}
                for index, child in ipairs(row.children or {}) do
                    local found, described = children(element, child, payload)
                    listed[index] = { found = found, described = described }
                    total = total + #found
                end
                if not (row.unless and element.attributes[row.unless]) then
                    require(tree, range, element, total, row.least)
                end
                for index, child in ipairs(row.children or {}) do
                    local found, described = listed[index].found, listed[index].described
                    require(tree, range, element, #found, child.least)
                    for _, inner in ipairs(found) do
                        if described then
                            local place = Tree.part(range, inner.first, inner.last - inner.first + 1)
                            local branch = tree:add(place, Model.label(described.name))
                            addElement(branch, range, inner, described, payload)
                        else
                            addValue(tree, range, child, inner.text, inner.start, inner.count)
                        end
                    end
                end
            end

            -- What stands before the first of two marks and what behind the last, both with the marks, and what between.
            local function around(data, opening, closing)
                local _, first = data:find(opening, 1, true)
                local last, position = nil, first
                while position do
                    last, position = position, data:find(closing, position + 1, true)
                end
                if not first or last == first then return nil end
                return data:sub(1, first), data:sub(first + 1, last - 1), data:sub(last)
            end

            -- A document in which programs did not escape the text of an element: the deviation, and the document with
            -- bytes in their places that nobody takes for markup.
            local function repaired(data, payload)
                for _, fault in ipairs(payload.faults or {}) do
                    for _, element in ipairs(fault.elements) do
                        local before, text, after = around(data, "<" .. element .. ">", "</" .. element .. ">")
                        if text then
                            local found = text:gsub("[<&]", function(byte) return byte == "<" and "\1" or "\2" end)
                            -- What is escaped already stays as it is.
                            found = found:gsub("\2(#?x?%w+;)", function(name)
                                return Markup.unescaped("&" .. name) ~= "&" .. name and "&" .. name or nil
                            end)
                            if found ~= text then return fault, before .. found .. after end
                        end
                    end
                end
            end

            local function root(data, payloads)
                local element, wrong = Markup.read(data)
                if element or not wrong:find("well-formed", 1, true) then return element, wrong end
                for _, payload in ipairs(payloads) do
                    local fault, text = repaired(data, payload)
                    local other = fault and Markup.read(text, true)
                    if other then return other, nil, fault end
                end
                return nil, wrong
            end

            -- The documents that a form may carry in a version.
            local function documents(form, version)
                local result = {}
                for _, name in ipairs(form.payload.contents or {}) do
                    local payload = grammar.payloads[name]
                    if payload.kind == "xml" and Model.has(payload.versions, version) then table.insert(result, payload) end
                end
                return result
            end

            function Documents.add(context, tree, range, data, form, version)
                local payloads = documents(form, version)
                local element, wrong, fault = root(data, payloads)
                if element then
                    local known
                    for _, payload in ipairs(payloads) do
                        if not known and payload.root == element.name then known = payload end
                    end
                    if known then
                        tree:append_text(", " .. known.name)
                        Tree.addKind(tree, range, known)
                        addElement(tree, range, element, known.elements[known.rootElement], known)
                    elseif #payloads > 0 then
                        local roots = {}
                        for _, payload in ipairs(payloads) do table.insert(roots, payload.root) end
                        Findings.problem(
                            tree, range,
                            "payload has the root '" .. element.name .. "' instead of " .. table.concat(roots, " or "))
                    end
                    if fault then Findings.deviation(tree, range, fault) end
                else
                    Findings.problem(tree, range, wrong)
                end
                if element then
                    reader:call(range:tvb(), context.pinfo, tree)
                else
                    Binary.addLines(tree, range, data)
                end
            end
        end
        """#
}
