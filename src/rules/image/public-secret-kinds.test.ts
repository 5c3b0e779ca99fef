import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { noSecrets } from "./1.4-no-secrets.ts";
import { KNOWN_TO_OTHERS } from "./public-secret-kinds.ts";

test.each(Object.keys(KNOWN_TO_OTHERS))("%s is a note with a remedy of its own", (kind) => {
  const at = { in: "file", path: "/app/x", layer: 0, line: 1 } as const;
  const secrets = [{ kind, at, masked: "abcd…(64)", id: "0123456789abcdef", confidence: "likely" } as const];
  const outcome = checkRule(noSecrets, { image: imageFacts({ facts: { secrets } }) });
  expect(outcome).toMatchObject({ status: "pass", notes: [{ remedy: KNOWN_TO_OTHERS[kind]?.remedy }] });
  expect(outcome.notes?.[0]?.remedy?.en).not.toContain("then revoke");
});
