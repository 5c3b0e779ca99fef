import { expect, test } from "vitest";
import { terminationMessagePath } from "./termination-message.ts";

// The kubelet's MakeAbsolutePath() (pkg/volume/util/util.go) prefixes any relative path with `/`.
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
