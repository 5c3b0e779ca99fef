import { expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { UNPROVEN } from "../../test/fixtures/verdicts.ts";
import type { FailedStart } from "../contract/failed-start.ts";
import type { TriedContainer } from "../contract/verdict.ts";
import { checklist } from "./checklist.ts";
import { failedStartLogs } from "./failed-start-logs.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { markdown } from "./markdown.ts";

const FAILED: FailedStart = {
  phase: "writable",
  reason: { fr: "le processus s'est arrêté", en: "the process ended" },
  settle: { fr: "régler", en: "settle" },
  lines: ["first", "<b>last</b> `x`"],
};
const facts = trialFacts({});

function tried(...trials: readonly TriedContainer[]) {
  return { ...UNPROVEN, trials };
}

test("are told of each container that did not come up and said something", () => {
  const verdict = tried(
    { container: "web", facts, failedStart: FAILED },
    { container: "proxy", facts },
    { facts, failedStart: { ...FAILED, phase: "read-only", lines: ["x"] } },
    { container: "silent", facts, failedStart: { ...FAILED, lines: [] } },
  );
  expect(failedStartLogs(verdict, "en")).toEqual([
    {
      title: "The application's last lines during the trial (writable root · container: web)",
      lines: FAILED.lines,
    },
    { title: "The application's last lines during the trial (read-only root)", lines: ["x"] },
  ]);
  expect(failedStartLogs(UNPROVEN, "en")).toEqual([]);
});

test.each([
  ["checklist", checklist, "\n  first\n  <b>last</b> `x`\n"],
  ["markdown", markdown, "- `first`\n- `` <b>last</b> `x` ``\n"],
  ["html", html, "<pre>first\n&lt;b&gt;last&lt;/b&gt; `x`</pre>"],
  ["json", json, '"phase": "writable"'],
])("stand in the report once: %s", (_, report, lines) => {
  const verdict = tried({ facts, failedStart: FAILED }, { container: "proxy", facts });
  const input = { verdicts: [verdict], errors: [], skipped: [] };
  const text = reportText(report, input, { lang: "en", version: "0", rules: [] });
  expect(text.split(lines)).toHaveLength(2);
});
