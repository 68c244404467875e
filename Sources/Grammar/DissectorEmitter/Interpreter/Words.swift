extension Interpreter {
    static let words = #"""
        -- Cuts a line into words and says by them which form it must be.

        local Words = {}
        do
            -- The words after the command, and where they start in the line.
            function Words.split(line, keepsEmpty)
                local words, starts, count = {}, {}, 0
                if keepsEmpty then
                    local position = line:find(" ", 1, true)
                    while position do
                        local next = line:find(" ", position + 1, true)
                        count = count + 1
                        words[count], starts[count] = line:sub(position + 1, (next or 0) - 1), position + 1
                        position = next
                    end
                else
                    local start, stop = line:find("^[^ ]*")
                    start, stop = line:find("[^ ]+", stop + 1)
                    while start do
                        count = count + 1
                        words[count], starts[count] = line:sub(start, stop), start
                        start, stop = line:find("[^ ]+", stop + 1)
                    end
                end
                words.line = line
                return words, starts
            end

            -- What is left of a line from a word on, without the spaces at its end.
            function Words.rest(words, start)
                return (words.line:sub(start):gsub(" +$", ""))
            end

            local tests = {
                word = function(test, words)
                    for _, text in ipairs(test[3]) do
                        if words[test[2] + 1] == text then return true end
                    end
                    return false
                end,
                prefix = function(test, words)
                    local word = words[test[2] + 1]
                    return word ~= nil and word:sub(1, #test[3]) == test[3]
                end,
                number = function(test, words)
                    local word = words[test[2] + 1]
                    return word ~= nil and word:find("^%-?%d+$") ~= nil
                end,
                guid = function(test, words)
                    local word = words[test[2] + 1]
                    return word ~= nil and Values.isGUID(word, test[3])
                end,
                atLeast = function(test, words) return #words >= test[2] end,
                atMost = function(test, words) return #words <= test[2] end,
            }

            -- The form that a line must have if it is right.
            function Words.choose(candidates, words)
                for _, candidate in ipairs(candidates) do
                    local passes = true
                    for _, test in ipairs(candidate.tests or {}) do
                        if not tests[test[1]](test, words) then
                            passes = false
                            break
                        end
                    end
                    if passes then return candidate.plan end
                end
            end

            function Words.isTransaction(word)
                return word ~= nil and #word <= 10 and word:find("^%d+$") ~= nil and tonumber(word) <= 4294967295
            end
        end
        """#
}
