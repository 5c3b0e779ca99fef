import { expect, test } from "vitest";
import { inEveryList, judgedPod, ofOne, remedies, said } from "../../../test/fixtures/restricted.ts";
import { procMount } from "./1.1-proc-mount.ts";

test.each([{}, { securityContext: {} }, { securityContext: { procMount: "Default" } }])(
  "accepted: %j",
  (container) => {
    expect(judgedPod(procMount, inEveryList(container)).status).toBe("pass");
  },
);

test("refused in every list, also in a user namespace", () => {
  const sketch = inEveryList({ securityContext: { procMount: "Unmasked" } });
  for (const hostUsers of [true, false]) {
    const outcome = judgedPod(procMount, { ...sketch, hostUsers });
    expect(said(outcome)).toEqual(
      ["first", "web", "debugger"].map(
        (name) => `${name}: securityContext.procMount is Unmasked: only Default is allowed`,
      ),
    );
    expect(remedies(outcome)[0]).toBe("Remove `procMount: Unmasked` under the container's securityContext.");
  }
});

test("refused: an empty one, which is not Default", () => {
  expect(said(judgedPod(procMount, ofOne({ securityContext: { procMount: "" } })))).toEqual([
    'web: securityContext.procMount is "": only Default is allowed',
  ]);
});

test("open: what is no text", () => {
  const invalid = ["spec.template.spec.containers[0].securityContext.procMount"];
  expect(judgedPod(procMount, { invalid }).status).toBe("unproven");
});
