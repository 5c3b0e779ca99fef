import { expect, test } from "vitest";
import { YARN_PNP } from "./yarn-pnp.ts";

const STATE = {
  __info: ["don't touch"],
  packageRegistryData: [
    [null, [[null, { packageLocation: "./", packageDependencies: [["lodash", "npm:4.17.15"]] }]]],
    ["portal", [["workspace:.", { packageLocation: "./" }]]],
    [
      "lodash",
      [
        [
          "npm:4.17.15",
          { packageLocation: "./.yarn/cache/lodash-npm-4.17.15-30a1d4a6e7-b4a4.zip/node_modules/lodash/" },
        ],
        ["npm:4.17.20", {}],
      ],
    ],
    [
      "react-dom",
      [
        ["npm:18.2.0", {}],
        ["virtual:d8c2751a62#npm:18.2.0", {}],
      ],
    ],
    ["@acme/ui", [["npm:1.0.0::__archiveUrl=https%3A%2F%2Fnpm.example.com%2Fui.tgz", {}]]],
    ["patched", [["patch:patched@npm%3A2.1.0#./x.patch::version=2.1.0&hash=ab", {}]]],
    ["own", [["virtual:ab#workspace:packages/own", {}]]],
    ["forked", [["https://github.com/a/forked.git#commit=abc", {}]]],
  ],
};
const EXPECTED = [
  { type: "npm", name: "lodash", version: "4.17.15" },
  { type: "npm", name: "lodash", version: "4.17.20" },
  { type: "npm", name: "react-dom", version: "18.2.0" },
  { type: "npm", namespace: "@acme", name: "ui", version: "1.0.0" },
  { type: "npm", name: "patched", version: "2.1.0" },
  { type: "npm", name: "forked", version: "" },
];

function stated(text: string, path = "/app/.pnp.cjs") {
  return YARN_PNP.packages({ path, bytes: Buffer.from(text) });
}

/** State in Yarn 4's format: single-quoted, with a backslash at the end of each line. */
function quoted(state: object): string {
  const json = JSON.stringify(state, null, 2).replace(/[\\'\n]/g, (sign) => `\\${sign}`);
  return `#!/usr/bin/env node\n"use strict";\n\nconst RAW_RUNTIME_STATE =\n'${json}';\n\nfunction $$SETUP_STATE() {}\n`;
}

test("the list of Yarn 4, as a text", () => {
  expect(stated(quoted(STATE))).toEqual(EXPECTED);
});

test("the list of Yarn 2, as an object, and the list alone", () => {
  const text = `function $$SETUP_STATE(hydrateRuntimeState, basePath) {\n  return hydrateRuntimeState(${JSON.stringify(STATE, null, 2)}, {basePath: basePath || __dirname});\n}\n`;
  expect(stated(text, "/app/.pnp.js")).toEqual(EXPECTED);
  expect(stated(JSON.stringify(STATE), "/app/.pnp.data.json")).toEqual(EXPECTED);
});

test.each([
  ["// RAW_RUNTIME_STATE isn't here; it's an object\n"],
  ["const x = RAW_RUNTIME_STATE; require('fs');\n"],
  ["const MY_RAW_RUNTIME_STATE_OLD = 'x';\n"],
])("an object behind other words: %j", (before) => {
  const text = `${before}return hydrateRuntimeState(${JSON.stringify(STATE)}, {basePath: basePath});`;
  expect(stated(text)).toEqual(EXPECTED);
});

test.each([
  ["something else", "module.exports = {};", "no state"],
  ["cut", quoted(STATE).slice(0, 400), "no state"],
  ["a list that is none", quoted({ packageRegistryData: {} }), "no packages"],
  ["an entry that is none", quoted({ packageRegistryData: [["a"]] }), "without a name"],
  ["no object", "const RAW_RUNTIME_STATE =\n'[]';", "no object"],
])("%s is damaged", (_, text, why) => {
  expect(() => stated(text)).toThrow(why);
});
