import { describe, expect, test } from "vitest";
import { dpkgList, dpkgStatus, elf, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import { LIMITS } from "../../../contract/limits.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

function program(path: string, name = path): TarEntry {
  return { path: path.slice(1), content: elf(name), mode: 0o755 };
}

/** Paths of unowned executables. */
function unowned(...layers: readonly (readonly TarEntry[])[]): readonly string[] {
  return packagesOf(...layers).executables.largestUnowned.map(({ path }) => path);
}

const TOOL = [program("/usr/bin/tool"), dpkgStatus("tool@1"), dpkgList("tool", "/usr/bin", "/usr/bin/tool")];

describe("a package's list of files owns a program", () => {
  test("of the layer that brought both", () => {
    expect(unowned(TOOL)).toEqual([]);
    expect(unowned(TOOL, [program("/app/server")])).toEqual(["/app/server"]);
  });

  test("by any of its names, /usr merged or not, and diverted", () => {
    const names: readonly TarEntry[] = [
      dpkgStatus("tool@1", "other@1"),
      dpkgList("tool", "/bin/ls", "/usr/bin/perl5", "/usr/bin/sh"),
      program("/usr/bin/ls"),
      program("/usr/bin/perl"),
      { path: "usr/bin/perl5", hardLink: "usr/bin/perl" },
      program("/usr/bin/sh.distrib"),
      { path: "var/lib/dpkg/diversions", content: "/usr/bin/sh\n/usr/bin/sh.distrib\nother\n" },
    ];
    expect(unowned(names)).toEqual([]);
  });

  test("by its sums alone, as images without dpkg have them, or of a root in a directory", () => {
    const distroless: readonly TarEntry[] = [
      program("/usr/lib/libssl.so.3"),
      { path: "var/lib/dpkg/status.d/libssl3", content: "Package: libssl3\nVersion: 1\n" },
      { path: "var/lib/dpkg/status.d/libssl3.md5sums", content: `${"0".repeat(32)}  usr/lib/libssl.so.3\n` },
    ];
    expect(unowned(distroless)).toEqual([]);
    const below = TOOL.map((entry) => ({ ...entry, path: `opt/root/${entry.path}` }));
    const packages = packagesOf(below);
    expect(packages.executables.unowned).toBe(0);
    expect(packages.components).toMatchObject([{ name: "tool", path: "/opt/root/var/lib/dpkg/status" }]);
  });

  test("but not of a package that the image does not state", () => {
    expect(unowned(TOOL.slice(0, 1), [dpkgList("tool", "/usr/bin/tool")])).toEqual(["/usr/bin/tool"]);
    expect(unowned([...TOOL.slice(0, 1), dpkgStatus("other@1"), dpkgList("tool", "/usr/bin/tool")])).toEqual([
      "/usr/bin/tool",
    ]);
  });

  test("but not what a later layer laid in its place, unless it is the same", () => {
    expect(unowned(TOOL, [program("/usr/bin/tool", "another")])).toEqual(["/usr/bin/tool"]);
    expect(unowned(TOOL, [{ ...program("/usr/bin/tool"), mode: 0o555 }])).toEqual([]);
    const longer = { path: "usr/bin/tool", content: elf("/usr/bin/tool", 3_000) };
    expect(unowned(TOOL, [longer])).toEqual(["/usr/bin/tool"]);
    const link = [{ path: "usr/bin/tool", type: "symlink" as const, link: "dash" }, ...TOOL.slice(1)];
    expect(unowned(link, [program("/usr/bin/tool")])).toEqual(["/usr/bin/tool"]);
  });

  test("of a later layer, where nothing lay below", () => {
    const apk = (name: string) => ({
      path: "lib/apk/db/installed",
      content: `C:Q1x\nP:a\nV:1\nF:usr/bin\nR:a\n\nC:Q1x\nP:${name}\nV:1\nF:usr/bin\nR:${name}\n`,
    });
    const base = [program("/usr/bin/a")];
    expect(unowned(base, [program("/usr/bin/b"), apk("b")])).toEqual([]);
    expect(unowned([...base, apk("c")], [program("/usr/bin/a", "x")], [apk("b")])).toEqual(["/usr/bin/a"]);
    expect(unowned([dpkgStatus("tool@1"), ...TOOL.slice(2)], [program("/usr/bin/tool")])).toEqual([
      "/usr/bin/tool",
    ]);
  });
});

describe("a component's own directory owns what lies in it", () => {
  const NODE: TarEntry = {
    path: "app/node_modules/a/package.json",
    content: '{"name":"a","version":"1.0.0"}',
  };

  test("of npm, in the same layer or one below", () => {
    const addon = program("/app/node_modules/a/build/a.node");
    expect(unowned([NODE, addon])).toEqual([]);
    expect(unowned([addon], [NODE])).toEqual([]);
    expect(unowned([NODE], [addon])).toEqual(["/app/node_modules/a/build/a.node"]);
    expect(unowned([NODE, program("/app/node_modules/b/b.node")])).toEqual(["/app/node_modules/b/b.node"]);
  });

  test("of Ruby, Python, .NET, Java", () => {
    const entries: readonly TarEntry[] = [
      {
        path: "gems/specifications/ox-2.14.gemspec",
        content: 's.name = "ox".freeze\ns.version = "2.14".freeze\n',
      },
      program("/gems/gems/ox-2.14/lib/ox.so"),
      program("/gems/extensions/x86_64-linux/3.4.0/ox-2.14/ox.so"),
      { path: "site-packages/numpy-2.0.dist-info/METADATA", content: "Name: numpy\nVersion: 2.0\n" },
      { path: "site-packages/numpy-2.0.dist-info/RECORD", content: "numpy/a.so,,\nnumpy.libs/b.so,,\n" },
      program("/site-packages/numpy/a.so"),
      program("/site-packages/numpy.libs/b.so"),
      { path: "srv/web.deps.json", content: '{"libraries":{"Json/13.0.3":{"type":"package"}}}' },
      program("/srv/web"),
      { path: "opt/java/release", content: 'JAVA_VERSION="21.0.5"\n' },
      program("/opt/java/lib/server/libjvm.so"),
      program("/opt/java/bin/java"),
    ];
    expect(unowned(entries)).toEqual([]);
    const stray = ["/gems/gems/other-1.0/a.so", "/site-packages/c.so", "/opt/java/tool", "/gems/gems/a.so"];
    expect(unowned([...entries, ...stray.map((path) => program(path))])).toEqual(stray);
  });

  test("but not the whole root, where a runtime's file lies in it", () => {
    const root: readonly TarEntry[] = [
      { path: "release", content: 'JAVA_VERSION="21.0.5"\n' },
      { path: "web.deps.json", content: '{"libraries":{"Json/13.0.3":{"type":"package"}}}' },
      program("/bin/java"),
    ];
    expect(unowned(root)).toEqual(["/bin/java"]);
  });

  test("of runtimes, what they load", () => {
    const python = elf("\x003.13.5\0");
    const entries: readonly TarEntry[] = [
      { path: "usr/local/lib/libpython3.13.so.1.0", content: python, mode: 0o755 },
      program("/usr/local/bin/python3.13"),
      program("/usr/local/lib/python3.13/lib-dynload/_ssl.so"),
      { path: "opt/ruby/lib/libruby.so.3.4", content: elf("\0ruby 3.4.1 (2024)"), mode: 0o755 },
      program("/opt/ruby/bin/ruby"),
      program("/opt/ruby/lib/ruby/3.4.0/json.so"),
      { path: "opt/php/bin/php", content: elf("X-Powered-By: PHP/8.4.1"), mode: 0o755 },
      program("/opt/php/lib/php/opcache.so"),
      { path: "opt/nginx/sbin/nginx", content: elf("nginx version: nginx/1.28.0"), mode: 0o755 },
      program("/opt/nginx/modules/a.so"),
      { path: "opt/pg/bin/postgres", content: elf("postgres (PostgreSQL) 17.2"), mode: 0o755 },
      program("/opt/pg/lib/postgresql/a.so"),
      { path: "opt/n/lib/libnode.so.1", content: elf("nodejs.org/download/release/v24.1.0/"), mode: 0o755 },
      program("/opt/n/bin/node"),
    ];
    const packages = packagesOf(entries);
    expect(packages.executables).toMatchObject({ count: entries.length, unowned: 0 });
    expect(packages.components).toHaveLength(6);
  });
});

test("Java, whose release file says it, is said once; without it, its library says it", () => {
  const jvm = { path: "opt/java/lib/server/libjvm.so", content: elf("OpenJDK JRE (21.0.5+11-LTS)") };
  const rest = [program("/opt/java/bin/java"), program("/opt/java/lib/libjava.so")];
  const release = { path: "opt/java/release", content: 'JAVA_VERSION="21.0.5"\n' };
  for (const layer of [
    [jvm, ...rest],
    [jvm, ...rest, release],
  ]) {
    const { components, executables } = packagesOf(layer);
    expect(components).toMatchObject([{ name: "openjdk", version: "21.0.5" }]);
    expect(executables.unowned).toBe(0);
  }
});

test("a jar counts where nothing in it says what it is", () => {
  const jar = (manifest: string) =>
    zipOf([{ name: "META-INF/MANIFEST.MF", content: `Manifest-Version: 1.0\r\n${manifest}` }]);
  const layer = [
    { path: "app/a.jar", content: jar("Implementation-Version: 1.0\r\n") },
    { path: "app/b.jar", content: jar("") },
    { path: "app/c.bin", content: jar("Implementation-Version: 1.0\r\n") },
  ];
  const { largestUnowned } = packagesOf(layer).executables;
  expect(largestUnowned.map(({ path, kind }) => `${path} ${kind}`).toSorted()).toEqual([
    "/app/b.jar jar",
    "/app/c.bin jar",
  ]);
});

test("the largest are named, each content once, hidden ones not at all", () => {
  const count = LIMITS.unownedNamed + 5;
  const programs = Array.from({ length: count }, (_, at) => ({
    path: `app/p${at}`,
    content: elf(`${at}`, 2_000 + at),
  }));
  const links = [{ path: "app/again", hardLink: "app/p0" }];
  const { executables } = packagesOf(
    [...programs, ...links, program("/app/gone")],
    [{ path: "app/.wh.gone", content: "" }],
  );
  expect(executables).toMatchObject({ count, unowned: count });
  expect(executables.unownedBytes).toBe(executables.bytes);
  expect(executables.largestUnowned).toHaveLength(LIMITS.unownedNamed);
  expect(executables.largestUnowned[0]).toEqual({
    path: `/app/p${count - 1}`,
    layer: 0,
    bytes: 2_000 + count - 1,
    kind: "program",
  });
});

test("a program that is packed is not read, and said", () => {
  const packages = packagesOf([{ path: "app/server", content: elf(`${" ".repeat(100)}UPX!`), mode: 0o755 }]);
  expect(packages.unread).toEqual([{ path: "/app/server", layer: 0, cataloger: "program", why: "packed" }]);
  expect(packages.executables.largestUnowned).toMatchObject([{ kind: "packed" }]);
});

test("repositories that are not the distribution's, from all layers, each once", () => {
  const docker = {
    path: "etc/apt/sources.list.d/docker.list",
    content: "deb https://a:b@download.docker.com/linux/debian trixie stable\n",
  };
  const packages = packagesOf(
    [docker],
    [{ ...docker, path: "etc/apt/sources.list" }],
    [{ path: "etc/apt/sources.list.d/.wh.docker.list", content: "" }],
  );
  expect(packages.repositories).toEqual([
    {
      path: "/etc/apt/sources.list.d/docker.list",
      layer: 0,
      manager: "apt",
      address: "download.docker.com/linux/debian",
    },
  ]);
});

test("no more repositories of a layer than a bound", () => {
  const lines = Array.from(
    { length: LIMITS.repositoriesPerLayer + 1 },
    (_, at) => `https://a${at}.example.com/apk\n`,
  );
  const packages = packagesOf([{ path: "etc/apk/repositories", content: lines.join("") }]);
  expect(packages.repositories).toHaveLength(LIMITS.repositoriesPerLayer);
});
