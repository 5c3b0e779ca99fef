import { expect, test } from "vitest";
import { isShared, profileSections } from "./profile-sections.ts";

test.each([
  ["Quarkus' properties", "a=b\n%prod.c=d\n", [["prod", "\nc=d\n"]]],
  [
    "of two profiles",
    "%{prod,recette}.c=d",
    [
      ["prod", "c=d"],
      ["recette", "c=d"],
    ],
  ],
  ["Quarkus' YAML", 'a: b\n"%prod":\n  c: d\ne: f\n', [["prod", "\n\n  c: d\n\n"]]],
  [
    "Spring's documents",
    "a: b\n---\nspring.config.activate.on-profile: prod\nc: d\n---\ne: f",
    [["prod", "\n\nspring.config.activate.on-profile: prod\nc: d"]],
  ],
  [
    "Spring's documents in properties",
    "a=b\n#---\nspring.config.activate.on-profile=uat\nc=d",
    [["uat", "\n\nspring.config.activate.on-profile=uat\nc=d"]],
  ],
  [
    "Spring's old form",
    "spring:\n  profiles: recette\nc: d",
    [["recette", "spring:\n  profiles: recette\nc: d"]],
  ],
  ["nothing of one environment", "a=b\nrate=5%\n", []],
  ["a mapping of others", "a:\n  profiles:\n    - prod\n", []],
])("%s", (_, content, expected) => {
  expect(profileSections(content).map((one) => [one.environment, one.content])).toEqual(expected);
});

test.each([
  ["/app/application.properties", true],
  ["/app/BOOT-INF/classes/application.yml", true],
  ["/app/META-INF/microprofile-config.properties", true],
  ["/app/application-prod.yml", false],
  ["/app/myapplication.yml", false],
])("%s: %s", (path, is) => {
  expect(isShared(path)).toBe(is);
});
