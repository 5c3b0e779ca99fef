import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { secretCarrier } from "./secret-carrier.ts";

const web = { name: "web", args: ["--db-password=…(8)", "TOKEN=…(8)", "--key", "…(8)", "see …(8)"] };
const workload = workloadFacts({ containers: [web] });
const own = "spec.template.spec.containers[0]";

/** What carries a secret that stands at this path of the manifest. */
function carrier(path: string) {
  const secret = {
    path,
    name: "field",
    kind: "named-secret",
    masked: "…(8)",
    id: "x",
    confidence: "likely",
  } as const;
  const { name, by } = secretCarrier(workload, secret);
  return `${by} ${name}`;
}

test.each([
  ["of a variable", `${own}.env[0].value`, "variable field"],
  ["of another field", `${own}.image`, "field field"],
  ["of the whole list", `${own}.args`, "field field"],
  ["of no container", "metadata.labels.x", "field field"],
  ["behind a flag's sign", `${own}.args[0]`, "flag --db-password"],
  ["of an assignment", `${own}.args[1]`, "variable TOKEN"],
  ["of the flag before", `${own}.args[3]`, "flag --key"],
  ["within a sentence", `${own}.args[4]`, "field field"],
  ["of a word that is not there", `${own}.args[9]`, "field field"],
  ["of a list that is not there", `${own}.command[0]`, "field field"],
])("a secret %s", (_, path, expected) => {
  expect(carrier(path)).toBe(expected);
});
