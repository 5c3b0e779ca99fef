import { expect, test } from "vitest";
import {
  container,
  cronJob,
  deployment,
  type Manifest,
  pod,
  podSpec,
  yaml,
} from "../../test/fixtures/manifests.ts";
import { readStream } from "./documents.ts";

function misplaced(manifest: Manifest): readonly string[] | undefined {
  const [found] = readStream({ file: "a.yaml", text: yaml(manifest) });
  return found?.kind === "workload" ? found.facts.misplaced : ["none"];
}

const CONTEXT = { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };

test.each([
  [
    "a container's context as the pod's",
    deployment({ pod: podSpec({ securityContext: CONTEXT }) }),
    [
      "spec.template.spec.securityContext.allowPrivilegeEscalation",
      "spec.template.spec.securityContext.capabilities",
    ],
  ],
  [
    "its fields beside it",
    pod({ pod: podSpec({ containers: [container({ readOnlyRootFilesystem: true })] }) }),
    ["spec.containers[0].readOnlyRootFilesystem"],
  ],
  ["a probe of the pod", pod({ pod: podSpec({ livenessProbe: {} }) }), ["spec.livenessProbe"]],
  [
    "a context of the Deployment",
    deployment({ spec: { securityContext: CONTEXT } }),
    [
      "spec.securityContext.allowPrivilegeEscalation",
      "spec.securityContext.capabilities",
      "spec.securityContext.runAsNonRoot",
    ],
  ],
  [
    "what a CronJob's pod has",
    cronJob({ pod: podSpec({ privileged: false }) }),
    ["spec.jobTemplate.spec.template.spec.privileged"],
  ],
])("%s is misplaced", (_, manifest, paths) => {
  expect(misplaced(manifest)).toEqual(paths);
});

test.each([
  ["a workload that conforms", deployment()],
  ["fields that are null", deployment({ pod: podSpec({ privileged: null }) })],
  [
    "a custom resource's own context, around its template",
    {
      apiVersion: "serving.example.fr/v1",
      kind: "Service",
      spec: { securityContext: CONTEXT, template: { spec: podSpec() } },
    },
  ],
])("%s has none", (_, manifest) => {
  expect(misplaced(manifest)).toBeUndefined();
});
