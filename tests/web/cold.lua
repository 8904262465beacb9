-- Every comparison once: none is kept yet. The four of a story lie as far apart as they can.
dofile((debug.getinfo(1, "S").source:match("@(.*/)")) .. "made.lua")
local number, stories = 0, tonumber(os.getenv("WT_BENCH_STORIES"))
function request()
  local round = math.floor(number / stories) % 4
  number = number + 1
  return wrk.format("GET", string.format("%s/%d-%d.html", story(number % stories), 1 + round, 2 + round))
end
