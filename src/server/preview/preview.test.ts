import { expect, test } from "vitest";
import { podObject, storedVerdict } from "../../../test/fixtures/admission-request.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Examined } from "../examine/examinations.ts";
import type { KeptSubject } from "../store/kept-subjects.ts";
import { type Previewed, preview } from "./preview.ts";

const DIGEST = `sha256:${"a".repeat(64)}` as const;
const GONE = { fr: "le registre ne répond pas", en: "the registry does not answer" };
const NO = storedVerdict({ scans: { answer: "no" } });
const OPEN = storedVerdict({ "stdout-logs": { answer: "unproven" } });

async function* subjectsOf(namespaces: readonly string[]): AsyncGenerator<KeptSubject> {
  for (const namespace of namespaces) {
    yield { subject: { object: podObject(), digest: DIGEST }, namespace, workloads: ["Deployment/web"] };
  }
}

async function previewed(policy: Policy, examined: Examined, namespaces = ["aides"]) {
  const asked: boolean[] = [];
  const found: Previewed[] = [];
  const judged = preview(subjectsOf(namespaces), policy, "en", {
    now: () => Date.parse("2026-06-15T12:00:00Z"),
    judge: async (_, readImages) => {
      asked.push(readImages);
      return examined;
    },
  });
  for await (const one of judged) found.push(one);
  return { found, asked, answers: found.map(({ answer }) => answer) };
}

const whole = (stored: NonNullable<Examined["stored"]>): Examined => ({ stored, problems: [] });

test.each<[string, Policy, Examined, string]>([
  ["all rows are yes", {}, whole(storedVerdict()), "admitted"],
  ["a future row that nothing enforces is no", {}, whole(NO), "admitted"],
  [
    "a future row is enforced",
    { enforceFuture: true },
    whole({ ...NO, verdict: { ...NO.verdict, admitted: "no" } }),
    "refused",
  ],
  ["a mandatory row is unproven", {}, whole(OPEN), "unproven"],
  ["an image cannot be read", {}, { problems: [GONE] }, "unread"],
  [
    "an image cannot be read, and a row is no",
    {},
    { stored: storedVerdict({ seccomp: { answer: "no" } }), problems: [GONE] },
    "refused",
  ],
])("where %s", async (_, policy, examined, expected) => {
  expect((await previewed(policy, examined)).answers).toEqual([expected]);
});

test("future rows of one namespace are refused there alone, and an exempt one is not judged", async () => {
  const policy: Policy = {
    admission: {
      exemptNamespaces: ["ingress"],
      futureRows: [{ mode: "enforce", namespaces: ["aides"], reason: "first" }],
    },
  };
  const { answers, asked } = await previewed(policy, whole(NO), ["aides", "ingress", "kube-system", "shop"]);
  expect(answers).toEqual(["refused", "exempt", "exempt", "admitted"]);
  expect(asked).toHaveLength(2);
});

test("no image of a registry that the policy does not list is read", async () => {
  const policy: Policy = { admission: { registries: ["other.example"] } };
  const { found, asked } = await previewed(policy, whole(storedVerdict()));
  expect(asked).toEqual([false]);
  expect(found).toMatchObject([{ answer: "refused", causes: [{ reason: "registry-not-listed" }] }]);
});
