import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CatalogerIndex } from "../cataloger-index.ts";
import { runtimeSearch } from "./runtime-search.ts";

function found(path: string, program: Buffer | string, pieceBytes = 100_000): readonly string[] | undefined {
  const search = runtimeSearch(path);
  const bytes = Buffer.from(program);
  for (let at = 0; at < bytes.length; at += pieceBytes) search?.push(bytes.subarray(at, at + pieceBytes));
  return search?.end().map(({ name, version }) => `${name} ${version}`);
}

describe("runtimes by the texts that they carry", () => {
  test.each([
    ["/usr/local/bin/php", "x\0X-Powered-By: PHP/\0y X-Powered-By: PHP/8.4.28\0", "php 8.4.28"],
    ["/usr/local/lib/libruby.so.3.4", "\0ruby 3.4.5 (2026-07-16 revision 1)\0", "ruby 3.4.5"],
    ["/opt/python/bin/python3.13", "\x003.x\0 \x003.13.5\0", "python 3.13.5"],
    ["/usr/local/lib/libpython3.14t.so.1.0", "\x003.14.0rc2\0", "python 3.14.0rc2"],
    ["/usr/sbin/nginx", "nginx version: nginx/1.27.0\n", "nginx 1.27.0"],
    [
      "/usr/lib/postgresql/17/bin/postgres",
      "postgres (PostgreSQL) 17.12 (Debian 17.12-0+deb13u1)\n",
      "postgresql 17.12",
    ],
    ["/app/node", "https://nodejs.org/download/release/v24.21.0/node-v24.21.0.tar.gz", "node 24.21.0"],
  ])("%s", (path, text, expected) => {
    for (const piece of [1, 7, 1_000]) expect(found(path, text, piece)).toEqual([expected]);
  });

  test("whatever Node runs this says so itself", () => {
    expect(found("/x/node", readFileSync(process.execPath))).toEqual([`node ${process.versions.node}`]);
  });

  test.each([
    ["/usr/local/bin/node", "a wrapper"],
    ["/usr/bin/nginx", "nginx version: nginx/%s"],
  ])("%s of another kind is none", (path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  test("others are not asked", () => {
    expect(runtimeSearch("/usr/bin/bash")).toBeUndefined();
    expect(runtimeSearch("/app/node_modules/a")).toBeUndefined();
  });
});

test("what stands in files of a release", () => {
  const stated = (path: string, content: string) =>
    new CatalogerIndex().of(path)?.packages({ path: join(path), bytes: Buffer.from(content) });
  expect(
    stated("/opt/java/openjdk/release", 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="21.0.8"\n'),
  ).toEqual([{ type: "generic", name: "openjdk", version: "21.0.8" }]);
  expect(stated("/app/release", "1.0\n")).toEqual([]);
  expect(stated("/usr/local/go/VERSION", "go1.24.4\ntime 2026-05-29T00:00:00Z\n")).toEqual([
    { type: "golang", name: "go", version: "1.24.4" },
  ]);
  expect(stated("/usr/local/go/VERSION", "devel\n")).toEqual([]);
  expect(stated("/app/VERSION", "go1.0\n")).toBeUndefined();
});
