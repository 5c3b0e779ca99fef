import { expect, test } from "vitest";
import { recordedAnswers } from "../../../test/truth/versions/answers.ts";
import { dpkg } from "./dpkg.ts";
import { gem } from "./gem.ts";
import { go } from "./go.ts";
import { maven } from "./maven.ts";
import { packagist } from "./packagist.ts";
import { pep440 } from "./pep440.ts";
import { rpm } from "./rpm.ts";
import { semver } from "./semver.ts";

const ANSWERS = Map.groupBy(recordedAnswers(), ({ name }) => name);
const SCHEMES = [dpkg, gem, go, maven, packagist, pep440, rpm, semver];

test("answers are kept of the schemes that have a program here, and of no others", () => {
  expect([...ANSWERS.keys()].toSorted()).toEqual(SCHEMES.map(({ name }) => name).toSorted());
});

test.each(SCHEMES.map((scheme) => [scheme.name, scheme] as const))(
  "%s: pairs are ordered as the ecosystem's own program ordered them (`npm run truth -- versions --write`)",
  (name, scheme) => {
    const answers = ANSWERS.get(name) ?? [];
    const differing = answers.filter(({ a, b, order }) => {
      const found = scheme.compare(a, b);
      return (found === undefined ? undefined : Math.sign(found)) !== order;
    });
    expect(answers.length).toBeGreaterThan(100);
    expect(differing).toEqual([]);
  },
);
