import { expect, test } from "vitest";
import { said, trialFacts } from "../../test/fixtures/trial-facts.ts";
import { causeLine } from "./cause-line.ts";
import { phaseRun } from "./phase-run.ts";

function cause(text: string): string | undefined {
  return causeLine(phaseRun(trialFacts({ "read-only": [said(text)] }), "read-only"));
}

const NODE = `node:internal/modules/cjs/loader:1386
  throw err;
  ^

Error: Cannot find module '/app/server.js'
    at Module._resolveFilename (node:internal/modules/cjs/loader:1383:15)
    at node:internal/main/run_main_module:36:49 {
  code: 'MODULE_NOT_FOUND',
  requireStack: []
}

Node.js v24.21.0
`;
const NODE_OPEN = `node:fs:573
  return binding.open(
                 ^

Error: EROFS: read-only file system, open '/app/x'
    at Object.openSync (node:fs:573:18) {
  errno: -30,
  code: 'EROFS',
  syscall: 'open',
  path: '/app/x'
}

Node.js v24.21.0
`;
const PHP = `[26-Nov-2026 17:48:12] ERROR: failed to open error_log (/var/log/php8.4-fpm.log): Permission denied (13)
[26-Nov-2026 17:48:12] ERROR: failed to post process the configuration
[26-Nov-2026 17:48:12] ERROR: FPM initialization failed
`;
const SQUID = `2026/11/26 17:48:17| Processing Configuration File: /etc/squid/squid.conf (depth 0)
2026/11/26 17:48:17| FATAL: failed to open /run/squid.pid: (13) Permission denied
    exception location: File.cc(191) open
`;
const LIGHTTPD = `open /etc/mime.types: No such file or directory
2026-11-26 17:48:10: (server.c.636) opening pid-file failed: /run/lighttpd.pid: Permission denied
2026-11-26 17:48:10: (server.c.600) unlink failed for: /run/lighttpd.pid: No such file or directory
`;
const VARNISH =
  "Error: Cannot create working directory '/var/lib/varnish/varnishd': Read-only file system\n\n(-? gives usage)\n";
const PYTHON = `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    raise KeyError("DATABASE_URL")
KeyError: 'DATABASE_URL'
`;
const JAVA = `Exception in thread "main" java.lang.IllegalStateException: no database
\tat app.Main.main(Main.java:3)
Caused by: java.net.UnknownHostException: db
\t... 3 more
`;
const GO = `panic: open config.yaml: no such file or directory

goroutine 1 [running]:
main.main()
`;
const NPM = `> app@1.0.0 start
> node server.js

TypeError: Cannot read properties of undefined
    at server.js:1:1
npm error code 1
npm error A complete log of this run can be found in: /root/.npm/_logs/x-debug-0.log
`;

test.each([
  ["a module that is not there", NODE, "Error: Cannot find module '/app/server.js'"],
  ["a refused file", NODE_OPEN, "Error: EROFS: read-only file system, open '/app/x'"],
  [
    "php-fpm",
    PHP,
    "[26-Nov-2026 17:48:12] ERROR: failed to open error_log (/var/log/php8.4-fpm.log): Permission denied (13)",
  ],
  ["squid", SQUID, "2026/11/26 17:48:17| FATAL: failed to open /run/squid.pid: (13) Permission denied"],
  [
    "lighttpd",
    LIGHTTPD,
    "2026-11-26 17:48:10: (server.c.636) opening pid-file failed: /run/lighttpd.pid: Permission denied",
  ],
  [
    "varnish",
    VARNISH,
    "Error: Cannot create working directory '/var/lib/varnish/varnishd': Read-only file system",
  ],
  ["Python", PYTHON, "KeyError: 'DATABASE_URL'"],
  ["the cause of an exception", JAVA, "Caused by: java.net.UnknownHostException: db"],
  ["Go", GO, "panic: open config.yaml: no such file or directory"],
  ["npm around it", NPM, "TypeError: Cannot read properties of undefined"],
  ["an error's words", "starting\nDATABASE_URL is required\nbye\n", "DATABASE_URL is required"],
  ["no error: the last line", "starting\nbye\n", "bye"],
  ["nothing but noise", "Node.js v24.21.0\n", "Node.js v24.21.0"],
  ["colours", "\u001b[31mError: red\u001b[39m\n\u001b[2m\u001b[22m\n", "Error: red"],
])("%s", (_, text, line) => {
  expect(cause(text)).toBe(line);
});

test("nothing said", () => {
  expect(cause("\n \n")).toBeUndefined();
});
