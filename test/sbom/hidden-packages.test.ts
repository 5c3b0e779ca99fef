import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImagePackages } from "../../src/contract/package-facts.ts";
import type { TarEntry } from "../../src/image/tar/write.ts";
import { packagesOf } from "../fixtures/image-packages.ts";
import { zipOf } from "../fixtures/zip.ts";

const folder = mkdtempSync(join(tmpdir(), "douane-hidden-"));
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, ...argv: readonly string[]): string {
  // Without these, another Go or flags of the machine would leak into the build.
  const env = {
    ...process.env,
    GOCACHE: join(folder, "cache"),
    GOFLAGS: "-mod=mod",
    GOPROXY: "off",
    CGO_ENABLED: "0",
  };
  return execFileSync(command, argv, {
    cwd: folder,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function built(name: string): Buffer {
  return readFileSync(join(folder, name));
}

beforeAll(() => {
  writeFileSync(join(folder, "go.mod"), "module example.com/server\n\ngo 1.19\n");
  writeFileSync(join(folder, "main.go"), 'package main\n\nfunc main() { println("x") }\n');
  writeFileSync(join(folder, "main.c"), "int main(void) { return 0; }\n");
  run("go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-o", "go", ".");
  run("musl-gcc", "-static", "-o", "musl", "main.c");
  run("gcc", "-static", "-o", "glibc", "main.c");
  run("upx", "-q", "-o", "upx", "glibc");
  run("upx", "-q", "-o", "upx-go", "go");
}, 120_000);

/** Packages of this machine, put into a layer with their files and dpkg's records. */
const NAMES = ["dash", "sed", "grep"];
const DPKG = "/var/lib/dpkg";

function systemEntries(): readonly TarEntry[] {
  const status = NAMES.map((name) => run("dpkg-query", "--status", name)).join("\n");
  const lists = NAMES.map((name) => `${DPKG}/info/${name}.list`);
  const files = new Set(NAMES.flatMap((name) => run("dpkg-query", "--listfiles", name).split("\n")));
  return [
    ...[...files, ...lists].filter((path) => path !== "" && existsSync(path)).flatMap(entryOf),
    { path: "var/lib/dpkg/status", content: status },
    { path: "etc/os-release", content: "ID=debian\nVERSION_ID=13\n" },
  ];
}

function entryOf(path: string): readonly TarEntry[] {
  const stat = lstatSync(path);
  const name = path.slice(1);
  if (stat.isSymbolicLink()) return [{ path: name, type: "symlink", link: readlinkSync(path) }];
  if (stat.isDirectory()) return path === "/." ? [] : [{ path: `${name}/`, type: "directory" }];
  return [{ path: name, content: readFileSync(path), mode: stat.mode & 0o7777 }];
}

const SYSTEM = systemEntries();

function program(path: string, content: Buffer): TarEntry {
  return { path: path.slice(1), content, mode: 0o755 };
}

function names({ components }: ImagePackages): readonly string[] {
  return components.map(({ name, hidden }) => `${name}${hidden === true ? " (hidden)" : ""}`).toSorted();
}

/** Share of the executables' bytes without an owner, per cent. */
function unownedShare({ executables: { bytes, unownedBytes } }: ImagePackages): number {
  return (100 * unownedBytes) / bytes;
}

function unowned({ executables }: ImagePackages): readonly string[] {
  return executables.largestUnowned.map(({ path, kind }) => `${path} ${kind}`).toSorted();
}

test("an image as a distribution makes it hides nothing", () => {
  const packages = packagesOf(SYSTEM);
  expect(names(packages)).toEqual([...NAMES].toSorted());
  expect(packages).toMatchObject({ hidings: [], unread: [], executables: { unowned: 0 } });
  expect(packages.executables.count).toBeGreaterThanOrEqual(NAMES.length);
});

describe("ten images that hide packages", () => {
  test("1. its database deleted: read from the layer below, and who deleted it", () => {
    const packages = packagesOf(SYSTEM, [{ path: "var/lib/dpkg/.wh.status", content: "" }]);
    expect(names(packages)).toEqual(NAMES.map((name) => `${name} (hidden)`).toSorted());
    expect(packages.hidings).toMatchObject([
      { path: "/var/lib/dpkg/status", packages: 3, by: { layer: 1, way: "deleted" } },
    ]);
    expect(packages.executables.unowned).toBe(0);
  });

  test("2. squashed, without its database: all that is executable is nobody's", () => {
    const packages = packagesOf(SYSTEM.filter(({ path }) => !path.startsWith("var/lib/dpkg")));
    expect(names(packages)).toEqual([]);
    expect(unownedShare(packages)).toBe(100);
    const forged = SYSTEM.map(({ content = "", ...entry }) =>
      entry.path === "var/lib/dpkg/status"
        ? { ...entry, content: String(content).replace("Package: sed\n", "Package: other\n") }
        : { ...entry, content },
    );
    expect(unowned(packagesOf(forged))).toEqual(["/usr/bin/sed program"]);
  });

  test("3. a runtime under another name: found by what it says itself", () => {
    const python = readFileSync("/usr/bin/python3");
    const packages = packagesOf(SYSTEM, [program("/app/server", python)]);
    const version = run("/usr/bin/python3", "-c", "import platform; print(platform.python_version())").trim();
    expect(packages.components.filter(({ path }) => path === "/app/server")).toMatchObject([
      { type: "generic", name: "python", version },
    ]);
    expect(unowned(packagesOf(SYSTEM, [program("/usr/bin/server", python)]))).toEqual([
      "/usr/bin/server program",
    ]);
  });

  test("4. Go, stripped: its build information stays; destroyed: nobody's, and packed: not read", () => {
    const stripped = packagesOf([program("/server", built("go"))]);
    expect(names(stripped)).toEqual(["server", "stdlib"]);
    expect(stripped.executables.unowned).toBe(0);
    const destroyed = built("go");
    for (let at = destroyed.indexOf("Go buildinf:"); at >= 0; at = destroyed.indexOf("Go buildinf:", at))
      destroyed.fill("x", at, at + 12);
    const packages = packagesOf([program("/server", destroyed)]);
    expect([names(packages), unowned(packages)]).toEqual([[], ["/server program"]]);
    expect(packagesOf([program("/server", built("upx-go"))]).unread).toMatchObject([
      { path: "/server", why: "packed" },
    ]);
  });

  test("5. a jar that others were shaded into, without what says so", () => {
    const jar = zipOf([
      { name: "META-INF/MANIFEST.MF", content: "Manifest-Version: 1.0\r\n" },
      { name: "com/example/App.class", content: "\xca\xfe\xba\xbe" },
      { name: "org/apache/commons/text/StringSubstitutor.class", content: "\xca\xfe\xba\xbe" },
    ]);
    const packages = packagesOf([{ path: "app/app.jar", content: jar }]);
    expect(packages.unidentified).toMatchObject([{ path: "/app/app.jar" }]);
    expect(unowned(packages)).toEqual(["/app/app.jar jar"]);
  });

  test("6. Node, copied alone", () => {
    const packages = packagesOf(SYSTEM, [program("/app/bin/node", readFileSync(process.execPath))]);
    expect(packages.components.filter(({ name }) => name === "node")).toMatchObject([
      { version: process.versions.node, path: "/app/bin/node" },
    ]);
    expect(packages.executables.unowned).toBe(0);
  });

  test("7. a library of the system, copied beside the application", () => {
    const [library = ""] = run("ldd", process.execPath).match(/\/\S+\/libc\.so\.6/) ?? [];
    const packages = packagesOf(SYSTEM, [{ path: "app/lib/libc.so.6", content: readFileSync(library) }]);
    expect(unowned(packages)).toEqual(["/app/lib/libc.so.6 library"]);
    expect(unownedShare(packages)).toBeGreaterThan(5);
  });

  test("8. a static program of musl", () => {
    expect(unowned(packagesOf([program("/server", built("musl"))]))).toEqual(["/server program"]);
  });

  test("9. packed by UPX: not read, and nobody's; without UPX's mark too", () => {
    const packages = packagesOf([program("/server", built("upx"))]);
    expect(packages.unread).toMatchObject([{ path: "/server", cataloger: "program", why: "packed" }]);
    expect(unowned(packages)).toEqual(["/server packed"]);
    const masked = built("upx");
    for (let at = masked.indexOf("UPX!"); at >= 0; at = masked.indexOf("UPX!", at))
      masked.fill("x", at, at + 4);
    expect(unowned(packagesOf([program("/server", masked)]))).toEqual(["/server program"]);
  });

  test("10. packages below /opt: a whole root, and node_modules", () => {
    const root = SYSTEM.map((entry) => ({ ...entry, path: `opt/root/${entry.path}` }));
    const npm = { path: "opt/tool/node_modules/a/package.json", content: '{"name":"a","version":"1.0.0"}' };
    const packages = packagesOf(root, [npm]);
    expect(names(packages)).toEqual(["a", ...NAMES].toSorted());
    expect(packages.components.find(({ name }) => name === "dash")?.path).toBe(
      "/opt/root/var/lib/dpkg/status",
    );
    expect(packages.executables.unowned).toBe(0);
  });
});
