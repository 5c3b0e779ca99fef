import { expect, test } from "vitest";
import { checkRule } from "../../../test/fixtures/check-rule.ts";
import { imageFacts } from "../../../test/fixtures/image-facts.ts";
import { home } from "./1.2-home.ts";

test("a uid without a passwd line and without HOME gets /, which is noted", () => {
  expect(checkRule(home, { image: imageFacts({ config: { user: "1000:1000", env: [] } }) })).toMatchObject({
    status: "pass",
    notes: [{ fingerprint: "1.2-home:1000" }],
  });
});

test.each([
  [
    "known from /etc/passwd",
    { user: "1000", env: [] },
    [{ path: "/etc/passwd", content: "a:x:1000:1000::/home/a:\n" }],
  ],
  [
    "perhaps known from the rest of a long /etc/passwd",
    { user: "1000", env: [] },
    [{ path: "/etc/passwd", content: "a:x:1:1:::\n", truncated: true as const }],
  ],
  ["set by the image", { user: "1000", env: ["HOME=/tmp"] }, []],
  ["of a name: another rule's matter", { user: "app", env: [] }, []],
  ["of root: another rule's matter", { user: "", env: [] }, []],
])("nothing is noted of a HOME that is %s", (_, config, files) => {
  const outcome = checkRule(home, { image: imageFacts({ config, files }) });
  expect(outcome.status).toBe("pass");
  expect(outcome.notes).toBeUndefined();
});
