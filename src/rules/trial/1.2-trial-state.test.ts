import { expect, test } from "vitest";
import { exits, server, type TrialSketch, trialFacts, write } from "../../../test/fixtures/trial-facts.ts";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { placements } from "../../contract/placement.ts";
import type { VolumeFacts } from "../../contract/pod-facts.ts";
import type { WriteEvent } from "../../contract/trial-facts.ts";
import type { ClaimFacts } from "../../contract/workload-facts.ts";
import { trialState } from "./1.2-trial-state.ts";

const SQLITE = "53514c69746520666f726d6174203300";

test.each([
  ["SQLite, whatever its name", "/data/store", { magic: SQLITE }, "fail"],
  ["a Redis dump", "/data/dump.rdb", { sample: "REDIS0011" }, "fail"],
  ["a name of a database", "/data/state.db", { sample: "started\n" }, "fail"],
  ["H2", "/data/app.mv.db", { sample: "H:2,block:3" }, "fail"],
  ["an empty file", "/data/state.db", { bytes: 0 }, "pass"],
  ["a deleted one", "/data/state.db", { change: "deleted" }, "pass"],
  ["a directory", "/data/state.db", { type: "directory" }, "pass"],
  ["below /tmp", "/tmp/x.db", { area: "/tmp", magic: SQLITE }, "pass"],
  ["a cache", "/data/http-cache/index.sqlite", { magic: SQLITE }, "pass"],
  ["certificates of NSS", "/data/cert9.db", { magic: SQLITE }, "pass"],
  ["a pid file", "/run/app.pid", { sample: "1\n" }, "pass"],
  ["any other file", "/data/upload.bin", { magic: "00ff" }, "pass"],
] satisfies readonly [string, string, Partial<WriteEvent>, string][])(
  "%s (%s): %j → %s",
  (_, path, changes, status) => {
    const trial = trialFacts({ writable: server({ more: [write(path, changes)] }) });
    expect(trialState.check({ trial }).status).toBe(status);
  },
);

test("what is temporary is a note; the database is named by its format", () => {
  const more = [write("/data/a", { magic: SQLITE }), write("/tmp/b.db", { area: "/tmp" })];
  expect(trialState.check({ trial: trialFacts({ writable: server({ more }) }) })).toMatchObject({
    status: "fail",
    findings: [
      { message: { en: "the application writes a SQLite database: /data/a" }, at: { path: "/data/a" } },
    ],
    notes: [{ message: { en: "the application writes what looks like a database: /tmp/b.db" } }],
  });
});

const CLAIM: VolumeFacts = {
  name: "data",
  sources: ["persistentVolumeClaim"],
  persistentVolumeClaim: { claimName: "c" },
};
const TEMPLATE: ClaimFacts = { name: "data", source: "template" };

test.each([
  ["a claim", { volumes: [CLAIM] }, {}, "pass"],
  ["a StatefulSet's claim", {}, { claims: [TEMPLATE] }, "pass"],
  [
    "a claim that the pod does not mount by template",
    {},
    { claims: [{ name: "data", source: "claim" }] },
    "fail",
  ],
  ["an emptyDir", { volumes: [{ name: "data", sources: ["emptyDir"] }] }, {}, "fail"],
] satisfies readonly [
  string,
  { volumes?: readonly VolumeFacts[] },
  { claims?: readonly ClaimFacts[] },
  string,
][])("a database in %s: → %s", (_, spec, facts, status) => {
  const volumeMounts = [{ name: "data", mountPath: "/data/" }, { name: "data" }];
  const workload = workloadFacts({ ...spec, facts, containers: [{ name: "web", volumeMounts }] });
  const trial = trialFacts({ writable: server({ more: [write("/data/a.db", { area: "/data" })] }) });
  const [placement] = placements(workload);
  expect(
    trialState.check({ trial, workload, ...(placement === undefined ? {} : { placement }) }).status,
  ).toBe(status);
});

test("a container without mounts has no persistent ones", () => {
  const workload = workloadFacts({ volumes: [CLAIM] });
  const [placement] = placements(workload);
  const trial = trialFacts({ writable: server({ more: [write("/data/a.db", { area: "/data" })] }) });
  expect(
    trialState.check({ trial, workload, ...(placement === undefined ? {} : { placement }) }).status,
  ).toBe("fail");
});

test("a database that another container of the pod may have written is not held against it", () => {
  const file = write("/data/a.db", { area: "/data", unsure: true });
  const shared = (...more: readonly WriteEvent[]) =>
    trialState.check({ trial: trialFacts({ writable: server({ more }) }) });
  expect(shared(file)).toMatchObject({
    status: "unproven",
    reason: { en: expect.stringContaining("/data/a.db may have been written by another container") },
  });
  expect(shared(write("/data/a.db", { area: "/data" }), file).status).toBe("fail");
});

test.each([
  ["no start", { writable: exits(1) }, "unproven"],
  ["a start on a writable root only", { "read-only": exits(1) }, "pass"],
  ["no request answered", { writable: server({ without: ["http"] }) }, "unproven"],
  [
    "more was written than was seen",
    { writable: server({ more: [{ kind: "limit", what: "writes" }] }) },
    "unproven",
  ],
] satisfies readonly [string, TrialSketch, string][])("%s: → %s", (_, sketch, status) => {
  expect(trialState.check({ trial: trialFacts(sketch) }).status).toBe(status);
});
