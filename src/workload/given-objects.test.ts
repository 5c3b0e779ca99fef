import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import type { ConfigObject } from "./config-objects.ts";
import { givenObjectsIn, givenObjectsOf } from "./given-objects.ts";

const NONE = { config: [], accounts: [], services: [], backends: [], routes: [], monitors: [] };
const folder = mkdtempSync(join(tmpdir(), "douane-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function shown({ kind, namespace, name, values, binary }: ConfigObject) {
  return [`${namespace ?? "-"}/${kind}/${name}`, Object.fromEntries(values()), binary];
}

function read(text: string) {
  return givenObjectsOf(Buffer.from(text)).config.map(shown);
}

describe("a stream of manifests", () => {
  test("gives ConfigMaps and Secrets with their values decoded", () => {
    const text = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: portal}
data: {level: info, "app.yaml": "a: 1\\n"}
binaryData: {plain: YWJj, image: /w==}
---
apiVersion: v1
kind: Secret
metadata: {name: credentials}
data: {user: YWRtaW4=, password: b2xk}
stringData: {password: new}
`;
    expect(read(text)).toEqual([
      ["portal/ConfigMap/settings", { plain: "abc", level: "info", "app.yaml": "a: 1\n" }, ["image"]],
      ["-/Secret/credentials", { user: "admin", password: "new" }, []],
    ]);
  });

  test("finds them in Lists", () => {
    const item = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { x: "1" } };
    expect(read(JSON.stringify({ apiVersion: "v1", kind: "List", items: [item] }))).toEqual([
      ["-/ConfigMap/a", { x: "1" }, []],
    ]);
  });

  test.each([
    "apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n",
    "apiVersion: v2\nkind: ConfigMap\nmetadata: {name: a}\n",
    "apiVersion: v1\nkind: Secrets\nmetadata: {name: a}\n",
    "kind: ConfigMap\nmetadata: [",
    "\xff",
    "",
  ])("%j holds none", (text) => {
    expect(givenObjectsOf(Buffer.from(text, "latin1"))).toEqual(NONE);
  });

  test.each([
    ["reflector.v1.k8s.emberstack.com/reflects", "ops/settings", false],
    ["replicator.v1.mittwald.de/replicate-from", "ops/settings", false],
    ["replicator.v1.mittwald.de/replicate-from", " ", true],
    ["replicator.v1.mittwald.de/replicate-to", "ops", true],
    ["reflector.v1.k8s.emberstack.com/reflection-allowed", "true", true],
  ])("values that a controller copies from elsewhere are not there: %s: %j", (mark, source, isGiven) => {
    const metadata = { name: "a", annotations: { [mark]: source } };
    const text = JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata, data: { x: "1" } });
    expect(read(text)).toEqual(isGiven ? [["-/ConfigMap/a", { x: "1" }, []]] : []);
  });

  test("one broken document hides no other, and a value that is no text is left out", () => {
    const text =
      "kind: ConfigMap\nmetadata: [\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 1, b: z}\n";
    expect(read(text)).toEqual([["-/ConfigMap/a", { b: "z" }, []]]);
  });

  test("a value that is printed by accident is not there", () => {
    const [secret] = givenObjectsOf(
      Buffer.from("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {x: hunter2}\n"),
    ).config;
    expect(JSON.stringify(secret)).not.toContain("hunter2");
  });
});

describe("a folder", () => {
  test("gives those of its own files; what is no file is not waited for", () => {
    const own = join(folder, "own");
    mkdirSync(join(own, "below"), { recursive: true });
    const map = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
    writeFileSync(join(own, "b.yaml"), map("b"));
    writeFileSync(join(own, "a.yml"), map("a"));
    writeFileSync(join(own, "notes.txt"), map("c"));
    writeFileSync(join(own, "below", "d.yaml"), map("d"));
    execFileSync("mkfifo", [join(own, "pipe.yaml")]);
    expect(givenObjectsIn(own).config.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("that is not there has none", () => {
    expect(givenObjectsIn(join(folder, "none"))).toEqual(NONE);
  });

  test("beyond the bound is refused, and the bound named", () => {
    const large = join(folder, "large");
    mkdirSync(large);
    const half = Buffer.alloc(LIMITS.manifestFileBytes / 2 + 1, "# filling\n");
    writeFileSync(join(large, "a.yaml"), half);
    writeFileSync(join(large, "b.yaml"), half);
    expect(() => givenObjectsIn(large)).toThrow("manifestFileBytes");
  });
});
