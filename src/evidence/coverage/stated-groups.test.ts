import { expect, test } from "vitest";
import type { ComponentFacts } from "../../contract/package-facts.ts";
import { withStatedGroups } from "./coverage.ts";

const JAR: ComponentFacts = {
  type: "maven",
  name: "spring-core",
  version: "6.1.0",
  path: "/app/a.jar",
  layer: 0,
  cataloger: "java",
};

function groupOf(facts: ComponentFacts, ...stated: readonly string[]): unknown {
  const packages = {
    components: [facts],
    unread: [],
    hidings: [],
    executables: { count: 0, bytes: 0, unowned: 0, unownedBytes: 0, largestUnowned: [] },
    repositories: [],
    unidentified: [],
  };
  const [first] = withStatedGroups(packages, new Set(stated)).components;
  return [first?.namespace, first?.groupGuessed];
}

const SPRING = "maven/org.springframework/spring-core@6.1.0";

test.each<[string, ComponentFacts, readonly string[], unknown]>([
  ["names the artifact", JAR, [SPRING], ["org.springframework", undefined]],
  [
    "knows better",
    { ...JAR, namespace: "org", groupGuessed: true },
    [SPRING],
    ["org.springframework", undefined],
  ],
  ["names another version", JAR, ["maven/org.springframework/spring-core@6.1.1"], [undefined, undefined]],
  ["names two groups", JAR, [SPRING, "maven/org.b/spring-core@6.1.0"], [undefined, undefined]],
  ["names no group", JAR, ["maven/spring-core@6.1.0", "npm/a@1"], [undefined, undefined]],
  ["is of other packages", { ...JAR, type: "npm" }, [SPRING], [undefined, undefined]],
  ["contradicts the jar", { ...JAR, namespace: "org.a" }, [SPRING], ["org.a", undefined]],
  ["has no version", { ...JAR, version: "" }, ["maven/org.a/spring-core@"], [undefined, undefined]],
])("a document that %s", (_, facts, stated, expected) => {
  expect(groupOf(facts, ...stated)).toEqual(expected);
});
