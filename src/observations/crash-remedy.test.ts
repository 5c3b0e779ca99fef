import { expect, test } from "vitest";
import { exits, said, trialFacts } from "../../test/fixtures/trial-facts.ts";
import { crashRemedy, isOtherFormat } from "./crash-remedy.ts";
import { phaseRun } from "./phase-run.ts";

function remedy(text: string, platform = "linux/arm64"): string | undefined {
  const run = exits(1, said(`${text}\n`));
  return crashRemedy(phaseRun(trialFacts({ writable: run }), "writable"), platform)?.en;
}

test.each([
  ["exec /app/program: exec format error", "docker build --platform linux/amd64"],
  ["Error: Cannot find module 'express'\nRequire stack:", "does not hold express"],
  ["Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'pg' imported from /app/a.js", "does not hold pg"],
  ["ModuleNotFoundError: No module named 'flask'", "does not hold flask"],
  [
    "/app/x: error while loading shared libraries: libpq.so.5: cannot open shared object file",
    "does not hold libpq.so.5",
  ],
  ["Caused by: java.lang.ClassNotFoundException: org.a.Main", "does not hold org.a.Main"],
  ["Error: DATABASE_URL is required", "Give the variable DATABASE_URL"],
  ["Missing environment variable PORT", "Give the variable PORT"],
  ["KeyError: 'SECRET_KEY'", "Give the variable SECRET_KEY"],
  ['The environment variable: "API" is not set', "Give the variable API"],
  ["Error: ENOENT: no such file or directory, open '/config/app.yaml'", "Give the file /config/app.yaml"],
  ["Error: EACCES: permission denied, open '/app/config.json'", "may not read or execute /app/config.json"],
  ["python3: can't open file '/app/web.py': [Errno 13] Permission denied", "COPY --chown"],
])("%s", (text, expected) => {
  expect(remedy(text)).toContain(expected);
});

test.each([
  'TypeError [ERR_INVALID_ARG_TYPE]: The "path" argument must be of type string. Received undefined',
  "MAX_CONNECTIONS=5",
  "Error: listen EADDRINUSE",
  "open /dev/kmsg: permission denied",
  "",
])("%s says nothing of the kind", (text) => {
  expect(remedy(text)).toBeUndefined();
});

test("of an amd64 image the other processor is arm64", () => {
  expect(remedy("exec format error", "linux/amd64")).toContain("--platform linux/arm64");
  expect(isOtherFormat("exec /a: Exec format error")).toBe(true);
});
