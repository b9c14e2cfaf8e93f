-- W6: how fast Lua reads the formula: `load` compiles the text, the function gives its value.
-- The names are globals: a function may have only 200 local variables.
local folder = arg[1] or "."

local function read(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

local text = "return " .. read("w6.txt")
local index = 0
for line in read("w6vars.txt"):gmatch("[^\n]+") do
  _G["w" .. index] = tonumber(line)
  index = index + 1
end

local load = loadstring or load
local repeats, times, value = 15, {}, nil
for turn = 1, repeats do
  collectgarbage()
  local start = os.clock()
  local formula = assert(load(text))
  times[turn] = (os.clock() - start) * 1e3
  value = formula()
end
table.sort(times)
local who = jit and "LuaJIT" or "Lua"
print(string.format("%-26s %-30s med %12.4f min %12.4f %-8s check %.15g", who,
  "W6 text to program", times[(repeats + 1) / 2], times[1], "ms", value))
