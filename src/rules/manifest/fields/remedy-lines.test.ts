import { expect, test } from "vitest";
import { workloadFacts } from "../../../../test/fixtures/workload-facts.ts";
import { containersOf, podOf } from "./holder.ts";
import { lineToAdd, lineToRemove, lineToWrite } from "./remedy-lines.ts";

const workload = workloadFacts({
  securityContext: { runAsUser: 1000 },
  containers: [{ name: "web" }, { name: "proxy", securityContext: { capabilities: { add: ["X"] } } }],
});
const pod = podOf(workload);
const [bare = pod, proxy = pod] = containersOf(workload);
const DROP = "securityContext.capabilities.drop";

test.each([
  [bare, DROP, "Add `securityContext: { capabilities: { drop: [ALL] } }` to the container."],
  [proxy, DROP, "Add `drop: [ALL]` under the container's securityContext.capabilities."],
  [pod, DROP, "Add `capabilities: { drop: [ALL] }` under spec.template.spec.securityContext."],
  [{ ...pod, spec: {} }, "os.name", "Add `os: { name: [ALL] }` under spec.template.spec."],
])("a line is added below what is there", (holder, name, expected) => {
  expect(lineToAdd(holder, name, "[ALL]").en).toBe(expected);
});

test("in French, too", () => {
  expect(lineToAdd(bare, "a.b", "1").fr).toBe("Ajouter « a: { b: 1 } » au conteneur.");
  expect(lineToAdd(proxy, DROP, "1").fr).toBe(
    "Ajouter « drop: 1 » sous securityContext.capabilities du conteneur.",
  );
  expect(lineToWrite(pod, "hostPID", "false").fr).toBe(
    "Écrire à la place « hostPID: false » sous spec.template.spec.",
  );
  expect(lineToRemove(pod, "securityContext.x", "y").fr).toBe(
    "Retirer « x: y » sous spec.template.spec.securityContext.",
  );
});

test("a field's own line is written anew or removed, its value escaped", () => {
  expect(lineToWrite(proxy, "a.b", "2").en).toBe("Write `b: 2` under the container's a instead.");
  expect(lineToRemove(proxy, "a.b", "\u001b[2J").en).toBe("Remove `b: \\u001b[2J` under the container's a.");
});
