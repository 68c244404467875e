extension Interpreter {
    static let findings = #"""
        -- Says in the tree what is wrong, and which programs are known for it.

        local Findings = {}
        do
            -- How many payloads are around the one that is shown.
            local depth = 0
            -- How many of those are not whole.
            local parts = 0

            -- Before a payload is shown that is in no other one.
            function Findings.begin() depth, parts = 0, 0 end

            -- Shows a payload that is inside of another one, whose problems do not spoil that around it.
            function Findings.inside(show, ...)
                depth = depth + 1
                show(...)
                depth = depth - 1
            end

            -- Shows the first part of a payload that goes in several; what it lacks may be in the others.
            function Findings.part(show, ...)
                parts = parts + 1
                Findings.inside(show, ...)
                parts = parts - 1
            end

            function Findings.problem(tree, range, text)
                if parts > 0 then return end
                local name = depth > 0 and "inside_problem" or "problem"
                tree:add(Fields[name].proto, range, text):set_generated()
                Tree.addExpert(tree, name, text)
            end

            function Findings.deviation(tree, range, deviation)
                local text = deviation.about
                if deviation.programs then text = text .. " (" .. deviation.programs .. ")" end
                tree:add(Fields.deviation.proto, range, text):set_generated()
                Tree.addExpert(tree, "deviation", text)
            end
        end
        """#
}
