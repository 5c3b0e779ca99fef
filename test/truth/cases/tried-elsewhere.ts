// Rows 5, 6, 8 and 12: the trial ran with other files or settings than those that are judged.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { TrialSettings } from "../../../src/evidence/trial/settings.ts";
import { type Manifest, podSpec, statefulSet, yaml } from "../../fixtures/manifests.ts";
import type { Case, Cases } from "../case.ts";
import { server, web, withImage } from "../given/folder.ts";
import { imageOf } from "../given/image.ts";

/** What the trial ran with, or what is judged. */
interface Side {
  readonly objects: readonly Manifest[];
  readonly settings?: TrialSettings;
}

const DEPLOYED = "Design: what is tried is what is deployed.";
const KEY: Manifest = {
  env: [{ name: "COLOUR", valueFrom: { configMapKeyRef: { name: "own", key: "colour" } } }],
  envFrom: [],
};
const SAME = "The container is given the same.";

export const cases: Cases = [
  settingsFor("a ConfigMap's key, with its value", { COLOUR: "blue" }, KEY, "yes", [
    config({ colour: "blue", more: "x" }),
  ]),
  settingsFor("a ConfigMap's key, with another value", { COLOUR: "blue" }, KEY, "unproven", [
    config({ colour: "red" }),
  ]),
  settingsFor("all of a ConfigMap", { COLOUR: "blue", MODE: "a" }, whole("configMapRef"), "yes", [
    config({ COLOUR: "blue", MODE: "a" }),
  ]),
  settingsFor(
    "a ConfigMap, and more than it has",
    { COLOUR: "blue", MODE: "a" },
    whole("configMapRef"),
    "unproven",
    [config({ COLOUR: "blue" })],
  ),
  settingsFor("a ConfigMap, and less than it has", { COLOUR: "blue" }, whole("configMapRef"), "unproven", [
    config({ COLOUR: "blue", MODE: "a" }),
  ]),
  settingsFor("a Secret, and more than it has", { TOKEN: "x", MODE: "a" }, whole("secretRef"), "unproven", [
    config({ TOKEN: "{{ token }}" }, "Secret", "stringData"),
  ]),
  settingsFor("a Secret's keys", { TOKEN: "x" }, whole("secretRef"), "yes", [
    config({ TOKEN: "{{ token }}" }, "Secret", "stringData"),
  ]),
  split("the same StatefulSet", named("web"), named("web"), "yes", SAME),
  split(
    "a StatefulSet whose pods have another full name",
    named("web"),
    named("other"),
    "unproven",
    `${DEPLOYED} The controller names the pods web-0.SERVICE.`,
  ),
  split(
    "a StatefulSet whose template names a host, which its controller replaces",
    named("web"),
    named("web", { hostname: "a", subdomain: "b" }),
    "yes",
    "Kubernetes sets hostname and subdomain of the pods itself.",
  ),
];

function config(data: object, kind = "ConfigMap", field = "data"): Manifest {
  return { apiVersion: "v1", kind, metadata: { name: "own", namespace: "aides" }, [field]: data };
}

function whole(source: string): Manifest {
  return { env: [], envFrom: [{ [source]: { name: "own" } }] };
}

/** Settings that gave what an object elsewhere would give, and the object that now lies in the folder. */
function settingsFor(
  name: string,
  env: Readonly<Record<string, string>>,
  container: Manifest,
  answer: Answer,
  objects: readonly Manifest[],
): Case {
  const workload = web(container);
  return split(
    `settings that gave ${name}`,
    { objects: [workload], settings: { env } },
    { objects: [workload, ...objects] },
    answer,
    answer === "yes" ? SAME : DEPLOYED,
  );
}

function named(serviceName: string, ofPod: Manifest = {}): Side {
  const spec = { serviceName, volumeClaimTemplates: [] };
  return { objects: [statefulSet({ spec, pod: podSpec({ containers: [server()], ...ofPod }) })] };
}

function split(name: string, tried: Side, judged: Side, answer: Answer, why: string): Case {
  const filesOf = ({ objects }: Side) => ({
    "deploy/app.yaml": objects.map((one) => yaml(one)).join("---\n"),
  });
  return {
    name: `tried elsewhere: ${name}`,
    given: {
      ...withImage({ files: filesOf(judged) }, imageOf({})),
      trial: {},
      tried: {
        files: filesOf(tried),
        ...(tried.settings === undefined ? {} : { trialSettings: tried.settings }),
      },
    },
    expect: { "stdout-logs": answer, "bind-all": answer, stateless: answer },
    ...(answer === "yes" ? { trap: true as const } : {}),
    why,
  };
}
