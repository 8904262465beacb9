-- Every comparison once: none is kept yet.
dofile((debug.getinfo(1, "S").source:match("@(.*/)")) .. "made.lua")
local number, stories = 0, tonumber(os.getenv("WT_BENCH_STORIES"))
function request()
  number = number + 1
  return wrk.format("GET", string.format("%s/%d-%d.html", story(number % stories), 1 + number % 4, 2 + number % 4))
end
