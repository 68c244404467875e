extension Interpreter {
    static let markup = #"""
        -- Reads the markup of a document: its elements with their places, and the first thing that is not well-formed.

        local Markup = {}
        do
            local entities = { lt = "<", gt = ">", amp = "&", quot = "\"", apos = "'" }

            -- The UTF-8 of a character.
            local function character(number)
                if number < 0x80 then return string.char(number) end
                local tail, room = "", 32
                repeat
                    tail = string.char(0x80 + number % 64) .. tail
                    number = math.floor(number / 64)
                    room = room / 2
                until number < room * 2
                return string.char(256 - room * 4 + number) .. tail
            end

            local function unescaped(text)
                return (text:gsub("&(#?x?%w+);", function(name)
                    local number = name:match("^#(%d+)$") or name:match("^#x(%x+)$")
                    if not number then return entities[name] end
                    number = tonumber(number, name:find("x", 1, true) and 16 or 10)
                    return number and number > 0 and number < 0x110000 and character(number) or nil
                end))
            end

            Markup.unescaped = unescaped

            -- Whether all of a text stands for something.
            local function isEscaped(text)
                local rest = text:gsub("&#?x?%w+;", function(name) return unescaped(name) ~= name and "" or nil end)
                return not rest:find("&", 1, true)
            end

            -- The attributes of a start tag, whose text begins at a position; or nil and what is wrong.
            local function attributes(text, position)
                local result, place = {}, 1
                while text:find("%S", place) do
                    local name, start, value, stop = text:match("^%s+([^%s=/<>?\"'&]+)%s*=%s*\"()([^\"<]*)\"()", place)
                    if not name then
                        name, start, value, stop = text:match("^%s+([^%s=/<>?\"'&]+)%s*=%s*'()([^'<]*)'()", place)
                    end
                    if not name then return nil, "a tag has something that is no attribute" end
                    if result[name] then return nil, "an attribute stands twice" end
                    if not isEscaped(value) then return nil, "an entity is not known" end
                    local attribute = { name = name, value = unescaped(value), start = position + start - 1, count = #value }
                    result[name], result[#result + 1] = attribute, attribute
                    place = stop
                end
                return result
            end

            -- The end of a start tag at a position: quotes may have its bracket.
            local function tagEnd(data, position)
                while true do
                    local place = data:find("[>\"']", position)
                    if not place or data:byte(place) == 62 then return place end
                    place = data:find(data:sub(place, place), place + 1, true)
                    if not place then return nil end
                    position = place + 1
                end
            end

            -- The outermost element, or nil and what is wrong. An element has `name`, `attributes`, `children`, its
            -- place from `first` to `last`, the text in it and the place of that.
            --
            -- In a repaired document the bytes 1 and 2 stand for `<` and `&` in a text.
            function Markup.read(data, isRepaired)
                if not isRepaired and data:find("[%z\1-\8\11\12\14-\31]") then return nil, "the XML has a forbidden byte" end
                if not Values.isText(data) then return nil, "'XML' is not UTF-8" end
                local position = data:match("^\239\187\191()") or 1
                position = data:match("^<%?xml%s[^<>]*%?>()", position) or position
                local open, root = {}, nil
                while position <= #data do
                    local start = data:find("<", position, true)
                    local text = data:sub(position, (start or 0) - 1)
                    local parent = open[#open]
                    if parent then
                        if not isEscaped(text) then return nil, "the XML is not well-formed: an entity is not known" end
                        parent.start = parent.start or position
                        text = unescaped(text)
                        if isRepaired then text = text:gsub("[\1\2]", { ["\1"] = "<", ["\2"] = "&" }) end
                        parent.text = parent.text .. text
                    elseif text:find("%S") then
                        return nil, "the XML is not well-formed: there is text outside of the element"
                    end
                    if not start then break end
                    if parent then parent.count = start - parent.start end
                    local comment = data:match("^<!%-%-.-%-%->()", start)
                    local characters, rest = data:match("^<!%[CDATA%[(.-)%]%]>()", start)
                    local slash, name, tail = data:match("^<(/?)([^%s=/>?<\"'&!]+)()", start)
                    if comment then
                        position = comment
                    elseif characters and parent then
                        parent.text = parent.text .. characters
                        position = rest
                    elseif not name then
                        return nil, "the XML is not well-formed: a tag has no name"
                    elseif slash == "/" then
                        local next = data:match("^%s*>()", tail)
                        if parent and next then parent.last = next - 1 end
                        if not parent or parent.name ~= name or not next then
                            return nil, "the XML is not well-formed: the end tag does not belong to the start tag"
                        end
                        table.remove(open)
                        position = next
                    else
                        local stop = tagEnd(data, tail)
                        if not stop then return nil, "the XML is not well-formed: a tag is not closed" end
                        if root and not parent then
                            return nil, "the XML is not well-formed: there is more than one element outside of all others"
                        end
                        if #open >= grammar.limits.depth then
                            return nil, "elements are nested deeper than " .. grammar.limits.depth
                        end
                        local isEmpty = data:sub(stop - 1, stop - 1) == "/"
                        local found, wrong = attributes(data:sub(tail, stop - (isEmpty and 2 or 1)), tail)
                        if not found then return nil, "the XML is not well-formed: " .. wrong end
                        local element = { name = name, attributes = found, children = {}, text = "", count = 0 }
                        element.first, element.last = start, stop
                        if parent then table.insert(parent.children, element) else root = element end
                        if not isEmpty then table.insert(open, element) end
                        position = stop + 1
                    end
                end
                if #open > 0 then return nil, "the XML is not well-formed: it ends inside an element" end
                if not root then return nil, "the XML is not well-formed: there is no element" end
                return root
            end
        end
        """#
}
