import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { packageStart } from "../../../test/fixtures/start-script.ts";
import { servedFile } from "./1.2-served-file.ts";

function command(line: string, volumes: readonly string[] = []) {
  return checkRule(servedFile, { image: imageFacts({ config: { cmd: line.split(" "), volumes } }) });
}

test.each([
  "json-server db.json",
  "json-server --watch db.json --port 3000",
  "json-server -p 80 -H 0.0.0.0 data/db.json5",
  "node node_modules/.bin/json-server --host 0.0.0.0 db.json",
  "npx json-server --routes routes.json db.json",
])("%s keeps its data in a file of the image", (line) => {
  expect(command(line).status).toBe("fail");
});

test("the file is named, at the command", () => {
  expect(command("json-server --port 80 db.json")).toMatchObject({
    findings: [
      { message: { en: "json-server keeps its data in db.json, on the image's file system" }, at: {} },
    ],
  });
});

test("by a package's script, too", () => {
  expect(checkRule(servedFile, { image: packageStart("json-server db.json") }).status).toBe("fail");
});

test.each([
  ["json-server --ro db.json", []],
  ["json-server db.json --read-only", []],
  ["json-server --readOnly db.json", []],
  ["json-server generate.js", []],
  ["json-server https://site.fr/db.json", []],
  ["json-server --config server.json", []],
  ["json-server --routes routes.json", []],
  ["json-server /tmp/db.json", []],
  ["json-server /data/db.json", ["/data"]],
  ["node server.js db.json", []],
  ["my-json-server db.json", []],
  ["node a b json-server db.json", []],
] as const)("trap: %s does not", (line, volumes) => {
  expect(command(line, volumes).status).toBe("pass");
});
