import { describe, expect, test } from "vitest";
import { digestOf } from "../../../test/fixtures/image-facts.ts";
import type { OpenImage } from "../../image/source/open-image.ts";
import { baseNames } from "../../policy/bases.ts";
import { baseCandidates } from "./base-candidates.ts";

const BASE = digestOf(1);
const PINNED = digestOf(2);
const DIGEST = "org.opencontainers.image.base.digest";
const NAME = "org.opencontainers.image.base.name";

type Claims = Readonly<Record<string, string>>;

function candidates(annotations: Claims, bases: readonly string[], more: Partial<OpenImage> = {}) {
  const image = { source: "registry.example/team/app:1", annotations, config: {}, ...more };
  return baseCandidates(image, baseNames(bases));
}

describe("a base that the image claims by digest and name", () => {
  test.each<[string, string, readonly string[], boolean]>([
    ["a repository of the policy", "r.example/java", ["r.example/java"], true],
    ["with a tag", "r.example/java:21", ["r.example/java"], true],
    ["in capitals of the policy", "r.example/java", ["R.example/java"], true],
    ["below a name of the policy", "r.example/socle/java", ["r.example/socle/*"], true],
    ["of Docker Hub", "debian:13", ["docker.io/library/*"], true],
    ["of which the policy names one tag", "r.example/java:21", ["r.example/java:22"], false],
    ["of which the policy names one digest", "r.example/java", [`r.example/java@${PINNED}`], false],
    ["of another repository", "r.example/node", ["r.example/java"], false],
    ["of a repository that begins alike", "r.example/javascript", ["r.example/java"], false],
    ["of the image's own repository", "registry.example/team/app", ["registry.example/team/*"], false],
  ])("%s", (_, name, bases, isAsked) => {
    const own = candidates({ [DIGEST]: BASE, [NAME]: name }, bases).filter((one) => one.endsWith(BASE));
    expect(own).toHaveLength(isAsked ? 1 : 0);
  });

  test("is asked for before those that the policy names, each once", () => {
    const bases = ["r.example/java", `r.example/node@${BASE}`, "r.example/node:22"];
    expect(candidates({ [DIGEST]: BASE, [NAME]: "r.example/java" }, bases)).toEqual([
      `r.example/java@${BASE}`,
      `r.example/node@${BASE}`,
      "r.example/node:22",
    ]);
    const twice = ["r.example/java", `r.example/java@${BASE}`];
    expect(candidates({ [DIGEST]: BASE, [NAME]: "r.example/java" }, twice)).toEqual([
      `r.example/java@${BASE}`,
    ]);
  });
});

describe("a base that the image claims by digest alone", () => {
  test("is asked for in whole repositories of the policy, and in none of a tag, a digest or a namespace", () => {
    const bases = [
      "r.example/java",
      "r.example/node",
      "r.example/python:3",
      `r.example/ruby@${PINNED}`,
      "r.example/socle/*",
      "registry.example/team/app",
    ];
    expect(candidates({ [DIGEST]: BASE }, bases)).toEqual([
      `r.example/java@${BASE}`,
      `r.example/node@${BASE}`,
      "r.example/python:3",
      `r.example/ruby@${PINNED}`,
    ]);
    expect(candidates({ [DIGEST]: BASE, [NAME]: "" }, ["r.example/java"])).toEqual([
      `r.example/java@${BASE}`,
    ]);
  });

  test.each(["", "sha256:a", BASE.toUpperCase(), `x${BASE}`])("that is no digest (%j) is none", (digest) => {
    expect(candidates({ [DIGEST]: digest }, ["r.example/java"])).toEqual([]);
  });
});

test("an annotation counts before a label, each by itself", () => {
  const labelled = (Labels: Claims | null) => ({ config: { config: { Labels } } }) as Partial<OpenImage>;
  const labels = labelled({ [DIGEST]: PINNED, [NAME]: "r.example/node" });
  const bases = ["r.example/java", "r.example/node"];
  expect(candidates({}, bases, labels)).toEqual([`r.example/node@${PINNED}`]);
  expect(candidates({ [DIGEST]: BASE }, bases, labels)).toEqual([`r.example/node@${BASE}`]);
  expect(candidates({ [NAME]: "r.example/java" }, bases, labels)).toEqual([`r.example/java@${PINNED}`]);
  expect(candidates({}, bases, labelled(null))).toEqual([]);
});

test("an image of the policy is asked for by its tag and its digest, unless it is the image's own repository", () => {
  const bases = [
    "r.example/java:21",
    `r.example/java@${PINNED}`,
    `r.example/java:22@${PINNED}`,
    "registry.example/team/app:base",
    "r.example/*",
  ];
  expect(candidates({}, bases)).toEqual([
    "r.example/java:21",
    `r.example/java@${PINNED}`,
    `r.example/java:22@${PINNED}`,
  ]);
  // The name of an image that is no reference belongs to no repository.
  expect(candidates({}, ["registry.example/team/app:base"], { source: "oci:/srv/app" })).toHaveLength(1);
});
