import { describe, expect, test } from "vitest";
import { dockerfileFacts } from "../../../test/fixtures/dockerfile.ts";
import { REALISTIC } from "../../../test/fixtures/dockerfiles.ts";
import { judge } from "../../contract/judge.ts";
import { RULES } from "../index.ts";

const DOCKERFILE_RULES = RULES.filter(({ needs }) => needs.includes("dockerfile"));

describe.each(REALISTIC)("$name", ({ text, fails, notes = [], unproven = [] }) => {
  const dockerfile = dockerfileFacts(text);
  const outcomes = DOCKERFILE_RULES.map((rule) => ({ id: rule.id, outcome: rule.check({ dockerfile }) }));

  test("fails the rules that it should, and no other", () => {
    const failed = outcomes.filter(({ outcome }) => outcome.status === "fail");
    expect(failed.map(({ id }) => id).toSorted()).toEqual(fails);
  });

  test("leaves the notes that it should, and no other", () => {
    const noted = outcomes.filter(({ outcome }) => (outcome.notes ?? []).length > 0);
    expect(noted.map(({ id }) => id).toSorted()).toEqual(notes);
  });

  test("leaves open what a Dockerfile cannot tell", () => {
    const open = outcomes.filter(({ outcome }) => outcome.status === "unproven");
    const all = DOCKERFILE_RULES.map(({ id }) => id).filter((id) => id !== "3.3-dockerfile-syntax");
    const expected = fails.includes("3.3-dockerfile-syntax") ? all : unproven;
    expect(open.map(({ id }) => id).toSorted()).toEqual([...expected].toSorted());
  });

  test("every finding names its line, and no row is proven", () => {
    const lines = text.split("\n").length;
    const found = outcomes.flatMap(({ outcome }) => [
      ...(outcome.status === "fail" ? outcome.findings : []),
      ...(outcome.notes ?? []),
    ]);
    for (const { at, fingerprint } of found) {
      expect(at?.file).toBe("Dockerfile");
      expect(at?.line).toBeGreaterThan(0);
      expect(at?.line).toBeLessThan(lines);
      expect(at?.column).toBeGreaterThan(0);
      expect(fingerprint).toMatch(/^\d\.\d-dockerfile-/);
    }
    const verdict = judge({ name: "Dockerfile", images: [] }, [{ collected: { dockerfile } }], {
      rules: RULES,
      accepted: { acceptances: [], today: "2026-11-24" },
    });
    expect(verdict.rows.filter(({ answer }) => answer === "yes")).toEqual([]);
    expect(verdict.admitted).not.toBe("yes");
  });
});
