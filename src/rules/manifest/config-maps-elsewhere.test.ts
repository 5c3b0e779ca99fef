import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import type { ConfigObjectFacts } from "../../contract/config-object-facts.ts";
import { literalSecrets } from "./1.4-literal-secrets.ts";
import { configMapsElsewhere } from "./config-maps-elsewhere.ts";

const HERE: ConfigObjectFacts = {
  kind: "ConfigMap",
  name: "here",
  at: { in: "file", file: "web.yaml", document: 0, line: 1 },
  injected: true,
  secrets: [],
};
const key = (name: string) => ({ name: "A", valueFrom: { configMapKeyRef: { name, key: "a" } } });
const ENV = [
  key("web"),
  key("here"),
  { name: "B", value: "1" },
  { name: "C", valueFrom: { configMapKeyRef: {} } },
];
const VOLUMES = [
  { name: "a", sources: ["configMap"], configMap: { name: "files" } },
  { name: "b", sources: ["projected"], projected: { sources: [{ configMap: { name: "web" } }, {}] } },
  { name: "c", sources: ["emptyDir"], emptyDir: {} },
];

test("ConfigMaps of variables and volumes that are not among the files are named, each once", () => {
  const envFrom = [{ configMapRef: { name: "shared" } }, { secretRef: { name: "db" } }];
  const workload = workloadFacts({
    containers: [{ name: "web", env: ENV, envFrom }],
    volumes: VOLUMES,
    facts: { objects: [HERE, { ...HERE, kind: "Secret", name: "web" }] },
  });
  expect(configMapsElsewhere(workload)).toEqual(["files", "shared", "web"]);
  expect(literalSecrets.check({ workload })).toMatchObject({
    status: "pass",
    proof: {
      en: expect.stringContaining("that it names (save files, shared, web, not among the judged files)"),
      fr: expect.stringContaining("qu'il nomme (sauf files, shared, web, absents des fichiers jugés)"),
    },
    notes: [
      {
        message: { en: expect.stringMatching(/whose content was not read: files, shared, web$/) },
        fingerprint: "1.4-literal-secrets:portal/Deployment/web:elsewhere",
      },
    ],
  });
});

test("they are named of a workload without variables, too; where all are there, there is nothing to say", () => {
  const container = { name: "web" };
  const mounted = workloadFacts({ containers: [container], volumes: VOLUMES });
  expect(literalSecrets.check({ workload: mounted })).toMatchObject({ status: "n/a", notes: [{}] });
  const env = [key("here")];
  const whole = workloadFacts({ containers: [{ ...container, env }], facts: { objects: [HERE] } });
  expect(literalSecrets.check({ workload: whole })).toMatchObject({ status: "pass", notes: [] });
});
