import { describe, expect, test } from "vitest";
import {
  exits,
  http,
  said,
  server,
  type TrialSketch,
  trialFacts,
  write,
} from "../../test/fixtures/trial-facts.ts";
import type { ImageTree } from "../contract/image-tree.ts";
import type { TriedMounts } from "../contract/trial-facts.ts";
import { hasHelped, proposedMounts } from "./proposed-mounts.ts";

const USER = 1_000;
/** Folders of the image with their owners; one that ends with a slash holds files. */
function tree(directories: Readonly<Record<string, number>>): ImageTree {
  const names = Object.keys(directories);
  const owners = new Map(names.map((name) => [name.replace(/(?<=.)\/$/, ""), directories[name]]));
  return {
    real: (path) => (path.startsWith("/devices") ? undefined : path.replace(/^\/var\/run(?=\/|$)/, "/run")),
    isDirectory: (path) => (path.endsWith("/file") ? false : owners.has(path) ? true : undefined),
    holdsFiles: (directory) => names.some((name) => name.endsWith("/") && name.startsWith(`${directory}/`)),
    isOwned: (directory) => owners.get(directory) === USER,
  };
}

const DEBIAN = tree({
  "/run": 0,
  "/run/lock": 0,
  "/var/lib/nginx": 0,
  "/var/lib/nginx/body": 33,
  "/var/log/nginx": 33,
  "/app/": USER,
  "/app/public": USER,
  "/data": USER,
  "/data/member": USER,
  "/srv/shop": 0,
  "/srv/shop/uploads": USER,
});

function written(...paths: readonly string[]): TrialSketch {
  return { writable: server({ more: paths.map((path) => write(path)) }) };
}

/** A trial in which the user may not write, on either root. */
function refused(...lines: readonly string[]): TrialSketch {
  const run = [...exits(1), said(lines.join("\n"))];
  return { "read-only": run, restart: null, writable: run, replica: null };
}

function mounts(
  sketch: TrialSketch,
  tried?: Partial<TriedMounts>,
  rootIsReadOnly = false,
): readonly string[] {
  const facts = tried === undefined ? {} : { tried: { mounts: [], places: [], rounds: 1, ...tried } };
  const trial = trialFacts({ ...sketch, facts: { ...sketch.facts, ...facts } });
  return proposedMounts(trial, { tree: DEBIAN, rootIsReadOnly }).mounts;
}

describe("where an emptyDir is proposed", () => {
  test.each<[string, TrialSketch, readonly string[]]>([
    ["nothing is written", {}, []],
    ["the highest directory that it owns", written("/data/member/snap/db", "/data/member/wal/0"), ["/data"]],
    [
      "what it makes below the application, which an emptyDir would hide",
      written("/app/.next/cache/a/b"),
      ["/app/.next"],
    ],
    ["beside files of the image: nowhere", written("/app/visits.txt"), []],
    ["not above what it owns", written("/srv/shop/uploads/tmp/a"), ["/srv/shop/uploads"]],
    ["in /tmp, which is mounted", written("/tmp/a"), []],
    ["right in /run", written("/run/app.pid"), ["/run"]],
    [
      "a directory of the system's",
      written("/var/lib/app.db", "/etc/app.conf", "/usr/share/x", "/proc/x"),
      [],
    ],
    [
      "a file of the image is changed",
      { writable: server({ more: [write("/data/a", { change: "modified" })] }) },
      [],
    ],
    [
      "a directory that it makes",
      { writable: server({ more: [write("/data/new", { type: "directory" })] }) },
      ["/data"],
    ],
    [
      "all that are refused, links followed",
      refused(
        'mkdir() "/var/lib/nginx/body" failed (13: Permission denied)',
        'open() "/var/log/nginx/error.log" failed (13: Permission denied)',
        'open() "/var/run/nginx.pid" failed (13: Permission denied)',
      ),
      ["/run", "/var/lib/nginx", "/var/log/nginx"],
    ],
    ["a log that cannot be opened", refused("ERROR: Cannot open /var/log/nginx/x.log"), ["/var/log/nginx"]],
    ["into what the kernel mounts", refused("/devices/app.pid: Read-only file system"), []],
  ])("%s", (_, sketch, expected) => {
    expect(mounts(sketch)).toEqual(expected);
  });

  test("none that the program or its working directory lies in, or another mount", () => {
    const own = written("/data/a");
    expect(mounts({ ...own, facts: { argv: ["/data/bin/file"] } })).toEqual([]);
    expect(mounts({ ...own, facts: { argv: ["/app/server", "--pid", "/data/app.pid"] } })).toEqual(["/data"]);
    expect(mounts({ ...own, facts: { cwd: "/data/member" } })).toEqual([]);
    expect(mounts({ ...own, facts: { cwd: "/data" } })).toEqual(["/data"]);
    expect(mounts({ ...own, facts: { mounts: ["/data/member"] } })).toEqual([]);
    expect(mounts({ ...own, facts: { mounts: ["/data"] } })).toEqual([]);
  });

  test("none where the manifest mounts the root read-only and all answers are alike", () => {
    expect(mounts(written("/data/a"), undefined, true)).toEqual([]);
    expect(mounts(refused("/data/a: Read-only file system"), undefined, true)).toEqual(["/data"]);
  });

  test("with /tmp, where nothing is mounted there", () => {
    expect(mounts({ ...written("/data/a"), facts: { mounts: [] } })).toEqual(["/data", "/tmp"]);
    expect(mounts({ ...written("/tmp/a"), facts: { mounts: [] } })).toEqual(["/tmp"]);
    expect(mounts({ facts: { mounts: [] } })).toEqual([]);
  });

  test("a path that no manifest takes is none", () => {
    expect(mounts(written("/x:y/z/a"))).toEqual([]);
  });
});

describe("after a round", () => {
  const failing = (line: string): TrialSketch => ({
    ...written("/var/lib/nginx/body/a"),
    tried: [...exits(1), said(line)],
  });

  test("what it shows is added", () => {
    const line = 'open() "/run/nginx.pid" failed (13: Permission denied)';
    const places = ["/var/lib/nginx/body"];
    expect(mounts(failing(line), { mounts: ["/var/lib/nginx"], places })).toEqual(["/run", "/var/lib/nginx"]);
  });

  test("a directory of the image that a mount hid is a mount within it, and stays one", () => {
    const line =
      "mktemp: failed to create directory via template '/run/lock/app.XXXX': No such file or directory";
    const sketch = { ...failing(line), ...refusedPid() };
    expect(mounts(sketch, { mounts: ["/run"], places: ["/run"] })).toEqual([
      "/run",
      "/run/lock",
      "/var/lib/nginx",
    ]);
    const kernel = failing("/devices/x/y: No such file or directory");
    expect(mounts(kernel, { mounts: ["/var/lib/nginx"], places: [] })).toEqual(["/var/lib/nginx/body"]);
    const other = failing("No such file or directory");
    expect(mounts(other, { mounts: ["/var/lib/nginx"], places: [] })).toEqual(["/var/lib/nginx/body"]);
    const more = { ...failing("gone"), ...refusedPid() };
    expect(mounts(more, { mounts: ["/run", "/run/lock"], places: ["/run"] })).toEqual([
      "/run",
      "/run/lock",
      "/var/lib/nginx",
    ]);
  });

  test("when nothing is added, the lowest directories of the image are tried; then it is over", () => {
    const sketch = failing("gone");
    expect(mounts(sketch, { mounts: ["/var/lib/nginx"], places: [] })).toEqual(["/var/lib/nginx/body"]);
    expect(mounts(sketch, { mounts: ["/var/lib/nginx/body"], places: [] })).toEqual(["/var/lib/nginx/body"]);
  });

  test("what has helped stays", () => {
    const sketch = { ...written("/var/lib/nginx/body/a"), tried: server() };
    expect(mounts(sketch, { mounts: ["/var/lib/nginx"] })).toEqual(["/var/lib/nginx"]);
  });

  function refusedPid(): TrialSketch {
    return { "read-only": [...exits(1), said("/run/app.pid: Read-only file system")] };
  }
});

test.each<[string, TrialSketch, boolean]>([
  ["it answers as on the writable root", { tried: server() }, true],
  ["it does not start", { tried: exits(1) }, false],
  [
    "it answers worse",
    { tried: server({ without: ["http"], more: [http("/", "home", { status: 500 })] }) },
    false,
  ],
  ["it works there alone", { tried: server(), writable: exits(1) }, true],
  ["it was not tried", {}, false],
])("tried mounts have helped: %s", (_, sketch, expected) => {
  expect(hasHelped(trialFacts(sketch))).toBe(expected);
});
