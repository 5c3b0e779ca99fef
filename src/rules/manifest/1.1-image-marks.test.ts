import { expect, test } from "vitest";
import { workloadFacts } from "../../../test/fixtures/workload-facts.ts";
import { imageMarks } from "./1.1-image-marks.ts";

const KEEL = 'metadata.annotations["keel.sh/policy"]';

function check(marks: readonly string[], created?: true) {
  const facts = {
    ...(marks.length === 0 ? {} : { imageMarks: marks }),
    ...(created === undefined ? {} : { created }),
  };
  return imageMarks.check({ workload: workloadFacts({ facts }) });
}

test("a mark leaves the rows of the image open, and is named", () => {
  expect(check([KEEL])).toMatchObject({
    status: "unproven",
    doubtful: true,
    reason: { en: expect.stringContaining(`may write another image than the one that is judged: ${KEEL}`) },
  });
});

test("rows that rest on the manifest alone stay as they are", () => {
  for (const row of ["no-host-access", "no-escalation", "seccomp"] as const) {
    expect(imageMarks.rows).not.toContain(row);
  }
});

test.each<[readonly string[], true | undefined]>([
  [[], undefined],
  [[KEEL], true],
])("fine: %j, created by the cluster: %s", (marks, created) => {
  expect(check(marks, created).status).toBe("pass");
});
