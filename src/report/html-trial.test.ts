import { expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { server, trialFacts, write } from "../../test/fixtures/trial-facts.ts";
import { ADMITTED, HOSTILE, REFUSED } from "../../test/fixtures/verdicts.ts";
import { html } from "./html.ts";
import { htmlTrial } from "./html-trial.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

test("a trial is shown as bars on an axis, and in words that say the same", () => {
  const text = htmlTrial({ facts: trialFacts() }, "en");
  expect([...text.matchAll(/<rect class="([a-z-]+)" x="([\d.]+)%"/g)].map((match) => match.slice(1))).toEqual(
    [
      ["read-only", "0"],
      ["restart", "23.75"],
      ["writable", "47.51"],
      ["replica", "71.26"],
    ],
  );
  expect([...text.matchAll(/text-anchor="(\w+)">([^<]+)/g)].map((match) => match.slice(1))).toEqual([
    ["start", "0.0 s"],
    ["middle", "1.0 s"],
    ["middle", "2.0 s"],
    ["middle", "3.0 s"],
    ["end", "4.0 s"],
  ]);
  expect(text).toContain('<p class="facts">runc 1.1.15 (root) · duration: 4.2 s</p>');
  expect(text).toContain("from 1.0 s to 1.9 s (0.9 s)");
});

test.each([
  [0, 1],
  [450, 5],
  [1_990, 4],
  [59_000, 6],
  [600_000, 7],
])("the axis of %i ms has %i marks", (durationMs, marks) => {
  const text = htmlTrial({ facts: trialFacts({ facts: { durationMs } }) }, "fr");
  expect(text.match(/<line /g)).toHaveLength(marks);
});

test("exit codes are explained, each once", () => {
  const end = { kind: "exit", by: "stop", afterMs: 30, code: 143 } as const;
  const text = htmlTrial(
    { facts: trialFacts({ "read-only": server({ end }), restart: server({ end }) }) },
    "en",
  );
  expect(text.match(/<dt>143<\/dt><dd>SIGTERM: ended by the request to stop/g)).toHaveLength(1);
  expect(htmlTrial({ facts: trialFacts({ facts: { observations: [] } }) }, "en")).not.toContain("<dl");
});

test("phases that ran at once stand below one another", () => {
  const times = { writable: [500, 1_500], replica: [2_500, 2_600] } as const;
  const phases = trialFacts().phases.map((phase) => {
    const [startMs, endMs] = phase.name in times ? times[phase.name as keyof typeof times] : [];
    return { ...phase, ...(startMs === undefined ? {} : { startMs, endMs }) };
  });
  const text = htmlTrial({ facts: trialFacts({ facts: { phases } }) }, "en");
  const bars = text.split("<li>").map((item) => /<rect class="([a-z-]+)" x="([\d.]+)%"/.exec(item)?.slice(1));
  expect(bars.slice(1)).toEqual([
    ["read-only", "0"],
    ["restart", "23.75"],
    ["writable", "11.88"],
    ["replica", "59.38"],
  ]);
});

test("of a workload the container is named", () => {
  expect(htmlTrial({ container: "web", facts: trialFacts() }, "fr")).toContain(
    "conteneur : web · runc 1.1.15 (root) · durée : 4,2 s",
  );
});

test("what a hostile application writes is text", () => {
  const facts = trialFacts({
    "read-only": server({ more: [write(`/${HOSTILE}`)] }),
    facts: { durationMs: 0 },
  });
  const text = htmlTrial({ container: HOSTILE, facts }, "en");
  expect(text).not.toContain("<script");
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});

test("each trial stands in the section of its own application", () => {
  const tried = { ...ADMITTED, trials: [{ facts: trialFacts() }] };
  const text = reportText(html, { verdicts: [REFUSED, tried] }, OPTIONS);
  const [, first = "", second = ""] = text.split('<section class="application"');
  expect([first.includes("<svg"), second.includes("<svg")]).toEqual([false, true]);
});
