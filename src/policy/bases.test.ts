import { describe, expect, test } from "vitest";
import { baseNames, namesBase, namesRepository } from "./bases.ts";
import { basesSchema } from "./image-schemas.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const OTHER = `sha256:${"b".repeat(64)}`;

function names(bases: readonly string[] | undefined, reference: string): boolean {
  return namesBase(baseNames(bases), { reference, layers: 1 });
}

describe("base images that a policy names", () => {
  test.each([
    "registry.example/socle/java",
    "registry.example:5000/socle/java:21",
    "localhost:5000/java",
    "localhost/java",
    "[::1]:5000/java",
    `registry.example/socle/java@${DIGEST}`,
    `registry.example/socle/java:21@${DIGEST}`,
    "registry.example/socle/*",
    "registry.example/*",
  ])("%s is one", (text) => {
    expect(basesSchema.safeParse([text]).success).toBe(true);
  });

  test.each([
    "java",
    "socle/java",
    "*",
    "registry.example",
    "registry.example/*/java",
    "registry.example/Java",
    "registry.example/socle/*:21",
    "registry.example/socle*",
    "registry.example/java:",
    "registry.example/java@sha256:a",
    "https://registry.example/java",
  ])("%j is none", (text) => {
    expect(basesSchema.safeParse([text]).success).toBe(false);
    expect(baseNames([text])).toEqual([]);
  });

  test.each([
    [["registry.example/socle/java"], `registry.example/socle/java@${DIGEST}`, true],
    [["Registry.Example/socle/java"], `registry.example/socle/java@${DIGEST}`, true],
    [["registry.example/socle/*"], `registry.example/socle/a/b@${DIGEST}`, true],
    [["registry.example/socle/*"], `registry.example/socle-perso/java@${DIGEST}`, false],
    [["registry.example/socle/*"], `registry.example/socle@${DIGEST}`, false],
    [["registry.example/socle/java"], `registry.example/socle/java2@${DIGEST}`, false],
    [["registry.example/socle/java"], `other.example/socle/java@${DIGEST}`, false],
    [["registry.example/socle/java:21"], `registry.example/socle/java:21@${DIGEST}`, true],
    [["registry.example/socle/java:21"], `registry.example/socle/java:17@${DIGEST}`, false],
    [["registry.example/socle/java:21"], `registry.example/socle/java@${DIGEST}`, false],
    [[`registry.example/socle/java@${DIGEST}`], `registry.example/socle/java@${DIGEST}`, true],
    [[`registry.example/socle/java@${DIGEST}`], `registry.example/socle/java@${OTHER}`, false],
    [[], `docker.io/library/debian@${DIGEST}`, false],
    [undefined, `docker.io/library/debian@${DIGEST}`, true],
    [undefined, `gcr.io/distroless/static@${DIGEST}`, true],
    [undefined, `docker.io/someone/debian@${DIGEST}`, false],
    [undefined, "no reference", false],
  ] as const)("%j: %s is one of them: %s", (bases, reference, expected) => {
    expect(names(bases, reference)).toBe(expected);
  });

  test("one image of a repository is not the repository", () => {
    expect(
      namesRepository(baseNames(["registry.example/socle/java:21"]), "registry.example/socle/java"),
    ).toBe(false);
  });
});
