import { expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { podVolumes } from "./pod-volumes.ts";

const FILE = { content: "x", mode: 0o400 };

test("a container sees the pod's files, its shared memory and its mounts, parents first", () => {
  const { mounted } = podVolumes("/mnt", { hostname: "web-0" }, [
    [
      { kind: "file", path: "/data/config/app.yaml", ...FILE },
      { kind: "empty", path: "/data" },
      { kind: "files", path: "/data/config", files: { a: FILE } },
    ],
  ]);
  const mounts = mounted[0]?.mounts ?? [];
  expect(mounts.map((mount) => `${mount.path} ${mount.kind === "bind" && mount.readOnly}`)).toEqual([
    "/data false",
    "/etc/hosts false",
    "/etc/hostname false",
    "/etc/resolv.conf false",
    "/dev/shm false",
    "/data/config true",
    "/data/config/app.yaml true",
  ]);
  expect(mounted[0]?.writable.map(({ path }) => path)).toEqual(["/dev/shm", "/data"]);
});

test("the file for a container's last message is its own, writable, and lies over what is there", () => {
  const message = { kind: "message", path: "/app/run" } as const;
  const { volumes, mounted } = podVolumes("/mnt", { hostname: "web-0" }, [
    [message, { kind: "empty", path: "/app" }],
    [message, { kind: "message", path: "/message" }, { kind: "message", path: "/app/..odd" }],
  ]);
  const [own, others] = mounted.map(({ mounts }) =>
    mounts.filter(({ path }) => path.startsWith("/app") || path === "/message"),
  );
  expect(own?.map(({ path }) => path)).toEqual(["/app", "/app/run"]);
  const files = volumes.flatMap(({ source, message: name }) =>
    name === undefined ? [] : [`${source}/${name}`],
  );
  expect(new Set(files).size).toBe(4);
  expect(
    [...(own ?? []), ...(others ?? [])].flatMap((mount) =>
      mount.kind === "bind" && files.includes(mount.source) ? [mount.readOnly] : [],
    ),
  ).toEqual([false, false, false, false]);
  // A file is represented by its folder, unless that is the root.
  expect(mounted.map(({ writable }) => writable.map(({ path }) => path))).toEqual([
    ["/dev/shm", "/app", "/app"],
    ["/dev/shm", "/app", "/message", "/app"],
  ]);
});

test("an emptyDir is open to all, of the fsGroup when there is one, and bounded", () => {
  const { volumes, mounted } = podVolumes("/mnt", { hostname: "web-0" }, [
    [
      { kind: "empty", path: "/tmp" },
      { kind: "empty", path: "/cache", gid: 2_000, bytes: 1_024 },
      { kind: "empty", path: "/large", bytes: 1024 ** 4 },
    ],
  ]);
  const bounded = { bytes: LIMITS.trialTmpfsBytes, inodes: LIMITS.trialTmpfsInodes };
  const sourceOf = (path: string) => mounted[0]?.writable.find((one) => one.path === path)?.source;
  expect(volumes.slice(2)).toMatchObject([
    { source: sourceOf("/tmp"), mode: 0o1777, gid: 0, ...bounded },
    { source: sourceOf("/cache"), mode: 0o2777, gid: 2_000, bytes: 1_024 },
    { source: sourceOf("/large"), mode: 0o777, ...bounded },
  ]);
  expect(new Set(volumes.map(({ source }) => source)).size).toBe(volumes.length);
});

test("what all containers of a pod can write together is bounded", () => {
  const many = Array.from({ length: 50 }, (_, index) => [
    { kind: "empty", path: "/own" } as const,
    { kind: "empty", path: `/${index}`, volume: "shared" } as const,
  ]);
  const { volumes, rootBytes } = podVolumes("/mnt", { hostname: "web-0" }, many);
  const own = volumes.filter(({ source, files }) => files === undefined && source !== "/mnt/volumes/1");
  const bytes = own.map((volume) => volume.bytes).reduce((sum, one) => sum + one, 50 * rootBytes);
  expect(own.length).toBe(51);
  expect(bytes).toBeLessThanOrEqual(LIMITS.trialPodTmpfsBytes);
  expect(bytes).toBeGreaterThan(0.99 * LIMITS.trialPodTmpfsBytes);
  expect(podVolumes("/mnt", { hostname: "web-0" }, [[{ kind: "empty", path: "/tmp" }]]).rootBytes).toBe(
    LIMITS.trialTmpfsBytes,
  );
});

test("containers share a volume at the paths that they mount it at; who mounts it read-only writes nothing to it", () => {
  const { volumes, mounted } = podVolumes("/mnt", { hostname: "web-0" }, [
    [{ kind: "empty", path: "/out", volume: "shared" }],
    [
      { kind: "empty", path: "/in", volume: "shared", readOnly: true },
      { kind: "empty", path: "/own", volume: "other" },
    ],
  ]);
  const [writer, reader] = mounted;
  const shared = writer?.writable.find(({ path }) => path === "/out")?.source;
  expect(reader?.mounts.find(({ path }) => path === "/in")).toEqual({
    kind: "bind",
    path: "/in",
    source: shared,
    readOnly: true,
  });
  expect(reader?.writable.map(({ path }) => path)).toEqual(["/dev/shm", "/own"]);
  expect(volumes.length).toBe(4);
});

test("the hosts file gives the pod's name its address", () => {
  const { volumes } = podVolumes("/mnt", { hostname: "web-0" }, [[]]);
  expect(volumes[0]?.files?.["hosts"]?.content).toMatch(/^10\.88\.0\.2\tweb-0$/m);
  expect(volumes[0]?.files?.["resolv.conf"]?.content).toContain("nameserver 10.96.0.10");
});

test("injected files lie behind links, and fsGroup may read each", () => {
  const { volumes } = podVolumes("/mnt", { hostname: "web-0" }, [
    [
      { kind: "files", path: "/a", files: { key: FILE } },
      { kind: "files", path: "/b", files: { key: FILE }, gid: 2_000 },
      { kind: "file", path: "/c/key", ...FILE, gid: 2_000 },
    ],
  ]);
  expect(volumes.slice(2)).toMatchObject([
    { files: { key: { mode: 0o400 } }, linked: true, gid: 0 },
    { files: { key: { mode: 0o440 } }, linked: true, gid: 2_000 },
    { files: { key: { mode: 0o440 } }, gid: 2_000 },
  ]);
  expect(volumes.at(-1)).not.toHaveProperty("linked");
});

test("volumes that may hold state have a view, by which the supervisor's looks leave no trace", () => {
  const { volumes, mounted } = podVolumes("/mnt", { hostname: "web-0" }, [
    [
      { kind: "empty", path: "/tmp", volume: "shared" },
      { kind: "empty", path: "/data", volume: "own" },
      { kind: "empty", path: "/var/cache", volume: "cache" },
    ],
    [{ kind: "empty", path: "/data", volume: "shared" }],
  ]);
  const viewOf = (path: string) => {
    const source = mounted[0]?.writable.find((one) => one.path === path)?.source;
    return volumes.find((volume) => volume.source === source)?.view;
  };
  expect(["/dev/shm", "/tmp", "/data", "/var/cache"].map(viewOf)).toEqual([
    undefined,
    expect.stringMatching(/\.view$/),
    expect.stringMatching(/\.view$/),
    expect.stringMatching(/\.view$/),
  ]);
});

test("the pod's hosts file has the lines of hostAliases, after the kubelet's own", () => {
  const aliases = [{ ip: "127.0.0.1", hostnames: ["db", "cache"] }, { ip: "::1" }];
  const hosts = [[], aliases].map((lines) => {
    const { volumes } = podVolumes("/mnt", { hostname: "web-0", aliases: lines }, [[]]);
    return volumes.flatMap(({ files }) => files?.["hosts"]?.content ?? [])[0] ?? "";
  });
  expect(hosts[1]).toBe(`${hosts[0]}\n# Entries added by HostAliases.\n127.0.0.1\tdb\tcache\n::1\n`);
});

test("the pod's full name is in its hosts file, and its resolver's words in resolv.conf", () => {
  const names = { hostname: "web-0.web.shop.svc.cluster.local", domain: "web.shop.svc.cluster.local" };
  const filesOf = (one: Parameters<typeof podVolumes>[1]) =>
    podVolumes("/mnt", one, [[]]).volumes.find(({ files }) => files !== undefined)?.files;
  const plain = filesOf({ hostname: "web-0" });
  const named = filesOf({ ...names, resolver: { searches: [], options: [] } });
  expect(plain?.["hosts"]?.content).toMatch(/\tweb-0\n/);
  expect(plain?.["resolv.conf"]?.content).toMatch(
    /^search default\.svc\.cluster\.local .*\nnameserver \S+\noptions ndots:5\n$/,
  );
  expect(named?.["hosts"]?.content).toMatch(/\tweb-0\.web\.shop\.svc\.cluster\.local\tweb-0\n/);
  expect(named?.["resolv.conf"]?.content).toMatch(/^nameserver \S+\n$/);
});

test("a folder of a volume is a part of the same volume, and is one, wherever it is mounted", () => {
  const folder = { kind: "empty", volume: "shared", subPath: "conf" } as const;
  const { volumes, mounted } = podVolumes("/mnt", { hostname: "web-0" }, [
    [{ kind: "empty", path: "/work", volume: "shared" }],
    [
      { ...folder, path: "/etc/app", readOnly: true },
      { ...folder, path: "/tmp" },
    ],
    [{ ...folder, path: "/cache", volume: "other", gid: 7 }],
  ]);
  const sourceOf = (index: number, path: string): string | undefined => {
    const mount = mounted[index]?.mounts.find((one) => one.path === path);
    return mount?.kind === "bind" ? mount.source : undefined;
  };
  const [whole, conf, other] = [sourceOf(0, "/work"), sourceOf(1, "/tmp"), sourceOf(2, "/cache")];
  expect(sourceOf(1, "/etc/app")).toBe(conf);
  const planned = (source: string | undefined) => volumes.find((volume) => volume.source === source);
  expect(planned(whole)).not.toHaveProperty("within");
  expect(planned(conf)).toMatchObject({ within: { source: whole, path: "conf" }, mode: 0o777 });
  expect(planned(other)).toMatchObject({ within: { path: "conf" }, mode: 0o2777, gid: 7 });
  expect(planned(other)?.within?.source).not.toBe(whole);
});
