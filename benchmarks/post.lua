-- For wrk: posts bodies that were signed beforehand, each once.
local bodies = {}
for line in io.lines(os.getenv("INGEST_BODIES")) do bodies[#bodies + 1] = line end
local sent = 0

request = function()
  sent = sent + 1
  local line = bodies[(sent - 1) % #bodies + 1]
  local headers = {
    ["X-Hub-Signature-256"] = line:sub(1, 71),
    ["Content-Type"] = "application/json",
  }
  return wrk.format("POST", "/webhook", headers, line:sub(73))
end

done = function(summary, latency)
  local errors = summary.errors.status + summary.errors.read
    + summary.errors.write + summary.errors.timeout + summary.errors.connect
  io.write(string.format(
    "RESULT %.1f %.3f %.3f %d %d\n",
    summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors, summary.requests))
end
