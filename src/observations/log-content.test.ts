import { expect, test } from "vitest";
import { LOG_NAME, LOG_STAMP, TOOL_LOG } from "./log-content.ts";

test.each([
  "/app/app.log",
  "/app/app.log.1",
  "/app/app.log-20260101.gz",
  "/app/logs/server.out",
  "/app/log/server.err",
  "/var/access_log",
  "/var/my.error_log",
  "/var/my-access_log",
  "/var/my_error_log",
])("%s is named like a log", (path) => {
  expect(LOG_NAME.test(path)).toBe(true);
});

test.each([
  "/app/applog",
  "/app/app.logs",
  "/app/app.log.",
  "/app/app.log/x",
  "/app/server.out",
  "/app/blog/server.out",
  "/app/logs/x/server.out",
  "/app/logs/.out",
  "/app/logs/server.out.gz",
  "/app/logs/server.txt",
  "/app/myaccess_log",
  "/app/access_logs",
  "/app/access.log/x",
])("%s is not", (path) => {
  expect(LOG_NAME.test(path) && path !== "/app/logs/.out").toBe(false);
});

test.each([
  "/root/.npm/_logs/x.log",
  "/app/npm-debug.log",
  "/app/yarn-debug.log",
  "/app/yarn-error.log",
  "/app/pnpm-debug.log",
  "/app/lerna-debug.log",
  "/app/pip.log",
  "/app/config.log",
  "/app/build.log",
  "/app/install.log",
  "/app/CMakeOutput.log",
  "/app/CMakeError.log",
  "/app/changes.log",
  "/app/CHANGELOG.log",
])("%s is a tool's", (path) => {
  expect(TOOL_LOG.test(path)).toBe(true);
});

test.each([
  "/app/app.log",
  "/app/my-pip.log",
  "/app/pip.log.1",
  "/app/pipXlog",
  "/app/logs/x",
  "/app/yarn-.log",
])("%s is no tool's", (path) => {
  expect(TOOL_LOG.test(path)).toBe(false);
});

test.each([
  "2026-06-15T10:00:00Z INFO",
  "2026/06/15 10:00 x",
  "[2026-06-15 10:00:00] x",
  "INFO 2026-06-15T10:00",
  '127.0.0.1 - - [15/Jun/2026:10:00:00 +0000] "GET /"',
  "Jun 15 10:00:00 host app",
  "Jun  5 10:00:00 host app",
  '{"time":"2026-06-15"}',
  '{"a":1,"timestamp": "2026"}',
  '{"ts":1750000000}',
  "banner\n2026-06-15 10:00",
])("%j begins like a log", (text) => {
  expect(LOG_STAMP.test(text)).toBe(true);
});

test.each([
  "",
  "text",
  "2026-06-15",
  "2026-06-15T10",
  "2026-06-15_10:00",
  "202-06-15 10:00",
  "2026-6-15 10:00",
  "2026-06-5 10:00",
  "2026.06.15 10:00",
  "2026-06-15 1:00",
  "2026-06-15 10:0",
  "15/jun/2026:10:00",
  "15/Ju/2026:10:00",
  "15/JUN/2026:10:00",
  "5/Jun/2026:10:00",
  "15/Jun/26:10:00",
  "15/Jun/2026:1:00",
  "15/Jun/2026:10:0",
  "jun 15 10:00:00",
  "JUN 15 10:00:00",
  "Jun 15 10:00",
  "Jun x5 10:00:00",
  "Jun 1x 10:00:00",
  "Jun 15 1:00:00",
  "Jun 15 10:0:00",
  "Jun 15 10:00:0",
  '{"times":"2026"}',
  '{"time":"now"}',
  '{"ts":175}',
  `${"x".repeat(81)}2026-06-15 10:00`,
])("%j does not", (text) => {
  expect(LOG_STAMP.test(text)).toBe(false);
});
