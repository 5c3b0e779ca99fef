import { expect, test } from "vitest";
import { isOwnOutput } from "./own-output.ts";

test.each([
  ["evidence", '{"schema":"douane/evidence/v3","douane":"1.0.0","evidence":[]}', true],
  ["a JSON report", '{\n  "schema": "douane/report/v1"', true],
  ["a Markdown report", "### ✓ Admitted · portal", true],
  ["a checklist", "portal\n\nRefusée : 2 non", true],
  ["an empty file", "", false],
  ["settings", "[core]\n  bare = false\n", false],
  ["a program", "#!/bin/sh\nexec node\n", false],
  ["a document that names douane", '{"name": "douane/report"}', false],
  ["variables", "DOUANE_DATA=/data\n", false],
])("%s", (_, text, own) => {
  expect(isOwnOutput(text)).toBe(own);
});
