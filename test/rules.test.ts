import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { CLAUSES } from "../src/contract/clauses.ts";
import { ROWS } from "../src/contract/rows.ts";
import type { AnyRule } from "../src/contract/rule.ts";
import { LANGS, type Text } from "../src/contract/text.ts";
import * as declaredRules from "../src/rules/dockerfile/declared-rules.ts";
import { RULES } from "../src/rules/index.ts";
import * as manifestRules from "../src/rules/manifest/manifest-rules.ts";
import { ON_DEMAND, rulesFor, selectingRules } from "../src/rules/rule-set.ts";

const FOLDER = join(import.meta.dirname, "..", "src", "rules");
const FILES = globSync("*/[0-9].[0-9]-*.ts", { cwd: FOLDER });
const TESTS = FILES.filter((file) => file.endsWith(".test.ts"));
const OWN_FILES = FILES.filter((file) => !TESTS.includes(file));
/** Tables of rules that judge by another rule's code. */
const TABLES = {
  dockerfile: Object.values(declaredRules),
  manifest: Object.values(manifestRules),
};

/** Each rule that is written, as `<folder>/<id>`. */
const WRITTEN = [
  ...OWN_FILES.map((file) => file.replace(/\.ts$/, "")),
  ...Object.entries(TABLES).flatMap(([folder, rules]) => rules.map(({ id }) => `${folder}/${id}`)),
];

function idsOf(rules: readonly AnyRule[]): readonly string[] {
  return rules.map(({ id }) => id);
}

describe("the list of rules", () => {
  test("names every rule that is written, once", () => {
    expect(RULES.map(({ id }) => id).toSorted()).toEqual(WRITTEN.map((rule) => basename(rule)).toSorted());
  });

  test("stands in the contract's order", () => {
    const clauses = RULES.map(({ id }) => CLAUSES.findIndex((clause) => id.startsWith(`${clause.id}-`)));
    expect(clauses).toEqual(clauses.toSorted((a, b) => a - b));
    expect(clauses).not.toContain(-1);
  });

  test("of a kind on demand has exactly the rules that need it", async () => {
    for (const kind of ON_DEMAND) {
      const { kinds, rules } = await rulesFor([kind]);
      expect(kinds).toEqual([kind]);
      const others = RULES.filter((rule) => ON_DEMAND.every((one) => !rule.needs.includes(one)));
      const own = RULES.filter((rule) => rule.needs.includes(kind));
      expect(own.length).toBeGreaterThan(0);
      expect(idsOf(rules)).toEqual(
        idsOf(RULES.filter((rule) => others.includes(rule) || own.includes(rule))),
      );
    }
    expect(idsOf((await rulesFor(ON_DEMAND)).rules)).toEqual(idsOf(RULES));
  });

  test("of a kind on demand selects no files, since an image is read before its rules are loaded", async () => {
    const selecting = RULES.filter(({ files = [] }) => files.length > 0);
    expect(idsOf(selecting)).toEqual(idsOf(await selectingRules()));
  });

  test("has a test for each, in its folder and by its id", () => {
    expect(TESTS.toSorted()).toEqual(WRITTEN.map((rule) => `${rule}.test.ts`).toSorted());
  });
});

/** A rule that may leave open every row about pods, and proves none. */
const MUTATIONS = "1.1-admission-mutations";
const INJECTION = "1.1-injection";
const OVERLAYS = "1.1-pod-overlays";
/** Leave open rows about what the node gives. */
const [DEVICES, RUNTIME, NETWORKS] = ["1.1-devices", "1.1-runtime-annotations", "1.1-network-attachments"];
/** Leave every row open that rests on the image. */
const [NODES, MARKS] = ["1.1-node-platform", "1.1-image-marks"];

describe("the rows", () => {
  const proofs = ROWS.flatMap((row) => row.proofs.flat().map((id) => ({ row: row.id, id })));

  test.each(proofs)("$row is proven by $id, which exists and can refute it", ({ row, id }) => {
    expect(RULES.find((rule) => rule.id === id)?.rows).toContain(row);
  });

  const PROVABLE = ROWS.filter((row) => row.proofs.length > 0);

  test.each(PROVABLE)("$id is proven by the evidence that the rules of its proofs need", (row) => {
    const needs = row.proofs.flat().flatMap((id) => RULES.find((rule) => rule.id === id)?.needs ?? []);
    // The rest comes with the manifest, or with every judgement.
    const gathered = needs.filter((kind) => !["cluster", "placement", "judging"].includes(kind));
    expect(row.provenBy).toEqual([...new Set(gathered)]);
  });

  test("all rules that bear on a row prove it together, but for those that only refute", () => {
    const refuting = (row: (typeof ROWS)[number]) =>
      RULES.filter(({ id, rows }) => rows.includes(row.id) && !row.proofs.flat().includes(id))
        .map(({ id }) => id)
        // Rules of declarations use the code of the rules that prove.
        .filter((id) => !/-(?:dockerfile|manifest)-/.test(id));
    const found = ROWS.map((row) => [row.id, refuting(row)] as const).filter(([, ids]) => ids.length > 0);
    expect(Object.fromEntries(found)).toEqual({
      "non-root": [
        "1.1-other-platforms",
        NODES,
        "1.1-run-as-non-root",
        "1.1-run-as-user",
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
      ],
      "no-host-access": [
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        DEVICES,
        "1.1-device-admin-access",
        "1.1-other-namespaces",
        RUNTIME,
        NETWORKS,
        "1.1-namespace-enforcement",
        "1.1-restricted-exemptions",
        "1.1-api-extensions",
        "1.1-controller-snippets",
        "1.1-service-account-rights",
      ],
      "no-escalation": ["1.1-setuid", MUTATIONS, INJECTION, OVERLAYS, RUNTIME],
      seccomp: [MUTATIONS, INJECTION, OVERLAYS, RUNTIME, "1.1-trial-seccomp"],
      "read-only-root": [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        DEVICES,
        "1.2-writable-root",
        "1.2-needed-mounts",
        "1.2-home",
      ],
      "stdout-logs": [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        DEVICES,
        "1.2-log-destination",
        "1.2-log-files",
      ],
      "no-baked-state": [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        "1.2-served-file",
        "1.2-trial-state",
        "1.4-environment-addresses",
        "1.4-start-environment",
        "1.4-application-settings",
        "1.4-served-environments",
      ],
      "bind-all": [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        DEVICES,
        NETWORKS,
        "1.3-bind-address",
        "1.3-default-bind",
        "1.3-next-hostname",
        "1.3-nginx-listen",
        "1.3-service-ports",
      ],
      health: [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        "1.3-probe-timing",
        "1.3-readiness-gates",
        "1.3-trial-health",
      ],
      "twelve-factor": [
        "1.3-static-address",
        "1.3-host-aliases",
        "1.3-service-addresses",
        "1.3-trial-static-address",
        "1.4-single-process",
        "1.4-development-mode",
        "1.4-leftovers",
        "1.4-resources",
      ],
      "env-config": [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        "1.4-no-environment-config",
        "1.4-no-build-arguments",
        "1.4-environment-addresses",
        "1.4-start-environment",
        "1.4-application-settings",
        "1.4-served-environments",
      ],
      stateless: [
        NODES,
        MUTATIONS,
        INJECTION,
        OVERLAYS,
        MARKS,
        DEVICES,
        "1.2-no-databases",
        "1.2-served-file",
        "1.4-stop-signal",
        "1.4-shell-form",
        "1.4-signal-forwarding",
        "1.4-termination",
        "1.4-restarts",
        "1.4-disruptions",
        "1.4-scheduling-gates",
        "1.4-session-affinity",
        "1.4-lifecycle-hooks",
        "1.4-replicas-and-claims",
      ],
      sbom: [NODES, MARKS],
      minimal: [NODES, MARKS],
      "immutable-tag": [MARKS, "3.2-pull-policy"],
    });
  });

  test("every row has its own id, and every derived row comes from rows of the table", () => {
    const ids = ROWS.map(({ id }) => id);
    expect(ids).toHaveLength(18);
    expect(new Set(ids).size).toBe(18);
    for (const row of ROWS) expect(ids).toEqual(expect.arrayContaining([...(row.derivedFrom ?? [])]));
  });

  test("every clause of a row is a clause of the contract, and each clause has a row", () => {
    const used = new Set(ROWS.flatMap(({ clauses }) => clauses));
    expect([...used].toSorted()).toEqual(CLAUSES.map(({ id }) => id).toSorted());
  });
});

describe.each(RULES)("the words of $id", ({ rows, title, why, remedy }) => {
  test.each(Object.entries({ title, why, remedy }))("%s is said in both languages", (_, text) => {
    for (const lang of LANGS) expect(text[lang].trim()).toBe(text[lang]);
    for (const lang of LANGS) expect(text[lang].length).toBeGreaterThan(10);
    expect(text.fr).not.toBe(text.en);
  });

  test.each(Object.entries({ title, why, remedy }))("%s keeps French typography", (_, text) => {
    expect(typographyMistakes(text)).toEqual([]);
  });

  test("the title is a sentence without a full stop; why and remedy end with one", () => {
    for (const lang of LANGS) {
      expect(title[lang]).not.toMatch(/[.!?]$/);
      expect(why[lang]).toMatch(/[.!?»`)]$/);
      expect(remedy[lang]).toMatch(/[.!?»`)]$/);
    }
  });

  test("it bears on a row, each once", () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows).size).toBe(rows.length);
  });
});

/** Double punctuation takes a space before it, guillemets one inside; code and addresses are left alone. */
function typographyMistakes({ fr }: Text): readonly string[] {
  const prose = fr.replace(/`[^`]*`|« ?[^»]*»|\S+:\/\/\S+|\S*[=/@]\S*/g, "");
  return [
    ...(prose.match(/\S*[^\s\u00a0\u202f][:;?!](?=\s|$)/g) ?? []),
    ...(fr.match(/«[^\s\u00a0\u202f]\S*|\S*[^\s\u00a0\u202f]»/g) ?? []),
    ...(fr.match(/ "[^"]*"/g) ?? []),
  ];
}
