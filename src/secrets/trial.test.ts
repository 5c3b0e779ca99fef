import { expect, test } from "vitest";
import { digestOf } from "../../test/fixtures/image-facts.ts";
import { checkedToken } from "../../test/fixtures/secrets.ts";
import { asked, http, listener, trialFacts, write } from "../../test/fixtures/trial-facts.ts";
import type { TrialEvent } from "../contract/trial-events.ts";
import { maskObservation } from "./observation.ts";
import { maskTrial, pathMask, secretMask, telling, trialMask } from "./trial.ts";

test("what a container was given is taken out of what it says, line by line", () => {
  const mask = secretMask([
    ["A", "hunter2-hunter2"],
    ["B", "-----BEGIN\nabcdefgh\n"],
    ["C", "on"],
  ]);
  const said = mask("password hunter2-hunter2, key abcdefgh, on");
  expect(said).not.toMatch(/hunter2|abcdefgh/);
  expect(said).toMatch(/^password \S*…\(15\), key …\(8\), on$/);
});

test.each([
  ["a URL", "postgres://app:p%40ss%22word%20one@db/app", /p%40ss/],
  ["JSON", '{"key":"p@ss\\"word one"}', /p@ss/],
  ["a header", `Authorization: Basic ${Buffer.from('p@ss"word one').toString("base64")}`, /cEBzcy/],
])("a secret is known as %s writes it", (_, text, secret) => {
  expect(secretMask([["A", 'p@ss"word one']])(text)).not.toMatch(secret);
});

test("a secret that holds another is masked whole", () => {
  expect(
    secretMask([
      ["A", "abcd"],
      ["B", "abcdefgh"],
    ])("x abcdefgh y"),
  ).toBe("x …(8) y");
});

test("what looks like a secret is masked, too", () => {
  const token = checkedToken("ghp_");
  expect(secretMask([])(`token ${token}.`)).not.toContain(token);
});

test("what the settings give is masked, unless it is short and has no telling name", () => {
  const config = "debug: true\nurl: x\n  token: tr0ub4dor\n";
  const mask = secretMask(
    telling([
      ["DB_PASSWORD", "short"],
      ["LICENCE", "ABCD 1234 EFGH"],
      ["DEBUG", "true"],
      ["LEVEL", "info"],
      ["/etc/app.yaml", config],
    ]),
  );
  expect(mask("info true: url: x, short")).toBe("info true: url: x, …(5)");
  const said = mask(`licence ABCD 1234 EFGH, read [token: tr0ub4dor], [debug: true]\n${config}`);
  expect(said).not.toMatch(/ABCD|tr0ub4dor|debug: true/);
  expect(said).toContain("\nurl: x\n");
});

test.each<[TrialEvent, string]>([
  [write("/tmp/hunter2-hunter2/a"), '"/tmp/…(15)/a"'],
  [asked("hunter2-hunter2.example"), '"…(15).example"'],
  [http("/hunter2-hunter2", "readiness"), '"/…(15)"'],
  [listener(80, "::", { process: { pid: 1, name: "hunter2-hunter2" } }), '"…(15)"'],
  [write("/tmp/qX7pLw29ZkV4/a"), '"/tmp/…(12)/a"'],
  [asked("qx7plw29zkv4.example"), '"…(12).example"'],
  [listener(80, "::", { process: { pid: 1, name: "t0k-9QxW7LmPt3R" } }), '"t0k-…(11)"'],
  [write(`/tmp/${Buffer.from("hunter2-hunter2").toString("hex")}`), '"/tmp/…(30)"'],
])("names do not give a secret away: %j", (event, kept) => {
  const mask = trialMask([
    ["DB_PASSWORD", "hunter2-hunter2"],
    ["VALUE", "qX7pLw29ZkV4"],
    ["TOKEN", "Zk9QxW7LmPt3RvB2"],
  ]);
  const text = JSON.stringify(
    maskObservation({ phase: "read-only", root: "read-only", ms: 0, ...event }, mask),
  );
  expect(text).not.toMatch(/hunter2-hunter2|qX7pLw29ZkV4|9QxW7LmP/i);
  expect(text).toContain(kept);
});

test("the settings of a file are called what its name says", () => {
  const sample = '{"list":[],"secret":"/8sKd93jf0qweRTy12LmZz4vN8fQ="}';
  const mask = trialMask([]);
  const seen = maskObservation(
    { phase: "read-only", root: "read-only", ms: 0, ...write("/data/.verdaccio-db.json", { sample }) },
    mask,
  );
  expect(seen).toMatchObject({ sample: '{"list":[],"secret":"/8sK…(29)"}' });
  expect(mask.text(sample)).toBe(sample);
});

test("a host or a folder that stands in a Secret stays: rules read it", () => {
  const mask = trialMask([
    ["DB_HOST", "database.internal"],
    ["DATA_DIR", "/data/application"],
  ]);
  const seen = [asked("database.internal"), write("/data/application/a.db"), listener(80)];
  for (const event of seen) {
    const observation = { phase: "read-only", root: "read-only", ms: 0, ...event } as const;
    expect(maskObservation(observation, mask)).toEqual(observation);
  }
});

test("a path is masked as the names in observations are", () => {
  const mask = pathMask([
    ["DB_PASSWORD", "hunter2-hunter2"],
    ["DATA_DIR", "/data/application"],
  ]);
  expect(mask("/data/application/hunter2-hunter2")).toBe("/data/application/…(15)");
});

test("a name that the kernel cut is not half a secret", () => {
  const mask = pathMask([["DB_PASSWORD", "hunter2-hunter2-hunter2"]]);
  expect(mask("hunter2-hunter2")).toBe("…");
  expect(mask("hunter2")).toBe("hunter2");
});

test("a trial that was handed in is masked by its content, wherever it says it", () => {
  const token = checkedToken("ghp_");
  const facts = trialFacts({
    "read-only": [write(`/tmp/${token}`), asked(token)],
    facts: { argv: ["app", token], cwd: `/${token}`, beside: [{ name: token, imageId: digestOf(1) }] },
  });
  expect(JSON.stringify(maskTrial(facts))).not.toContain(token);
  expect(maskTrial(trialFacts())).toEqual(trialFacts());
});

test("what a dependency said last is masked by everything that the trial was given", () => {
  const failure = { was: "exited", ms: 1, said: "FATAL: password correct-horse-42 refused" } as const;
  const dependency = { name: "db", image: "postgres:17", imageId: digestOf(1), ports: [5432], failure };
  const mask = trialMask([["POSTGRES_PASSWORD", "correct-horse-42"]]);
  const masked = maskTrial(trialFacts({ facts: { dependencies: [dependency] } }), mask);
  expect(JSON.stringify(masked)).not.toContain("correct-horse");
  expect(masked.dependencies).toMatchObject([
    { name: "db", failure: { said: expect.stringContaining("FATAL") } },
  ]);
});
