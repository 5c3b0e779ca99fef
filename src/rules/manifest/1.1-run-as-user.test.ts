import { expect, test } from "vitest";
import { inEveryList, judgedPod, type PodSketch, remedies, said } from "../../../test/fixtures/restricted.ts";
import { runAsUser } from "./1.1-run-as-user.ts";

const ROOT = { securityContext: { runAsUser: 0 } };
const APP = { securityContext: { runAsUser: 1000 } };

function check(sketch: PodSketch) {
  return judgedPod(runAsUser, sketch);
}

test.each<[string, PodSketch]>([
  ["nobody sets one", inEveryList({})],
  ["the pod sets another", APP],
  ["every container sets another", inEveryList(APP)],
])("accepted: %s", (_, sketch) => {
  expect(check(sketch).status).toBe("pass");
});

test("refused: 0 in a container, in whichever list", () => {
  const outcome = check({ ...APP, ...inEveryList(ROOT) });
  expect(said(outcome)).toEqual([
    "first: securityContext.runAsUser is 0: that is root",
    "web: securityContext.runAsUser is 0: that is root",
    "debugger: securityContext.runAsUser is 0: that is root",
  ]);
  expect(remedies(outcome)[0]).toBe("Remove `runAsUser: 0` under the container's securityContext.");
});

test("refused: 0 in the pod, even where every container sets another, even with hostUsers: false", () => {
  for (const minor of [24, 35, 37]) {
    expect(said(judgedPod(runAsUser, { ...ROOT, ...inEveryList(APP), hostUsers: false }, minor))).toEqual([
      "pod: spec.securityContext.runAsUser is 0: that is root",
    ]);
  }
});

test("open: a uid that is no number", () => {
  expect(check({ invalid: ["spec.template.spec.securityContext.runAsUser"] }).status).toBe("unproven");
});
