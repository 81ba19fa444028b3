-- For wrk: prints its result as one line of JSON. `refused` counts answers with a status of 400 or more.
-- https://github.com/wg/wrk/blob/master/SCRIPTING

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "refused": %d, "broken": %d}\n',
    summary.requests, summary.duration / 1e6,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
