import { join } from "node:path";
import { expect, test } from "vitest";
import { createLocator } from "./locate.ts";
import { readWorkloads } from "./read-workloads.ts";

const options = {
  cwd: join(import.meta.dirname, "../.."),
  stdin: (async function* () {})(),
};

test("the example repositories are read whole, environment by environment; their chart is named", async () => {
  const { workloads, problems, skipped } = await readWorkloads(["examples/gitops"], options);
  const byEnvironment = Map.groupBy(workloads, ({ facts }) => facts.environment);
  expect([...byEnvironment].map(([name, group]) => `${name}: ${group.length}`)).toEqual([
    "preprod: 6",
    "prod: 9",
    "annuaire-dev: 1",
    "annuaire-prod: 5",
    "carnet-sante-dev: 4",
    "carnet-sante-prod: 6",
  ]);
  expect(problems).toEqual([]);
  expect(skipped.map(({ file }) => file)).toEqual(["examples/gitops/v2/charts/annuaire"]);
  expect(workloads.flatMap(({ facts }) => facts.invalid)).toEqual([]);
});

test("fields are found where they are written, also through an anchor", async () => {
  const { workloads } = await readWorkloads(["examples/gitops/v2/apps/annuaire-dev"], options);
  const document = workloads[0]?.document ?? { section: { text: "", line: 1 }, ordinal: 0 };
  const find = createLocator();
  const locate = (path: string) => find(document, path);
  const web = "spec.template.spec.containers[0]";
  const written = locate(`${web}.readinessProbe.httpGet.path`);
  expect(locate(`${web}.livenessProbe.httpGet.path`).line).toBe(written.line);
  expect(locate(`${web}.securityContext.readOnlyRootFilesystem`).line).toBe(
    locate(`${web}.securityContext`).line,
  );
});
