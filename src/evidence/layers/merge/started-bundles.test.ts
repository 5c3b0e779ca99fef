import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { elf, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import type { TarEntry } from "../../../image/tar/write.ts";
import { DescribedScripts, type StatedScripts } from "../../../sbom/embedded/embedded-sbom.ts";
import type { PackageContext } from "./image-packages.ts";

const NODE: TarEntry = { path: "usr/local/bin/node", content: elf("node"), mode: 0o755 };
const BUNDLE = `const http = require("node:http");\n// node_modules/ms/index.js\nvar __commonJS = (cb, mod) => 1;\n${"a();\n".repeat(200)}`;
const PNPM = "../node_modules/.pnpm/ms@2.1.3/node_modules/ms/index.js";

function map(sources: readonly string[], lines = BUNDLE.split("\n").length - 1): string {
  return JSON.stringify({ version: 3, sources, names: [], mappings: ";".repeat(lines - 1) });
}

function file(path: string, content: string = BUNDLE): TarEntry {
  return { path, content };
}

function start(argv: readonly string[], workingDir = "/app"): PackageContext {
  return { starts: [{ argv, workingDir }] };
}

/** Paths of bundles that nothing describes, and packages. */
function seen(files: readonly TarEntry[], context: PackageContext, ...above: readonly TarEntry[][]) {
  const { unread, components } = packagesOf([NODE, ...files], ...above, context);
  expect(unread.every(({ why, cataloger }) => why === "bundle" && cataloger === "javascript-bundle")).toBe(
    true,
  );
  return [unread.map(({ path }) => path), components.map(({ name, version }) => `${name}@${version}`)];
}

describe("a bundle that the image starts", () => {
  test.each<[string, readonly TarEntry[], PackageContext]>([
    ["by its name", [file("app/server.js")], start(["node", "server.js"])],
    ["by its path, from elsewhere", [file("srv/x/server.js")], start(["node", "/srv/x/server.js"], "/")],
    ["without its ending", [file("app/dist/main.js")], start(["node", "dist/main"])],
    ["as the file of a folder", [file("app/dist/index.js")], start(["node", "dist"])],
    [
      "in a shell's line",
      [file("srv/server.mjs")],
      start(["/bin/sh", "-c", "cd / && exec node /srv/server.mjs"]),
    ],
    ["behind an entrypoint", [file("app/server.js")], start(["docker-entrypoint.sh", "node", "server.js"])],
    [
      "by what it loads",
      [file("app/dist/chunks/a.js"), file("app/server.js", "load();".padEnd(600))],
      start(["node", "server.js"]),
    ],
    ["through npm, in its working directory", [file("app/dist/main.js")], start(["npm", "start"])],
    [
      "from a sibling folder of its project",
      [
        file("opt/tool/package.json", "{}"),
        file("opt/tool/bin/tool.js", "load();".padEnd(600)),
        file("opt/tool/dist/tool.cjs"),
      ],
      start(["node", "/opt/tool/bin/tool.js"], "/"),
    ],
  ])("%s", (_, files, context) => {
    const [unread, components] = seen(files, context);
    expect(unread).toHaveLength(1);
    expect(components).toEqual(["ms@"]);
  });
});

describe("a bundle that it does not start", () => {
  test.each<[string, readonly TarEntry[], PackageContext]>([
    ["for browsers, beside the server", [file("app/public/app.js")], start(["node", "server.js"])],
    [
      "without Node in it",
      [file("app/dist/app.js", BUNDLE.replace("node:http", "react"))],
      start(["node", "server.js"]),
    ],
    ["yarn's own program", [file("app/.yarn/releases/yarn-4.9.1.cjs")], start(["node", "server.js"])],
    ["in another folder", [file("opt/yarn-v1.22.22/lib/cli.js")], start(["node", "server.js"])],
    ["in a package", [file("app/node_modules/x/dist/x.js")], start(["node", "server.js"])],
    ["in the root, where everything is", [file("srv/other.js")], start(["node", "x"], "/")],
    [
      "as people write it",
      [file("app/server.js", 'require("node:http");\n'.padEnd(600))],
      start(["node", "server.js"]),
    ],
  ])("%s", (_, files, context) => {
    expect(seen(files, context)).toEqual([[], []]);
  });

  test("without a program that runs it", () => {
    const { unread } = packagesOf([file("app/server.js")], start(["node", "server.js"]));
    expect(unread).toEqual([]);
  });

  test("as a later layer took it away, or wrote another over it", () => {
    const context = start(["node", "server.js"]);
    expect(seen([file("app/server.js")], context, [file("app/.wh.server.js", "")])).toEqual([[], []]);
    const written = [file("app/server.js", "listen();\n".repeat(80))];
    expect(seen([file("app/server.js")], context, written)).toEqual([[], []]);
  });
});

describe("a map beside it", () => {
  const context = start(["node", "server.js"]);

  test("names all its packages with their versions: they are stated", () => {
    const files = [file("app/server.js"), file("app/server.js.map", map([PNPM, "../src/a.ts"]))];
    expect(seen(files, context)).toEqual([[], ["ms@2.1.3"]]);
  });

  test("of the layer above", () => {
    expect(seen([file("app/server.js")], context, [file("app/server.js.map", map([PNPM]))])).toEqual([
      [],
      ["ms@2.1.3"],
    ]);
  });

  test.each([
    ["without a version", map([PNPM, "../node_modules/left-pad/index.js"])],
    ["of half of it", map([PNPM], 100)],
    ["of something longer", map([PNPM], 400)],
  ])("%s: it stays incomplete, with the packages that are named", (_, content) => {
    const [unread, components] = seen([file("app/server.js"), file("app/server.js.map", content)], context);
    expect(unread).toEqual(["/app/server.js"]);
    expect(components).toContain("ms@2.1.3");
  });
});

describe("an SBOM", () => {
  const [SHA256, SHA512] = ["sha256", "sha512"].map(
    (algorithm) => `${algorithm}:${createHash(algorithm).update(BUNDLE).digest("hex")}`,
  );
  const other = `sha256:${"0".repeat(64)}`;
  const place = (path: string, ...digests: readonly string[]): StatedScripts => ({
    places: [{ path, digests }],
    digests: [],
  });
  const digest = (...digests: readonly string[]): StatedScripts => ({ places: [], digests });

  test.each<[string, boolean, readonly StatedScripts[]]>([
    ["that names that file", true, [place("/app/server.js")]],
    ["that names another file", false, [place("/app/other.js")]],
    ["that names its digest", true, [digest(`${SHA256}`)]],
    ["that names its longer digest", true, [digest(`${SHA512}`)]],
    ["that names another's digest", false, [digest(other)]],
    ["that names the file with its digest", true, [place("/app/server.js", other, `${SHA512}`)]],
    ["that names the file as another build made it", false, [place("/app/server.js", other)]],
    ["of another build, beside that of this", true, [place("/app/server.js", other), digest(`${SHA256}`)]],
    [
      "of another build, and one that names the file",
      true,
      [place("/app/server.js", other), place("/app/server.js")],
    ],
  ])("%s gives an account of it: %s", (_, isDescribed, documents) => {
    const described = new DescribedScripts();
    for (const one of documents) described.add(one);
    const [unread] = seen([file("app/server.js")], { ...start(["node", "server.js"]), described });
    expect(unread).toEqual(isDescribed ? [] : ["/app/server.js"]);
  });

  test("that names the digest of what a later layer replaced gives an account of nothing", () => {
    const described = new DescribedScripts();
    described.add(digest(`${SHA256}`));
    const above = [file("app/server.js", `${BUNDLE}// 2\n`)];
    expect(seen([file("app/server.js")], { ...start(["node", "server.js"]), described }, above)[0]).toEqual([
      "/app/server.js",
    ]);
  });
});
