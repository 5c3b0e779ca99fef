import { describe, expect, test } from "vitest";
import type { PackageFacts } from "../../../contract/package-facts.ts";
import { artifactOf, isOfJdk, isOfUse, JAR, JarFacts, type JarPackages } from "./jar.ts";
import { manifestFields } from "./manifest.ts";
import { UNPACKED_JAR } from "./unpacked.ts";

const POM = "META-INF/maven/org.a/a/pom.properties";

interface Members {
  readonly manifest?: string;
  readonly poms?: readonly string[];
  readonly names?: readonly string[];
}

function jarOf({ manifest, poms = [], names = [] }: Members): JarFacts {
  const jar = new JarFacts();
  if (manifest !== undefined) jar.see("META-INF/MANIFEST.MF", Buffer.from(manifest));
  for (const pom of poms) jar.see(POM, Buffer.from(pom));
  for (const name of names) jar.seeName(name);
  return jar;
}

function stated(file: string, members: Members): JarPackages {
  return jarOf(members).packages(file);
}

function pom(artifact: string): string {
  return `groupId=org.a\nartifactId=${artifact}\nversion=1.0\n`;
}

function maven(name: string, version: string, more: Partial<PackageFacts> = {}): PackageFacts {
  return { type: "maven", name, version, ...more };
}

test.each("jar war ear hpi jpi par sar rar kar lpkg nar".split(" "))("a .%s is a jar", (extension) => {
  const files = [`a.${extension}`, `a.${extension.toUpperCase()}`];
  expect(files.map((one) => JAR.test(one))).toEqual([true, true]);
  expect(JAR.test(`a.${extension}.txt`)).toBe(false);
  expect(stated(`tool-2.0.${extension}`, {}).packages).toEqual([maven("tool", "2.0")]);
});

test.each([
  ["META-INF/MANIFEST.MF", true],
  [POM, true],
  ["pom.properties", true],
  ["a/META-INF/MANIFEST.MF", false],
  ["mypom.properties", false],
  ["pom.properties.txt", false],
  ["org/a/A.class", false],
])("%s describes a jar: %s", (name, expected) => {
  expect(isOfUse(name)).toBe(expected);
});

test.each([
  ["nothing", {}, true],
  ["a manifest", { manifest: "A: b\n" }, false],
  ["an empty manifest", { manifest: "" }, true],
  ["a pom", { poms: [pom("a")] }, false],
  ["names alone", { names: ["org/a/A.class"] }, true],
])("a jar with %s is described by no member: %s", (_, members, expected) => {
  expect(jarOf(members).isEmpty).toBe(expected);
});

describe("the artifacts of a jar", () => {
  test("are those of its metadata, with the licences of one that is alone", () => {
    const manifest = 'Bundle-License: "MIT";link="x", <<EXTERNAL>> , Apache-2.0\n';
    const [a, b] = ["a", "b"].map((name) => maven(name, "1.0", { namespace: "org.a" }));
    expect(stated("x-9.jar", { manifest, poms: [pom("a")] })).toEqual({
      packages: [{ ...a, licenses: ["MIT", "Apache-2.0"] }],
    });
    expect(stated("x-9.jar", { manifest, poms: [pom("a"), pom("b")] })).toEqual({ packages: [a, b] });
    expect(stated("x-9.jar", { poms: [pom("a"), "groupId=org.a\n"] })).toEqual({ packages: [a] });
  });

  test.each(["", "<<EXTERNAL>>", ",", '""', ";a=b"])("have no licence by Bundle-License: %s", (text) => {
    expect(stated("a-1.jar", { manifest: `Bundle-License: ${text}\nA: b\n` }).packages).toEqual([
      maven("a", "1"),
    ]);
  });

  test.each([
    ["Implementation-Version: 1\nBundle-Version: 2\nSpecification-Version: 3\n", "1"],
    ["Bundle-Version: 2\nSpecification-Version: 3\n", "2"],
    ["Specification-Version: 3\n", "3"],
    ["Implementation-Version: \nBundle-Version: 2\n", "2"],
  ])("have the version of the manifest where the file's name has none: %j", (manifest, version) => {
    expect(stated("tool.jar", { manifest })).toEqual({ packages: [maven("tool", version)] });
    expect(stated("tool-9.jar", { manifest })).toEqual({ packages: [maven("tool", "9")] });
  });

  test.each([
    ["tool.jar", "tool", ""],
    ["tool-1.jar", "tool", "1"],
    ["my-tool-1.0-rc-2.jar", "my-tool", "1.0-rc-2"],
    ["tool-1.0_a+b~c.jar", "tool", "1.0_a+b~c"],
    ["tool-x1.jar", "tool-x1", ""],
    ["tool-1 2.jar", "tool-1 2", ""],
    ["-1.jar", "-1", ""],
  ])("are the file %s alone, unidentified", (file, name, version) => {
    expect(stated(file, {})).toEqual({ packages: [maven(name, version)], unidentified: true });
  });
});

test.each([
  ["five projects of others", ["org/b", "org/c", "org/d", "org/e", "com/f"], true],
  ["four", ["org/b", "org/c", "org/d", "com/f"], false],
  ["five, one of them its own", ["org/a", "org/c", "org/d", "org/e", "com/f"], false],
])("a jar with code of %s is shaded: %s", (_, roots, expected) => {
  const names = roots.map((root) => `${root}/x/A.class`);
  expect(jarOf({ poms: [pom("a")], names }).isShaded).toBe(expected);
  expect(jarOf({ manifest: "Implementation-Vendor-Id: org.a\n", names }).isShaded).toBe(expected);
});

test.each([
  ["lib/jrt-fs.jar"],
  ["lib/tools.jar"],
  ["lib/dt.jar"],
  ["lib/jconsole.jar"],
  ["lib/sa-jdi.jar"],
  ...["", "jre/"].flatMap((jre) =>
    ["rt", "jce", "jsse", "jfr", "charsets", "resources", "management-agent"].map((name) => [
      `${jre}lib/${name}.jar`,
    ]),
  ),
  ..."cldrdata dnsns icedtea-sound jaccess java-atk-wrapper localedata nashorn sunec sunjce_provider sunpkcs11 zipfs"
    .split(" ")
    .map((name) => [`jre/lib/ext/${name}.jar`]),
  ["jre/lib/security/policy/unlimited/US_export_policy.jar"],
  ["jre/lib/security/policy/limited/local_policy.jar"],
])("%s is of the JDK, below its folder alone", (path) => {
  const homes = ["/opt/java/", "/usr/lib/jvm/"];
  expect(homes.map((home) => isOfJdk(`${home}${path}`, homes))).toEqual([true, true]);
  expect(isOfJdk(`/app/${path}`, homes)).toBe(false);
  expect(isOfJdk(`/opt/java/x/${path}`, homes)).toBe(false);
  expect(isOfJdk(`/opt/java/${path}.jar`, homes)).toBe(false);
  expect(isOfJdk(`/opt/java/${path}`, [])).toBe(false);
});

test.each([
  "lib/own.jar",
  "jre/lib/tools.jar",
  "jre/lib/ext/own.jar",
  "lib/security/policy/local_policy.jar",
])("%s was added to the JDK", (path) => {
  expect(isOfJdk(`/opt/java/${path}`, ["/opt/java/"])).toBe(false);
});

test.each([
  [["groupId", "artifactId", "version"], 1],
  [["groupId", "artifactId"], 0],
  [["groupId", "version"], 0],
  [["artifactId", "version"], 0],
])("metadata with %j name %i artifacts", (names, count) => {
  expect(artifactOf(new Map(names.map((name) => [name, "x"])))).toHaveLength(count);
});

test.each([
  ["A: 1\r\nB: 2\r\n\r\nC: 3\r\n", { A: "1", B: "2" }],
  ["A: 1\rB: 2", { A: "1", B: "2" }],
  ["A: a\n b\n  c\nB: 2\n", { A: "ab c", B: "2" }],
  ["A: 1: 2\n: 3\nB:4\nC: \n", { A: "1: 2", C: "" }],
])("the fields of %j", (text, fields) => {
  expect(Object.fromEntries(manifestFields(Buffer.from(text)))).toEqual(fields);
});

test("an unpacked jar is described by its metadata, but not by a build's", () => {
  const path = "/app/META-INF/maven/org.a/a/pom.properties";
  expect(UNPACKED_JAR.reads(path)).toBe(true);
  expect(UNPACKED_JAR.reads("/app/target/maven-archiver/pom.properties")).toBe(false);
  expect(UNPACKED_JAR.packages({ path, bytes: Buffer.from(pom("a")) })).toEqual([
    maven("a", "1.0", { namespace: "org.a" }),
  ]);
});
