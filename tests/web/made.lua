-- The addresses of the stories that made.cjs makes.
local start = 1577836800 -- 2020-01-01T00:00:00Z
function story(number)
  local day = os.date("!%Y/%m/%d", start + number * 600)
  return string.format("/story/outlet%d.example/%s/story-%d", number % 40, day, number)
end
