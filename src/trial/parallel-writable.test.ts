import { expect, test } from "vitest";
import { parallelWritable } from "./parallel-writable.ts";
import type { TrialMount, TrialOptions } from "./trial-options.ts";

type Given = Parameters<typeof parallelWritable>[0];

function given(paths: readonly string[], more: Partial<Given> = {}): Given {
  const mounts = paths.map((path): TrialMount => ({ kind: "empty", path }));
  return { apart: true, containers: [{ mounts }], ...more };
}

const IMAGE = { name: "db", ports: [1], image: "postgres:17" } as NonNullable<
  TrialOptions["dependencies"]
>[number];

test.each<[string, Given, boolean]>([
  ["no volume", given([]), true],
  ["no memory for it", given([], { apart: false }), false],
  ["volumes that hold nothing that lasts", given(["/tmp", "/run", "/var/tmp", "/var/run"]), true],
  ["a volume named as a cache", given(["/var/cache/nginx"]), false],
  ["a volume that may hold state", given(["/tmp", "/data"]), false],
  ["a directory of that name elsewhere", given(["/srv/tmp"]), false],
  ["another container's", given([], { containers: [{ mounts: [] }, ...given(["/data"]).containers] }), false],
  [
    "files of a ConfigMap",
    given([], { containers: [{ mounts: [{ kind: "files", path: "/etc/app", files: {} }] }] }),
    true,
  ],
  ["a port that says nothing", given([], { dependencies: [{ name: "db", ports: [5432] }] }), true],
  ["a database", given([], { dependencies: [IMAGE] }), false],
])("the writable phase beside the others: %s", (_, options, expected) => {
  expect(parallelWritable(options)).toBe(expected);
});
