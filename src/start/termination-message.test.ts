import { expect, test } from "vitest";
import { terminationMessagePath } from "./termination-message.ts";

// MakeAbsolutePath() of the kubelet (pkg/volume/util/util.go) puts a `/` in front of whatever is written.
test.each([
  [undefined, "/dev/termination-log"],
  ["", "/dev/termination-log"],
  ["/dev/termination-log", "/dev/termination-log"],
  ["/app/run", "/app/run"],
  ["app/run", "/app/run"],
  ["/app/../bin/sh", "/bin/sh"],
  ["../app/run", "/app/run"],
  ["//app//run", "/app/run"],
  ["/", "/"],
])("%s → %s", (path, mounted) => {
  expect(terminationMessagePath(path === undefined ? {} : { terminationMessagePath: path })).toBe(mounted);
});
