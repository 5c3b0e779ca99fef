import { expect, test } from "vitest";
import { reportText } from "../../test/fixtures/report-text.ts";
import { server, trialFacts, write } from "../../test/fixtures/trial-facts.ts";
import { ADMITTED, HOSTILE, REFUSED } from "../../test/fixtures/verdicts.ts";
import { html } from "./html.ts";
import { htmlTrial } from "./html-trial.ts";

const OPTIONS = { lang: "en", version: "0.1.0", rules: [] } as const;

test("a trial is shown as bars, and as a table that says the same", () => {
  const text = htmlTrial({ facts: trialFacts() }, "en");
  expect(
    [...text.matchAll(/<rect class="([a-z-]+)" x="(\d+)" y="(\d+)"/g)].map((match) => match.slice(1)),
  ).toEqual([
    ["read-only", "0", "0"],
    ["restart", "143", "0"],
    ["writable", "285", "0"],
    ["replica", "428", "22"],
  ]);
  expect(text).toContain('<p class="facts">runc 1.1.15 (root) · duration: 4.2 s</p>');
  expect(text).toContain(
    '<tr><th scope="row">restart after kill -9</th><td class="number">1.0 s</td><td class="number">0.9 s</td>',
  );
});

test("phases that ran at once stand below one another", () => {
  const times = { writable: [500, 1_500], replica: [2_500, 2_600] } as const;
  const phases = trialFacts().phases.map((phase) => {
    const [startMs, endMs] = phase.name in times ? times[phase.name as keyof typeof times] : [];
    return { ...phase, ...(startMs === undefined ? {} : { startMs, endMs }) };
  });
  const text = htmlTrial({ facts: trialFacts({ facts: { phases } }) }, "en");
  expect(
    [...text.matchAll(/<rect class="([a-z-]+)" x="\d+" y="(\d+)"/g)].map((match) => match.slice(1)),
  ).toEqual([
    ["read-only", "0"],
    ["restart", "0"],
    ["writable", "22"],
    ["replica", "44"],
  ]);
  expect(text).toContain('<svg viewBox="0 0 600 66"');
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
