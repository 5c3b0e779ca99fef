import { describe, expect, test } from "vitest";
import { inEveryList, judgedPod, type PodSketch, remedies, said } from "../../../test/fixtures/restricted.ts";
import { runAsNonRoot } from "./1.1-run-as-non-root.ts";

const YES = { securityContext: { runAsNonRoot: true } };
const NO = { securityContext: { runAsNonRoot: false } };

function check(sketch: PodSketch) {
  return judgedPod(runAsNonRoot, sketch);
}

describe("accepted", () => {
  test.each<[string, PodSketch]>([
    ["the pod says it for all", { ...YES, ...inEveryList({}) }],
    ["every container says it", inEveryList(YES)],
    ["both", { ...YES, ...inEveryList(YES) }],
    [
      "a security context about something else",
      { ...YES, ...inEveryList({ securityContext: { runAsUser: 1 } }) },
    ],
  ])("%s", (_, sketch) => {
    expect(check(sketch).status).toBe("pass");
  });
});

describe("refused", () => {
  const ABSENT =
    "`runAsNonRoot: true` is not set, on the pod or on the container: Kubernetes would not refuse root";

  test("nobody says it: one finding for each container, the remedy in the pod", () => {
    const outcome = check(inEveryList({}));
    expect(said(outcome)).toEqual([`first: ${ABSENT}`, `web: ${ABSENT}`, `debugger: ${ABSENT}`]);
    expect(remedies(outcome)[0]).toBe(
      "Add `securityContext: { runAsNonRoot: true }` under spec.template.spec.",
    );
  });

  test("the remedy does not repeat a security context that is there", () => {
    expect(remedies(check({ securityContext: { runAsUser: 1000 } }))).toEqual([
      "Add `runAsNonRoot: true` under spec.template.spec.securityContext.",
    ]);
  });

  test("one of the containers forgets it", () => {
    expect(said(check({ containers: [{ name: "web", ...YES }, { name: "proxy" }] }))).toEqual([
      `proxy: ${ABSENT}`,
    ]);
  });

  test("a container says no", () => {
    const outcome = check({ ...YES, ...inEveryList(NO) });
    expect(said(outcome)).toHaveLength(3);
    expect(said(outcome)).toContain("web: securityContext.runAsNonRoot is false: root is allowed");
    expect(remedies(outcome)[0]).toBe(
      "Write `runAsNonRoot: true` under the container's securityContext instead.",
    );
  });

  test("the pod says no: once, even where every container says yes", () => {
    for (const container of [{}, YES]) {
      expect(said(check({ ...NO, ...inEveryList(container) }))).toEqual([
        "pod: spec.securityContext.runAsNonRoot is false: root is allowed",
      ]);
    }
  });

  test("never root: a user namespace does not replace it, in any version", () => {
    for (const minor of [30, 35, 37]) {
      expect(judgedPod(runAsNonRoot, { hostUsers: false }, minor).status).toBe("fail");
    }
  });
});

test("not valid: open, for the containers that rest on it", () => {
  const path = "spec.template.spec.securityContext.runAsNonRoot";
  expect(check({ ...inEveryList({}), invalid: [path] }).status).toBe("unproven");
  expect(check({ ...inEveryList(NO), invalid: [path] }).status).toBe("fail");
  const own = "spec.template.spec.containers[0].securityContext.runAsNonRoot";
  expect(check({ ...YES, invalid: [own] }).status).toBe("unproven");
});
