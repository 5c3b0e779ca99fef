// Rows 1 to 4 through the webhook: on the whole Restricted profile and the truth corpus, the same as through
// `douane check`, and as expected.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadAll } from "js-yaml";
import { afterAll, describe, expect, test } from "vitest";
import { RULES } from "../src/rules/index.ts";
import type { VerdictDocument } from "../src/verdicts/report-schema.ts";
import { admissionReview, asStored } from "./fixtures/admission-review.ts";
import { douane } from "./fixtures/douane.ts";
import type { Manifest } from "./fixtures/manifests.ts";
import { expectedAt, listsOf, PROFILE, podWith } from "./fixtures/restricted-profile.ts";
import { answeredBeforeImages, checkedBeforeImages, rowsRefused } from "./fixtures/webhook.ts";
import { corpus } from "./truth/corpus.ts";

const ROWS: readonly string[] = ["non-root", "no-host-access", "no-escalation", "seccomp"];
const cwd = mkdtempSync(join(tmpdir(), "douane-admission-rows-"));
afterAll(() => rmSync(cwd, { recursive: true }));

interface Case {
  readonly pod: Manifest;
  /** Rule of the row, and its outcome. */
  readonly rule: string;
  readonly fails: (minor: number) => boolean;
}

/** Every case of the profile, in every list of containers, as pods of different names. */
const CASES: readonly Case[] = Object.entries(PROFILE)
  .flatMap(([rule, cases]) =>
    cases.flatMap(([expected, sets]) =>
      listsOf(sets).map((list) => ({
        pod: podWith(sets, list),
        rule,
        fails: (minor: number) => expectedAt(expected, minor) === "fail",
      })),
    ),
  )
  .map((one, index) => ({ ...one, pod: withImages(one.pod, `p-${index}`) }));

function withImages(pod: Manifest, name: string): Manifest {
  const spec = structuredClone(pod["spec"]) as Record<string, Record<string, unknown>[]>;
  for (const list of ["initContainers", "containers", "ephemeralContainers"]) {
    for (const container of spec[list] ?? []) container["image"] = "registry.example/aides/web:1.4.2";
  }
  return { ...pod, metadata: { ...(pod["metadata"] as object), name, namespace: "aides" }, spec };
}

/** Rows 1 to 4 that `douane check` answers with no, by the name of the pod. */
async function checked(minor: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const items = CASES.map(({ pod }) => pod);
  writeFileSync(join(cwd, "pods.json"), JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  const argv = ["check", "-f", "pods.json", "--no-images", "--format", "json", "--kubernetes", `1.${minor}`];
  const { stdout } = await douane(argv, { cwd });
  const { verdicts } = JSON.parse(stdout) as { readonly verdicts: readonly VerdictDocument[] };
  return new Map(
    verdicts.map(({ subject, rows }) => [
      subject.workload?.name ?? "",
      rows.filter(({ id, answer }) => ROWS.includes(id) && answer === "no").map(({ id }) => id),
    ]),
  );
}

describe.each([24, 30, 37])("in Kubernetes 1.%i", (minor) => {
  test("the webhook refuses each pod for the rows that check refuses, and for the expected one", async () => {
    const expected = await checked(minor);
    expect(expected.size).toBe(CASES.length);
    for (const { pod, rule, fails } of CASES) {
      const { name } = pod["metadata"] as { readonly name: string };
      const refused = rowsRefused(
        await answeredBeforeImages(admissionReview(pod), { kubernetes: `1.${minor}` }),
      );
      const rows = refused.filter((row) => ROWS.includes(row));
      expect([pod, rows]).toEqual([pod, expected.get(name)]);
      const row = RULES.find(({ id }) => id === rule)?.rows[0] ?? "";
      expect([pod, !fails(minor) || rows.includes(row)]).toEqual([pod, true]);
    }
  });
});

test("a check gives the webhook's causes, word by word, to each pod of the profile", async () => {
  const policy = { kubernetes: "1.30" };
  for (const { pod } of CASES) {
    const { response } = await answeredBeforeImages(admissionReview(pod), policy);
    const { causes, rows } = await checkedBeforeImages(pod, policy);
    const { causes: webhook = [] } = response.status?.details ?? {};
    expect([pod, causes.map((cause) => ({ ...cause, answer: undefined }))]).toEqual([pod, webhook]);
    expect(rows).toHaveLength(18);
  }
});

/** Cases of the corpus with one workload and no images: what they expect of rows 2 to 4. */
const WORKLOADS = (await corpus()).flatMap(({ topic, name, given, expect: answers }) => {
  const { files = {}, images, image, minor, policy, trial, trials } = given;
  const other = [images, image, policy, trial, trials].some((one) => one !== undefined);
  const texts = Object.entries(files);
  const [text] = texts;
  if (other || answers === "refused" || text === undefined || texts.length > 1) return [];
  if (!/\.ya?ml$/.test(text[0]) || typeof text[1] !== "string") return [];
  const expected = Object.entries(answers).filter(([row]) => ROWS.slice(1).includes(row));
  const [object, ...others] = documents(text[1]);
  const pod = others.length === 0 && expected.length > 0 ? podOf(object) : undefined;
  return pod === undefined ? [] : [[`${topic}: ${name}`, { pod, expected, minor: minor ?? 37 }] as const];
});

function documents(text: string): readonly unknown[] {
  try {
    return loadAll(text);
  } catch {
    return [];
  }
}

/** The Pod that a controller makes of its template, with the defaults of the API server. */
function podOf(object: unknown): Manifest | undefined {
  const { apiVersion, kind, metadata, spec } = object as {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata: Manifest;
    readonly spec: { readonly template?: Manifest };
  };
  const isController = apiVersion === "apps/v1" && spec?.template !== undefined;
  if (!isController) return undefined;
  const owner = { apiVersion, kind, name: metadata["name"], controller: true };
  const own = spec.template["metadata"] as Manifest | undefined;
  return asStored({
    apiVersion: "v1",
    kind: "Pod",
    ...spec.template,
    metadata: { ...own, generateName: "web-", namespace: "aides", ownerReferences: [owner] },
  });
}

test("the corpus has enough such cases", () => {
  expect(WORKLOADS.length).toBeGreaterThan(80);
});

test.each(WORKLOADS)("%s", async (_, { pod, expected, minor }) => {
  const refused = rowsRefused(await answeredBeforeImages(admissionReview(pod), { kubernetes: `1.${minor}` }));
  for (const [row, answer] of expected) {
    expect([row, refused.includes(row)]).toEqual([row, answer === "no"]);
  }
});
