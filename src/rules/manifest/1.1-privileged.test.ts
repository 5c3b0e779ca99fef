import { expect, test } from "vitest";
import { inEveryList, judgedPod, remedies, said } from "../../../test/fixtures/restricted.ts";
import { privileged } from "./1.1-privileged.ts";

test.each([{}, { securityContext: {} }, { securityContext: { privileged: false } }])(
  "accepted: %j",
  (container) => {
    expect(judgedPod(privileged, inEveryList(container)).status).toBe("pass");
  },
);

test("refused in every list", () => {
  const outcome = judgedPod(privileged, inEveryList({ securityContext: { privileged: true } }));
  expect(said(outcome)).toEqual(
    ["first", "web", "debugger"].map(
      (name) => `${name}: securityContext.privileged is true: the container has root's rights on the node`,
    ),
  );
  expect(remedies(outcome)[0]).toBe("Remove `privileged: true` under the container's securityContext.");
});

test("open: what is not readable is not known to be unprivileged", () => {
  const invalid = ["spec.template.spec.containers[0].securityContext"];
  expect(judgedPod(privileged, { invalid }).status).toBe("unproven");
});
