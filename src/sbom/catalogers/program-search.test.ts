import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { ProgramSearch } from "./program-search.ts";

function found(path: string, ...contents: readonly (string | Uint8Array)[]) {
  const program = Buffer.concat(contents.map((one) => Buffer.from(one)));
  const search = new ProgramSearch(path, program.length);
  search.push(program);
  return search.end().map(({ packages, ...more }) => ({
    ...more,
    packages: packages().map(({ name, version }) => `${name} ${version}`),
  }));
}

const CODE = "\x7fELF and code".repeat(100);
const CRATES = { packages: [{ name: "serde", version: "1.0.219", source: "crates.io" }], format: 1 };

test("a program states the crates that it was built of, or that they cannot be read", () => {
  expect(found("/app/server", CODE, deflateSync(JSON.stringify(CRATES)))).toEqual([
    { name: "cargo-auditable", packages: ["serde 1.0.219"] },
  ]);
  expect(found("/app/server", CODE, deflateSync(JSON.stringify({ packages: [{ name: "a" }] })))).toEqual([
    { name: "cargo-auditable", unread: "damaged", packages: [] },
  ]);
});

test("a runtime states itself, and a program nothing", () => {
  expect(found("/usr/sbin/nginx", CODE, "nginx version: nginx/1.27.0\n")).toEqual([
    { name: "runtime", packages: ["nginx 1.27.0"] },
  ]);
  expect(found("/app/server", CODE)).toEqual([]);
});
