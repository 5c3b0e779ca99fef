import { expect, test } from "vitest";
import { requestLogAdvice } from "./request-log-options.ts";

test.each([
  [["memcached", "-u", "app"], " (`-vv`), in the image"],
  [["/usr/bin/python3", "/usr/bin/gunicorn", "app:app"], " (`--access-logfile -`), in the image"],
  [["node", "server.js"], "level on stdout, in the image"],
])("%j", (argv, hint) => {
  expect(requestLogAdvice({ argv }).en).toContain(hint);
});
