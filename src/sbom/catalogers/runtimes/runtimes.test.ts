import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CatalogerIndex } from "../cataloger-index.ts";
import { renamedSearch, runtimeSearch } from "./runtime-search.ts";

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
    ["/usr/local/apache2/bin/httpd", "Apache/2\0Apache/2.4\0Apache/2.4.65 (Unix)\0", "apache 2.4.65"],
    ["/opt/memcached", "memcached 1.6.38\n", "memcached 1.6.38"],
    ["/usr/sbin/mariadbd", "\0MariaDB \0x\0MariaDB 11.8.9\0", "mariadb 11.8.9"],
    [
      "/usr/local/sbin/haproxy",
      "HAProxy version \0 version 3.0.11-1a2b, released 2026/11/18\n",
      "haproxy 3.0.11",
    ],
    [
      "/usr/local/bin/redis-server",
      "\x008.0.2\x0014.2.0\x008.0.2buildkit-1789404730000000000\0",
      "redis 8.0.2",
    ],
    [
      "/usr/bin/valkey-sentinel",
      "\x008.1.1\x007.2.4\x0014.2.0\0valkey8.1.11792855166000000000\0",
      "valkey 8.1.1",
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
    ["/usr/bin/redis-server", "\x008.0.2\0 \x008.0.\0"],
    ["/usr/bin/redis-server", "\x008.0.2\0 \x008.0.21\0 \x008.0.2178940473000000\0"],
  ])("%s of another kind is none", (path, text) => {
    expect(found(path, text)).toEqual([]);
  });

  test("others are not asked", () => {
    expect(runtimeSearch("/usr/bin/bash")).toBeUndefined();
    expect(runtimeSearch("/app/node_modules/a")).toBeUndefined();
  });
});

describe("runtimes under other names", () => {
  const renamed = (program: string, pieceBytes = 1_000) => {
    const search = renamedSearch("/app/server", 1_000_000);
    const bytes = Buffer.from(program, "latin1");
    for (let at = 0; at < bytes.length; at += pieceBytes) search?.push(bytes.subarray(at, at + pieceBytes));
    return search?.end().map(({ name, version }) => `${name} ${version}`);
  };

  test.each([
    ["https://nodejs.org/download/release/v24.21.0/node-v24.21.0.tar.gz", ["node 24.21.0"]],
    ["\x003.13.5\0 and PYTHONHASHSEED", ["python 3.13.5"]],
    ["PYTHONHASHSEED and \x003.13.5\0", ["python 3.13.5"]],
    ["\x003.13.5\0, a version of anything", []],
    ["OpenJDK 64-Bit Server VM (21.0.5+11-LTS) for linux-amd64 JRE (21.0.5+11-LTS)", ["openjdk 21.0.5"]],
    ["nginx version: nginx/1.28.0 X-Powered-By: PHP/8.4.1", ["php 8.4.1", "nginx 1.28.0"]],
    ["a program of its own", []],
  ])("%s", (text, expected) => {
    for (const piece of [1, 7, 1_000]) expect(renamed(text, piece)).toEqual(expected);
  });

  test.each([
    ["/usr/bin/server", 1_000_000],
    ["/lib64/a", 1_000_000],
    ["/app/small", 10_000],
  ])("%s, of %i bytes, is not looked into", (path, size) => {
    expect(renamedSearch(path, size)).toBeUndefined();
  });

  test("of a large program Node alone is looked for", () => {
    const search = renamedSearch("/app/server", 200_000_000);
    search?.push(Buffer.from("X-Powered-By: PHP/8.4.1 nodejs.org/download/release/v24.1.0/"));
    expect(search?.end()).toMatchObject([{ name: "node" }]);
  });

  test("/usr/local is nobody's but its maker's", () => {
    expect(renamedSearch("/usr/local/bin/server", 1_000_000)).toBeDefined();
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
  const erlang = [{ type: "generic", name: "erlang", version: "27.3.4.1" }];
  expect(stated("/usr/local/lib/erlang/releases/27/OTP_VERSION", "27.3.4.1\n")).toEqual(erlang);
  expect(stated("/app/OTP_VERSION", "27.3\n")).toBeUndefined();
  const config = "# made\npackage Config;\nuse strict;\n    inc => '5.40.0',\n    version => '5.40.1',\n";
  expect(stated("/usr/local/lib/perl5/5.40.1/x86_64-linux-gnu/Config.pm", config)).toEqual([
    { type: "generic", name: "perl", version: "5.40.1" },
  ]);
  expect(stated("/usr/share/perl5/App/Config.pm", "    version => '1.0.1',\n")).toEqual([]);
  expect(stated("/app/lib/Config.pm", config)).toBeUndefined();
});
