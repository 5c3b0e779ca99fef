import { expect, test } from "vitest";
import { containerEvidence } from "../../../test/fixtures/container-evidence.ts";
import { readOnlyRootFilesystem } from "./1.2-read-only-root-filesystem.ts";

const FIELD = "spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem";

function check(value?: boolean, invalid: readonly string[] = []) {
  const problem = { fr: "non valide", en: "not valid" };
  const securityContext = value === undefined ? {} : { readOnlyRootFilesystem: value };
  return readOnlyRootFilesystem.check(
    containerEvidence({ securityContext }, undefined, {
      facts: { invalid: invalid.map((path) => ({ path, problem })) },
    }),
  );
}

test("true is a proof", () => {
  expect(check(true)).toMatchObject({ status: "pass" });
});

test.each([
  [false, "readOnlyRootFilesystem is false"],
  [undefined, "readOnlyRootFilesystem is not set"],
])("%s is no fault, yet no proof: the remedy is said", (value, seen) => {
  const outcome = check(value);
  expect(outcome).toMatchObject({
    status: "unproven",
    settle: { en: /emptyDir/ },
  });
  expect(outcome.status === "unproven" && outcome.reason.en).toContain(seen);
});

test("a container without a securityContext", () => {
  expect(readOnlyRootFilesystem.check(containerEvidence({})).status).toBe("unproven");
});

test("what is not valid Kubernetes is no proof", () => {
  expect(check(undefined, [FIELD])).toMatchObject({ status: "unproven", reason: { en: "not valid" } });
});
