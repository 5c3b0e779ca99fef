import { tmpdir } from "node:os";
import { readWorkloads } from "../../../src/workload/read-workloads.ts";
import { FULL_DEPLOYMENT } from "../../../test/fixtures/full-deployment.ts";
import { cronJob, deployment, list, rollout, statefulSet, yaml } from "../../../test/fixtures/manifests.ts";
import type { Target } from "../target.ts";

const ANCHORED = `apiVersion: v1
kind: Pod
metadata: &m {name: web, labels: {app: "é"}}
spec:
  containers:
    - &c
      name: web
      image: registry.example/web:1.0
      env: [{name: A, value: !!str 1}]
      args:
        - |
          echo a
    - <<: *c
      name: other
---
# none
...
`;

/** Text of a manifest. */
export const manifests: Target = {
  name: "manifests",
  seeds: [
    Buffer.from(JSON.stringify(FULL_DEPLOYMENT)),
    Buffer.from(JSON.stringify(list(deployment(), cronJob()))),
    Buffer.from(yaml(statefulSet(), rollout())),
    Buffer.from(ANCHORED),
  ],
  async run(input) {
    await readWorkloads(["-"], { cwd: tmpdir(), stdin: once(input) });
  },
};

async function* once(input: Buffer): AsyncGenerator<Uint8Array> {
  yield input;
}
