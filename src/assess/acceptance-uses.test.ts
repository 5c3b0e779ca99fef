import { describe, expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import { fail, rule } from "../../test/fixtures/said-rules.ts";
import type { AcceptanceScope } from "../contract/acceptance-scope.ts";
import { judge } from "../contract/judge.ts";
import type { Acceptance } from "../contract/verdict.ts";
import { AcceptanceUses, idleAcceptances, idleVulnerabilityAcceptances } from "./acceptance-uses.ts";

const APP = { repository: "registry.example/app" };

function acceptance(fingerprint: string, scope: AcceptanceScope): Acceptance {
  return { fingerprint, ...scope, reason: "r", author: "a", expires: "2026-12-31" };
}

/** States of the acceptances after judging images of these repositories, each with the finding `f`. */
function uses(acceptances: readonly Acceptance[], ...repositories: readonly string[]) {
  const accepted = { acceptances, today: "2026-11-26" };
  const seen = new AcceptanceUses(accepted);
  for (const repository of repositories) {
    const collected = { image: imageFacts(), reference: referenceFacts({ repository }) };
    const rules = [rule("1.1-image-user", ["non-root"], fail("f"))];
    seen.saw(judge({ name: repository, images: [] }, [{ collected }], { rules, accepted }), [collected]);
  }
  return seen.uses;
}

describe("what becomes of an acceptance in a run", () => {
  test.each([
    ["applied", acceptance("f", APP), ["app"]],
    ["applied", acceptance("f", APP), ["app", "other"]],
    ["applied", acceptance("f", APP), ["other", "app"]],
    ["elsewhere", acceptance("f", APP), ["other"]],
    ["absent", acceptance("g", APP), ["other", "app"]],
    ["other-subjects", acceptance("g", APP), ["other"]],
    ["other-subjects", acceptance("f", APP), []],
    ["applied", { ...acceptance("f", APP), expires: "2026-11-26" }, ["app"]],
    ["expired", { ...acceptance("f", APP), expires: "2026-11-25" }, ["app"]],
  ] as const)("%s: %j in %j", (state, one, repositories) => {
    expect(uses([one], ...repositories).map((use) => use.state)).toEqual([state]);
  });
});

describe("what is said of those that did nothing", () => {
  const said = (all: readonly Acceptance[], ...repositories: readonly string[]) =>
    idleAcceptances(uses(all, ...repositories)).map(({ en }) => en);

  test("one that was applied, and one that has expired: nothing", () => {
    expect(said([acceptance("f", APP), { ...acceptance("g", APP), expires: "2026-11-25" }], "app")).toEqual(
      [],
    );
  });

  test("findings of a Dockerfile: that they cannot be accepted, once", () => {
    const all = [acceptance("1.4-dockerfile-secrets:a", APP), acceptance("1.4-dockerfile-secrets:b", APP)];
    const expired = { ...acceptance("1.1-dockerfile-user:c", APP), expires: "2026-11-25" };
    expect(said([...all, expired], "app")).toEqual([
      expect.stringMatching(/^policy: a Dockerfile's findings cannot be accepted \(\S+:a, \S+:b\)/),
    ]);
  });

  test("one finding that is accepted for many other images: one line, and no reproach where it is accepted here, too", () => {
    const others = ["a", "b", "c", "d"].map((name) =>
      acceptance("f", { repository: `registry.example/${name}` }),
    );
    expect(said(others, "app")).toEqual([
      "policy: f is accepted for registry.example/a, registry.example/b, registry.example/c, … only; the finding exists elsewhere here, where it counts.",
    ]);
    expect(said([...others, acceptance("f", APP)], "app")).toEqual([
      "policy: 4 acceptances are bound to images or workloads that are not judged here (f).",
    ]);
  });

  test("scopes by all that they name", () => {
    const workload = { namespace: "shop", kind: "Deployment", name: "web" };
    expect(said([acceptance("g", APP), acceptance("h", { ...APP, workload })], "app")).toEqual([
      "policy: the acceptance of g for registry.example/app covers no finding: remove it if the mistake is gone.",
      "policy: the acceptance of h is bound to an image or a workload that is not judged here.",
    ]);
    expect(said([acceptance("f", { ...APP, workload })], "app")).toEqual([
      "policy: f is accepted for registry.example/app and shop/Deployment/web only; the finding exists elsewhere here, where it counts.",
    ]);
  });
});

describe("acceptances of vulnerabilities that no image needed", () => {
  const idle = (...ids: readonly string[]) =>
    idleVulnerabilityAcceptances(
      ids.map(
        (id) => ({ id, purl: "pkg:npm/a@1" }) as Parameters<typeof idleVulnerabilityAcceptances>[0][number],
      ),
    ).map(({ en }) => en);

  test.each([
    [[], []],
    [["CVE-2026-0001"], ["without use here: 1 (CVE-2026-0001, pkg:npm/a@1);"]],
    [["CVE-2026-0001", "CVE-2026-0002"], ["without use here: 2 (CVE-2026-0001, pkg:npm/a@1, …);"]],
  ])("%j: %j", (ids, texts) => {
    expect(idle(...ids)).toEqual(texts.map((text) => expect.stringContaining(text) as string));
  });
});

test.each([
  [3, "f0, f1, f2)"],
  [4, "f0, f1, f2, …)"],
])("of %i names of findings, three are shown, each once", (count, end) => {
  const all = Array.from({ length: count }, (_, index) => acceptance(`f${index}`, APP));
  const [text] = idleAcceptances(uses([...all, ...all.slice(0, 1)])).map(({ en }) => en);
  expect(text).toContain(end);
  expect(text).toContain(`${count + 1} acceptances are bound`);
});

test.each([
  [3, "a2 only;"],
  [4, "a2, … only;"],
])("of %i images for which a finding is accepted, three are shown", (count, end) => {
  const all = Array.from({ length: count }, (_, index) =>
    acceptance("f", { repository: `registry.example/a${index}` }),
  );
  expect(idleAcceptances(uses(all, "app")).map(({ en }) => en)).toEqual([
    expect.stringContaining(end) as string,
  ]);
});

test("an acceptance for a digest names it", () => {
  const digest = `sha256:${"a".repeat(64)}` as const;
  expect(idleAcceptances(uses([acceptance("f", { digest })], "app")).map(({ en }) => en)).toEqual([
    expect.stringContaining("f is accepted for sha256:aaa") as string,
  ]);
});

test("an acceptance is near if it covers one of a workload's places", () => {
  const accepted = { acceptances: [acceptance("g", APP)], today: "2026-11-26" };
  const placesOf = (...repositories: readonly string[]) =>
    repositories.map((repository) => ({ image: imageFacts(), reference: referenceFacts({ repository }) }));
  const stateIn = (...repositories: readonly string[]) => {
    const [first = {}] = placesOf(...repositories);
    const seen = new AcceptanceUses(accepted);
    const rules = [rule("1.1-image-user", ["non-root"], fail("f"))];
    const verdict = judge({ name: "web", images: [] }, [{ collected: first }], { rules, accepted });
    seen.saw(verdict, placesOf(...repositories));
    return seen.uses.map(({ state }) => state);
  };
  expect(stateIn("app", "other")).toEqual(["absent"]);
  expect(stateIn("other", "app")).toEqual(["absent"]);
  expect(stateIn("other", "another")).toEqual(["other-subjects"]);
});
