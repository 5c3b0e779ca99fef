import { expect, test } from "vitest";
import { LIMITS } from "../contract/limits.ts";
import { podAreas } from "./pod-areas.ts";

test("a container sees the pod's files, its shared memory and its mounts, parents first", () => {
  const { views } = podAreas("/mnt", "web-0", [
    [
      { kind: "file", path: "/data/config/app.yaml", content: "x" },
      { kind: "empty", path: "/data" },
      { kind: "files", path: "/data/config", files: { a: "b" } },
    ],
  ]);
  const mounts = views[0]?.mounts ?? [];
  expect(mounts.map((mount) => `${mount.path} ${mount.kind === "bind" && mount.readOnly}`)).toEqual([
    "/data false",
    "/etc/hosts false",
    "/etc/hostname false",
    "/etc/resolv.conf false",
    "/dev/shm false",
    "/data/config true",
    "/data/config/app.yaml true",
  ]);
  expect(views[0]?.writes.map(({ path }) => path)).toEqual(["/dev/shm", "/data"]);
});

test("an emptyDir is open to all, of the fsGroup when there is one, and bounded", () => {
  const { areas, views } = podAreas("/mnt", "web-0", [
    [
      { kind: "empty", path: "/tmp" },
      { kind: "empty", path: "/cache", gid: 2_000, bytes: 1_024 },
      { kind: "empty", path: "/large", bytes: 1024 ** 4 },
    ],
  ]);
  const bounded = { bytes: LIMITS.trialTmpfsBytes, inodes: LIMITS.trialTmpfsInodes };
  const sourceOf = (path: string) => views[0]?.writes.find((one) => one.path === path)?.source;
  expect(areas.slice(2)).toMatchObject([
    { source: sourceOf("/tmp"), mode: 0o1777, gid: 0, ...bounded },
    { source: sourceOf("/cache"), mode: 0o2777, gid: 2_000, bytes: 1_024 },
    { source: sourceOf("/large"), mode: 0o777, ...bounded },
  ]);
  expect(new Set(areas.map(({ source }) => source)).size).toBe(areas.length);
});

test("what all containers of a pod can write together is bounded", () => {
  const many = Array.from({ length: 50 }, (_, index) => [
    { kind: "empty", path: "/own" } as const,
    { kind: "empty", path: `/${index}`, volume: "shared" } as const,
  ]);
  const { areas, rootBytes } = podAreas("/mnt", "web-0", many);
  const volumes = areas.filter(({ source, files }) => files === undefined && source !== "/mnt/areas/1");
  const bytes = volumes.map((area) => area.bytes).reduce((sum, own) => sum + own, 50 * rootBytes);
  expect(volumes.length).toBe(51);
  expect(bytes).toBeLessThanOrEqual(LIMITS.trialPodTmpfsBytes);
  expect(bytes).toBeGreaterThan(0.99 * LIMITS.trialPodTmpfsBytes);
  expect(podAreas("/mnt", "web-0", [[{ kind: "empty", path: "/tmp" }]]).rootBytes).toBe(
    LIMITS.trialTmpfsBytes,
  );
});

test("containers share a volume at the paths that they mount it at; who mounts it read-only writes nothing to it", () => {
  const { areas, views } = podAreas("/mnt", "web-0", [
    [{ kind: "empty", path: "/out", volume: "shared" }],
    [
      { kind: "empty", path: "/in", volume: "shared", readOnly: true },
      { kind: "empty", path: "/own", volume: "other" },
    ],
  ]);
  const [writer, reader] = views;
  const shared = writer?.writes.find(({ path }) => path === "/out")?.source;
  expect(reader?.mounts.find(({ path }) => path === "/in")).toEqual({
    kind: "bind",
    path: "/in",
    source: shared,
    readOnly: true,
  });
  expect(reader?.writes.map(({ path }) => path)).toEqual(["/dev/shm", "/own"]);
  expect(areas.length).toBe(4);
});

test("the hosts file gives the pod's name its address", () => {
  const { areas } = podAreas("/mnt", "web-0", [[]]);
  expect(areas[0]?.files?.["hosts"]).toMatch(/^10\.88\.0\.2\tweb-0$/m);
  expect(areas[0]?.files?.["resolv.conf"]).toContain("nameserver 10.96.0.10");
});
