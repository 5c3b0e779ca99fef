import { expect, test } from "vitest";
import { ClassRoots } from "./class-roots.ts";

const SHADED = [
  "org/slf4j/a/A",
  "com/google/common/A",
  "io/netty/A",
  "org/yaml/snakeyaml/A",
  "com/fasterxml/jackson/A",
];
const OWN = "fr/acme/portal/Main";

/** @param groups of the artifacts that the jar states */
function isShaded(classes: readonly string[], groups: readonly string[] = ["fr.acme"]): boolean {
  const roots = new ClassRoots();
  for (const name of classes) roots.see(`${name}.class`);
  return roots.isShaded(groups.map((namespace) => ({ type: "maven", namespace, name: "x", version: "1" })));
}

test.each<[string, readonly string[], readonly string[]]>([
  ["code of five others", [OWN, ...SHADED], ["fr.acme"]],
  ["code of five others, stating nothing", SHADED, []],
  ["code of six, one of which it states", [...SHADED, "ch/qos/A"], ["org.slf4j"]],
])("a jar with %s is shaded", (_, classes, groups) => {
  expect(isShaded(classes, groups)).toBe(true);
});

test.each<[string, readonly string[], readonly string[]]>([
  ["one project's code", [OWN, "fr/acme/api/Api"], ["fr.acme"]],
  ["code of four others", [OWN, ...SHADED.slice(1)], ["fr.acme"]],
  [
    "code of others, each stated",
    [OWN, ...SHADED],
    ["fr.acme", "org.slf4j", "com.google.guava", "io.netty", "org.yaml", "com.fasterxml.jackson.core"],
  ],
  [
    "interfaces of Java",
    ["javax/a/b/A", "jakarta/servlet/A", "java/util/A", "kotlin/a/A", "META-INF/versions/9/A", "module-info"],
    [],
  ],
  [
    "Spring Boot's folders",
    ["BOOT-INF/classes/a/b/A", "BOOT-INF/classes/c/d/A", "WEB-INF/classes/e/f/A"],
    [],
  ],
  [
    "several packages of a project without a domain",
    ["freemarker/a/A", "freemarker/b/A", "junit/c/A", "junit/d/A", "groovy/e/A"],
    [],
  ],
  ["classes in packages of one name", ["a/A", "b/B", "c/C", "d/D", "e/E", "f/F", "G"], []],
])("a jar with %s is not", (_, classes, groups) => {
  expect(isShaded(classes, groups)).toBe(false);
});

test.each(["META-INF", "BOOT-INF", "WEB-INF", "APP-INF", "java", "javax", "jakarta", "kotlin"])(
  "classes below %s are of no project",
  (folder) => {
    expect(isShaded(["a", "b", "c", "d", "e"].map((name) => `${folder}/${name}/A`))).toBe(false);
  },
);

test.each(["de", "com", "info", "name"])("classes below %s are of projects with a domain", (top) => {
  expect(isShaded(["a", "b", "c", "d", "e"].map((name) => `${top}/${name}/A`))).toBe(true);
  expect(isShaded(["a", "b", "c", "d", "e"].map((name) => `${top}/${name}`))).toBe(false);
});

test("other files are no classes", () => {
  const roots = new ClassRoots();
  for (const name of SHADED) roots.see(`${name}.xml`);
  expect(roots.isShaded([])).toBe(false);
});
