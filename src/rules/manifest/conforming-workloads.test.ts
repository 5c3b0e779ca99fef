import { expect, test } from "vitest";
import * as manifests from "../../../test/fixtures/manifests.ts";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { judge } from "../../contract/judge.ts";
import { placements } from "../../contract/pod-containers.ts";
import { maskWorkload } from "../../secrets/workload.ts";
import { readWorkloads } from "../../workload/read-workloads.ts";
import { RULES } from "../index.ts";

const MADE = {
  deployment: manifests.deployment(),
  statefulSet: manifests.statefulSet(),
  daemonSet: manifests.daemonSet(),
  rollout: manifests.rollout(),
  pod: manifests.pod(),
  job: manifests.job(),
  cronJob: manifests.cronJob(),
};

test.each(Object.entries(MADE))(
  "a manifest that meets the contract fails nothing: %s",
  async (name, manifest) => {
    const stdin = (async function* read() {
      yield Buffer.from(manifests.yaml(manifest));
    })();
    const { workloads } = await readWorkloads(["-"], { cwd: temporaryDirectory(), stdin });
    const [facts] = workloads.map((read) => maskWorkload(read.facts));
    const verdict = judge(
      { name, images: [] },
      facts === undefined
        ? []
        : placements(facts).map((placement) => ({ container: placement.path, collected: { placement } })),
      {
        rules: RULES,
        accepted: { acceptances: [], today: "2026-11-24" },
        shared: { cluster: { minor: 34 }, ...(facts === undefined ? {} : { workload: facts }) },
      },
    );
    const answers = Object.fromEntries(verdict.rows.map(({ id, answer }) => [id, answer]));
    expect(verdict.rows.flatMap(({ findings }) => findings)).toEqual([]);
    const batch = name === "job" || name === "cronJob";
    expect(answers).toMatchObject({
      "read-only-root": "yes",
      "bind-all": batch ? "n/a" : "unproven",
      health: batch ? "n/a" : "yes",
      "env-config": "yes",
    });
  },
);
