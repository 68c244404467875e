extension Interpreter {
    static let blobs = #"""
        -- Shows the outer structure of words in base64.

        local Blobs = {}
        do
            local digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

            -- The bytes of a word in base64; nil if it is none.
            function Blobs.decoded(word)
                local bytes, bits, count = {}, 0, 0
                for character in word:gsub("=+$", ""):gmatch(".") do
                    local value = digits:find(character, 1, true)
                    if not value then return nil end
                    bits, count = bits * 64 + value - 1, count + 6
                    if count >= 8 then
                        count = count - 8
                        table.insert(bytes, string.char(math.floor(bits / 2 ^ count) % 256))
                        bits = bits % 2 ^ count
                    end
                end
                return table.concat(bytes)
            end

            -- Shows the numbers at the start of a word in base64, four bytes each.
            function Blobs.add(item, word, names)
                local data = Blobs.decoded(word)
                if not data then return end
                if #data < #names * 4 then return end
                for index, name in ipairs(names) do
                    local first, second, third, fourth = data:byte(index * 4 - 3, index * 4)
                    local value = first + (second + (third + fourth * 256) * 256) * 256
                    item:add(Fields.blob.proto, value):set_text(
                        ("%s: %d (0x%x)"):format(Model.label(name), value, value)):set_generated()
                end
            end
        end
        """#
}
