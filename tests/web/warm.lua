-- 200 story pages, again and again.
dofile((debug.getinfo(1, "S").source:match("@(.*/)")) .. "made.lua")
local number = 0
function request()
  number = (number + 1) % 200
  return wrk.format("GET", story(number) .. ".html")
end
