import { expect, test } from "vitest";
import { manifestAlone } from "../../../test/fixtures/manifest-alone.ts";
import { manifestDevelopmentMode } from "./manifest-rules.ts";

const ID = "1.4-manifest-development-mode:portal/Deployment/web/web";

test.each([
  ["a tool", { command: ["nodemon", "server.js"] }, "command:nodemon"],
  ["a tool behind a shell", { command: ["sh", "-c", "exec next dev"] }, "command:next%20dev"],
  ["a tool with its arguments", { command: ["next"], args: ["dev"] }, "command:next%20dev"],
  ["a script's name", { command: ["npm", "run", "dev"] }, "command:npm%20dev"],
  ["a variable", { env: [{ name: "DEBUG", value: "1" }] }, "env:DEBUG:1"],
])("fail: %s", (_, container, found) => {
  expect(manifestAlone(manifestDevelopmentMode, container)).toEqual({
    status: "fail",
    found: [`${ID}/${found}`],
    notes: [],
  });
});

test.each([
  ["nothing is said", {}],
  ["production", { command: ["node", "server.js"], env: [{ name: "NODE_ENV", value: "production" }] }],
  ["npm's debug", { env: [{ name: "DEBUG", value: "app:*" }] }],
  ["arguments of a program that is not known", { args: ["dev", "--inspect"] }],
  ["a tool that may be an argument", { args: ["nodemon", "server.js"] }],
  [
    "a value that only the cluster knows",
    { env: [{ name: "NODE_ENV", valueFrom: { configMapKeyRef: { name: "web", key: "mode" } } }] },
  ],
])("trap: %s", (_, container) => {
  expect(manifestAlone(manifestDevelopmentMode, container)).toEqual({ status: "n/a", found: [], notes: [] });
});
