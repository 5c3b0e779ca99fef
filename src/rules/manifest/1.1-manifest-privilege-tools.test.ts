import { expect, test } from "vitest";
import { manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestPrivilegeTools } from "./manifest-rules.ts";

test.each([
  [{ command: ["sudo", "-E", "node"] }, "command:sudo"],
  [{ command: ["sh", "-c", "exec su-exec app node"] }, "command:su-exec"],
  [{ command: ["env"], args: ["-S", "gosu app node"] }, "args:gosu"],
])("fail: %j", (container, found) => {
  expect(manifestAlone(manifestPrivilegeTools, container)).toMatchObject({
    status: "fail",
    found: [`1.1-manifest-privilege-tools:portal/Deployment/web/web/${found}`],
  });
});

test.each([
  {},
  { args: ["sudo", "node"] },
  { command: ["node", "sudo"] },
  { command: ["/app/server"], args: ["--role", "sudo"] },
  { command: ["sh", "-c", "echo sudo"] },
])("trap: %j", (container) => {
  expect(manifestAlone(manifestPrivilegeTools, container)).toEqual({ status: "n/a", found: [], notes: [] });
});
