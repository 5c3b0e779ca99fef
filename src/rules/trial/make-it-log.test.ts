import { expect, test } from "vitest";
import { makeItLog } from "./make-it-log.ts";

test.each([
  [["memcached", "-u", "app"], " (`-vv`), by trial.env"],
  [["/usr/bin/python3", "/usr/bin/gunicorn", "app:app"], " (`--access-logfile -`), by trial.env"],
  [["node", "server.js"], "access log on stdout, by trial.env"],
])("%j", (argv, hint) => {
  expect(makeItLog({ argv }).en).toContain(hint);
});
