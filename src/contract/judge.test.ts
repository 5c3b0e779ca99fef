import { describe, expect, test } from "vitest";
import { imageFacts, referenceFacts } from "../../test/fixtures/image-facts.ts";
import {
  fail,
  NA,
  nonRoot,
  pass,
  presumed,
  row,
  rule,
  type Said,
  TEXT,
  UNPROVEN,
} from "../../test/fixtures/said-rules.ts";
import { trialFacts } from "../../test/fixtures/trial-facts.ts";
import { evaluate } from "./evaluate.ts";
import type { Collected } from "./evidence.ts";
import { judge } from "./judge.ts";
import { judgeRow } from "./judge-row.ts";
import { ROWS, type RowId, rowById } from "./rows.ts";
import type { AnyRule, Outcome } from "./rule.ts";
import type { Acceptance, Answer, Verdict } from "./verdict.ts";

const DIGEST = `sha256:${"d".repeat(64)}` as const;
const IMAGE_ID = `sha256:${"e".repeat(64)}` as const;
const INDEX = `sha256:${"f".repeat(64)}` as const;
const NAMED = `sha256:${"1".repeat(64)}` as const;
const IMAGE: Collected = {
  image: imageFacts({ facts: { digest: DIGEST, imageId: IMAGE_ID, indexDigest: INDEX } }),
  reference: referenceFacts({ digest: NAMED }),
};
function verdict(
  rules: readonly AnyRule[],
  collected: Collected = IMAGE,
  acceptances: readonly Acceptance[] = [],
): Verdict {
  const accepted = { acceptances, today: "2026-11-24" };
  return judge({ name: "app", images: [] }, [{ collected }], { rules, accepted });
}

test("a verdict always holds the 18 rows in the contract's order", () => {
  expect(verdict([]).rows.map(({ id }) => id)).toEqual(ROWS.map(({ id }) => id));
  expect(ROWS).toHaveLength(18);
});

test("of a container that is asked for some rows the others say nothing, and a derived row goes by these", () => {
  const rules = [
    rule("1.1-user", ["non-root"], fail("root")),
    rule("1.4-files", ["no-baked-state"], fail("key")),
  ];
  const rows = new Set(["no-baked-state", "twelve-factor"] as const);
  const accepted = { acceptances: [], today: "2026-11-24" };
  const { rows: judged } = judge({ name: "app", images: [] }, [{ container: "v", collected: IMAGE, rows }], {
    rules,
    accepted,
  });
  expect(judged.filter(({ answer }) => answer !== "n/a").map(({ id, answer }) => [id, answer])).toEqual([
    ["no-baked-state", "no"],
    ["twelve-factor", "no"],
  ]);
  expect(judged[0]).toMatchObject({ id: "non-root", findings: [], missing: [] });
});

test("asking for a row that is not in the contract is a bug that says so", () => {
  expect(() => rowById("no-such-row" as RowId)).toThrow("no row no-such-row");
  expect(rowById("sbom").clauses).toEqual(["2.2"]);
});

describe("how a row is judged", () => {
  const cases: readonly [string, readonly [Said, Said, Said], string][] = [
    ["one alternative wholly passed: yes", [pass(), pass(), pass()], "yes"],
    ["members that are n/a drop out: yes", [pass(), NA, NA], "yes"],
    ["but not all of them: n/a", [NA, NA, NA], "n/a"],
    ["one member unproven: unproven", [pass(), UNPROVEN, pass()], "unproven"],
    ["one member failed: no, whatever else passes", [pass(), fail(), pass()], "no"],
    ["a fail outweighs an error: no", [fail(), "throws", pass()], "no"],
    ["a rule that throws: unproven", [pass(), "throws", pass()], "unproven"],
    ["a presumed fail without a trial: no", [pass(), presumed(), pass()], "no"],
    ["all unproven: unproven", [UNPROVEN, UNPROVEN, UNPROVEN], "unproven"],
    ["n/a and unproven: unproven", [NA, UNPROVEN, NA], "unproven"],
  ];
  test.each(cases)("%s", (_, said, answer) => {
    expect(row(verdict(nonRoot(...said)), "non-root").answer).toBe(answer);
  });

  test("a rule of the alternative that was left out keeps the row unproven", () => {
    const [user, tools] = nonRoot(pass(), pass(), pass());
    expect(row(verdict([user, tools].filter((one) => one !== undefined)), "non-root").answer).toBe(
      "unproven",
    );
  });

  test("rules whose evidence was not collected are left out, and the row names what is missing", () => {
    const found = row(verdict(nonRoot(pass(), pass(), pass()), {}), "non-root");
    expect(found).toMatchObject({ answer: "unproven", proofs: [], doubts: [] });
    expect(found.missing).toEqual([{ evidence: "image", command: "douane check IMAGE" }]);
  });

  test("evidence that cannot be read leaves the row open, whatever others show", () => {
    const unreadable: Outcome = { ...UNPROVEN, unreadable: true } as Outcome;
    const rules = [...nonRoot(pass(), pass(), pass()), rule("1.1-run-as-user", ["non-root"], unreadable)];
    expect(row(verdict(rules), "non-root").answer).toBe("unproven");
  });

  test("what was seen and may refute the row leaves it open, too", () => {
    const doubtful: Outcome = { ...UNPROVEN, doubtful: true } as Outcome;
    const rules = [...nonRoot(pass(), pass(), pass()), rule("1.1-run-as-user", ["non-root"], doubtful)];
    expect(row(verdict(rules), "non-root").answer).toBe("unproven");
  });

  test("a row that is settled misses nothing", () => {
    expect(
      row(verdict(nonRoot(pass(), pass(), pass()), { image: imageFacts() }), "non-root").missing,
    ).toEqual([]);
    expect(
      row(verdict([rule("1.1-privileged", ["no-host-access"], fail())]), "no-host-access"),
    ).toMatchObject({
      answer: "no",
      missing: [],
    });
  });

  test("missing evidence that no command gathers is named without a command", () => {
    const versioned = { ...rowById("provenance"), provenBy: ["cluster", "attestations"] as const };
    expect(judgeRow(versioned, [], { collected: IMAGE, earlier: new Map() }).missing).toEqual([
      { evidence: "cluster" },
      { evidence: "attestations", command: "douane verify IMAGE --policy FILE" },
    ]);
  });

  test("a proof that counts until a day near says the day", () => {
    const ending = { status: "pass", proof: { fr: "a", en: "a" }, until: "2026-06-30" } as const;
    expect(row(verdict(nonRoot(ending, NA, NA)), "non-root").proofs.map(({ until }) => until)).toEqual([
      "2026-06-30",
      undefined,
      undefined,
    ]);
  });

  test("a yes carries the proofs of the alternative that passed, n/a reasons included", () => {
    expect(
      row(verdict(nonRoot(pass("uid 1000"), NA, pass("no file capability"))), "non-root").proofs,
    ).toEqual([
      { rule: "1.1-image-user", message: { fr: "uid 1000", en: "uid 1000" } },
      { rule: "1.1-privilege-tools", message: { fr: "sans objet ici", en: "not applicable here" } },
      { rule: "1.1-file-capabilities", message: { fr: "no file capability", en: "no file capability" } },
    ]);
  });

  test("a no and an unproven row carry no proof, not even why an alternative does not apply", () => {
    const refuted = row(
      verdict([...nonRoot(NA, NA, NA), rule("1.1-guess", ["non-root"], fail())]),
      "non-root",
    );
    expect([refuted.answer, refuted.proofs]).toEqual(["no", []]);
    const open = row(verdict(nonRoot(pass(), UNPROVEN, NA)), "non-root");
    expect([open.answer, open.proofs]).toEqual(["unproven", []]);
  });

  test("a row that does not apply says why, and a yes shows no reason of another alternative", () => {
    const reason = { fr: "sans objet ici", en: "not applicable here" };
    expect(row(verdict(nonRoot(NA, NA, NA)), "non-root").proofs.map(({ message }) => message)).toEqual([
      reason,
      reason,
      reason,
    ]);
    const both = [
      rule("1.2-trial-read-only-root", ["read-only-root"], pass("tried")),
      rule("1.2-read-only-root-filesystem", ["read-only-root"], NA),
    ];
    expect(row(verdict(both), "read-only-root").proofs.map(({ message }) => message.en)).toEqual(["tried"]);
  });

  test("a no carries findings with the rule's remedy, or the finding's own", () => {
    const own = { status: "fail", findings: [{ message: TEXT, fingerprint: "own", remedy: TEXT }] } as const;
    const { findings } = row(verdict(nonRoot(fail("plain"), own, pass())), "non-root");
    expect(findings).toMatchObject([
      { rule: "1.1-image-user", fingerprint: "plain", remedy: { en: "the rule's remedy" }, presumed: false },
      { rule: "1.1-privilege-tools", fingerprint: "own", remedy: TEXT },
    ]);
  });

  test("an unproven row says why, rule by rule, and an error is among the reasons", () => {
    const { doubts } = row(verdict(nonRoot(UNPROVEN, "throws", "throws a string")), "non-root");
    expect(doubts).toMatchObject([
      { rule: "1.1-image-user", reason: { en: "not seen" }, settle: TEXT },
      { rule: "1.1-privilege-tools", reason: { en: "the rule stopped with an error: unexpected shape" } },
      { rule: "1.1-file-capabilities", reason: { fr: "la règle a échoué sur une erreur : odd" } },
    ]);
  });

  test("a reason without anything that would settle it stands alone", () => {
    const open: Outcome = { status: "unproven", reason: { fr: "pas vu", en: "not seen" } };
    expect(row(verdict(nonRoot(open, pass(), pass())), "non-root").doubts).toEqual([
      { rule: "1.1-image-user", reason: { fr: "pas vu", en: "not seen" } },
    ]);
  });

  test("notes stand whatever the answer, and do not change it", () => {
    const noted: Outcome = { status: "pass", proof: TEXT, notes: [{ message: TEXT, fingerprint: "note" }] };
    const found = row(verdict(nonRoot(noted, pass(), pass())), "non-root");
    expect(found).toMatchObject({ answer: "yes", notes: [{ rule: "1.1-image-user", fingerprint: "note" }] });
  });

  test("a rule that is no member of any alternative only refutes", () => {
    expect(row(verdict([rule("1.2-log-files", ["stdout-logs"], pass())]), "stdout-logs").answer).toBe(
      "unproven",
    );
    expect(row(verdict([rule("1.2-log-files", ["stdout-logs"], fail())]), "stdout-logs").answer).toBe("no");
  });

  test("one fail refutes every row that the rule names", () => {
    const found = verdict([rule("1.2-no-databases", ["no-baked-state", "stateless"], fail())]);
    expect([row(found, "no-baked-state").answer, row(found, "stateless").answer]).toEqual(["no", "no"]);
  });
});

describe("a presumed fail", () => {
  const tried: Collected = { ...IMAGE, trial: trialFacts() };
  /** Rules of the alternative of non-root that includes a trial. */
  function withTrial(said: Said): readonly AnyRule[] {
    return [
      rule("1.1-image-user", ["non-root"], pass(), ["trial"]),
      rule("1.1-privilege-tools", ["non-root"], pass()),
      rule("1.1-file-capabilities", ["non-root"], pass()),
      rule("1.1-guess", ["non-root"], said),
    ];
  }

  test("becomes a note when a trial proves the row", () => {
    const found = row(verdict(withTrial(presumed("guess")), tried), "non-root");
    expect(found).toMatchObject({
      answer: "yes",
      findings: [],
      notes: [{ rule: "1.1-guess", presumed: true }],
    });
  });

  test("refutes the row when the proof rests on no trial", () => {
    const rules = [...nonRoot(pass(), pass(), pass()), rule("1.1-guess", ["non-root"], presumed())];
    expect(row(verdict(rules, tried), "non-root").answer).toBe("no");
  });

  test("a certain fail is not overruled by a trial", () => {
    expect(row(verdict(withTrial(fail()), tried), "non-root").answer).toBe("no");
  });
});

describe("the derived row twelve-factor", () => {
  test("is unproven because of the rows that are", () => {
    const found = row(verdict([]), "twelve-factor");
    expect(found.answer).toBe("unproven");
    expect(found.because).toEqual(rowById("twelve-factor").derivedFrom);
  });

  test("is no because of the rows that are no", () => {
    const found = row(verdict([rule("1.3-bind-address", ["bind-all"], fail())]), "twelve-factor");
    expect(found).toMatchObject({ answer: "no", because: ["bind-all"], findings: [] });
  });

  test("its own rules refute it", () => {
    const found = row(verdict([rule("1.4-development-mode", ["twelve-factor"], fail())]), "twelve-factor");
    expect(found.answer).toBe("no");
    expect(found.findings).toHaveLength(1);
    expect(found.because).toBeUndefined();
  });

  test("its own rules and the rows both say no", () => {
    const rules = [
      rule("1.4-development-mode", ["twelve-factor"], fail()),
      rule("1.3-bind-address", ["bind-all"], fail()),
    ];
    expect(row(verdict(rules), "twelve-factor").because).toEqual(["bind-all"]);
  });

  /** The row itself, when all the rows that it is derived from have this answer. */
  function derived(answer: Answer, own: Said) {
    const twelve = rowById("twelve-factor");
    const earlier = new Map(verdict([]).rows.map((one) => [one.id, { ...one, answer }]));
    const results = evaluate([rule("1.4-own", ["twelve-factor"], own)], IMAGE);
    return judgeRow(
      twelve,
      results.map((result) => ({ ...result, accepted: [] })),
      { collected: IMAGE, earlier },
    );
  }

  test.each([
    ["yes", pass(), "yes"],
    ["yes", UNPROVEN, "yes"],
    ["n/a", pass(), "n/a"],
    ["yes", fail(), "no"],
    ["yes", "throws", "unproven"],
    ["unproven", "throws", "unproven"],
    ["no", "throws", "no"],
  ] as const)("the rows say %s and its own rule %j: %s", (rows, own, answer) => {
    expect(derived(rows, own as Said).answer).toBe(answer);
  });

  test("that holds names no row as its reason", () => {
    expect(derived("yes", pass()).because).toBeUndefined();
  });

  test("of rows that were not judged is unproven", () => {
    expect(judgeRow(rowById("twelve-factor"), [], { collected: IMAGE, earlier: new Map() }).answer).toBe(
      "unproven",
    );
  });
});

describe("admission", () => {
  test("is refused by one mandatory no", () => {
    expect(verdict(nonRoot(fail(), pass(), pass())).admitted).toBe("no");
  });
  test("is unproven while a mandatory row is", () => {
    expect(verdict(nonRoot(pass(), pass(), pass())).admitted).toBe("unproven");
  });
  test("is not refused by a future or recommended row, unless the future is enforced", () => {
    const rules = [
      rule("2.2-sbom", ["sbom"], fail()),
      rule("3.2-immutable-tag", ["immutable-tag"], fail(), ["reference"]),
    ];
    const accepted = { acceptances: [], today: "2026-11-24" };
    const subject = { name: "app", images: [] };
    expect(verdict(rules).admitted).toBe("unproven");
    expect(judge(subject, [{ collected: IMAGE }], { rules, accepted, enforceFuture: true }).admitted).toBe(
      "no",
    );
  });
  test("of nothing is unproven", () => {
    const options = { rules: [], accepted: { acceptances: [], today: "2026-11-24" } };
    expect(judge({ name: "none", images: [] }, [], options).admitted).toBe("unproven");
  });
});

describe("findings accepted as false by the platform", () => {
  const acceptance: Acceptance = {
    fingerprint: "1.1-privilege-tools:gosu",
    repository: "registry.example/app",
    reason: "dead branch",
    author: "platform@example.org",
    expires: "2026-12-31",
  };
  const rules = nonRoot(pass(), fail(acceptance.fingerprint), pass());

  test("no longer refute the row, and are shown", () => {
    const found = row(verdict(rules, IMAGE, [acceptance]), "non-root");
    expect(found.answer).toBe("yes");
    expect(found.notes).toMatchObject([{ fingerprint: acceptance.fingerprint, accepted: acceptance }]);
    expect(found.proofs.map(({ message }) => message.en)).toContain(
      `findings accepted as false by the platform's policy: ${acceptance.fingerprint}`,
    );
  });

  test("are all named where there are several", () => {
    const other = { ...acceptance, fingerprint: "1.1-privilege-tools:sudo" };
    const both = nonRoot(pass(), fail(acceptance.fingerprint, other.fingerprint), pass());
    const found = row(verdict(both, IMAGE, [acceptance, other]), "non-root");
    expect(found.proofs.map(({ message }) => message.fr)).toContain(
      `constats reconnus faux par la politique de la plateforme : ${acceptance.fingerprint}, ${other.fingerprint}`,
    );
  });

  test("still count on their last day, and no longer after it", () => {
    expect(row(verdict(rules, IMAGE, [{ ...acceptance, expires: "2026-11-24" }]), "non-root").answer).toBe(
      "yes",
    );
    expect(row(verdict(rules, IMAGE, [{ ...acceptance, expires: "2026-11-23" }]), "non-root").answer).toBe(
      "no",
    );
  });

  test.each([
    ["another repository", { repository: "registry.example/other" }, "no"],
    ["a folder of repositories", { repository: "registry.example/ap" }, "no"],
    ["the same name in another registry", { repository: "docker.io/app" }, "no"],
    ["the repository, whatever the case of its host", { repository: "Registry.Example/app" }, "yes"],
    ["the manifest's digest", { digest: DIGEST }, "yes"],
    ["the image id", { digest: IMAGE_ID }, "yes"],
    ["the index's digest", { digest: INDEX }, "yes"],
    ["a digest by which another image is named, whose place this one takes", { digest: NAMED }, "no"],
    ["another digest", { digest: `sha256:${"7".repeat(64)}` }, "no"],
    [
      "the repository, but another digest",
      { repository: "registry.example/app", digest: `sha256:${"7".repeat(64)}` },
      "no",
    ],
    [
      "a workload, and the image is judged alone",
      { workload: { namespace: "a", kind: "Pod", name: "b" } },
      "no",
    ],
    ["nothing", {}, "no"],
  ] as const)("bound to %s", (_, scope, answer) => {
    const { repository, ...unscoped } = acceptance;
    const found = row(verdict(rules, IMAGE, [{ ...unscoped, ...scope }]), "non-root");
    expect([repository, found.answer]).toEqual(["registry.example/app", answer]);
  });

  test("do not cover a local archive that only carries the name", () => {
    const reference = referenceFacts({
      transport: "docker-daemon",
      given: "docker-daemon:registry.example/app:1",
    });
    const { registry, repository, ...local } = reference;
    const found = row(verdict(rules, { ...IMAGE, reference: local }, [acceptance]), "non-root");
    expect([registry, repository, found.answer]).toEqual(["registry.example", "app", "no"]);
  });

  test("do not cover another finding of the same rule", () => {
    const both = nonRoot(pass(), fail(acceptance.fingerprint, "1.1-privilege-tools:sudo"), pass());
    const found = row(verdict(both, IMAGE, [acceptance]), "non-root");
    expect(found).toMatchObject({ answer: "no", findings: [{ fingerprint: "1.1-privilege-tools:sudo" }] });
    expect(found.notes).toHaveLength(1);
  });

  test("keep the notes of the rule whose last finding they accept", () => {
    const noted = {
      ...fail(acceptance.fingerprint),
      notes: [{ message: TEXT, fingerprint: "kept" }],
    } as Outcome;
    const found = row(verdict(nonRoot(pass(), noted, pass()), IMAGE, [acceptance]), "non-root");
    expect(found.notes.map(({ fingerprint }) => fingerprint)).toEqual(["kept", acceptance.fingerprint]);
  });
});
