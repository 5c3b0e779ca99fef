import { expect, test } from "vitest";
import { dpkgList, dpkgStatus, packagesOf } from "../../../../test/fixtures/image-packages.ts";
import { zipOf } from "../../../../test/fixtures/zip.ts";
import type { TarEntry } from "../../../image/tar/write.ts";

const RELEASE: TarEntry = { path: "opt/java/release", content: 'JAVA_VERSION="21.0.8"\n' };

/** A jar that states no group, as the JDK's and many of Debian's do. */
function jar(path: string, version = 21): TarEntry {
  return {
    path,
    content: zipOf([{ name: "META-INF/MANIFEST.MF", content: `Implementation-Version: ${version}\r\n` }]),
  };
}

function maven(...layers: readonly (readonly TarEntry[])[]): readonly string[] {
  const { components } = packagesOf(...layers);
  return components.filter(({ type }) => type === "maven").map(({ name }) => name);
}

const OWNED: readonly TarEntry[] = [
  jar("usr/share/java/guice.jar"),
  dpkgStatus("libguice-java@4.2.3-2"),
  dpkgList("libguice-java", "/usr/share/java/guice.jar"),
];

test.each<[string, readonly (readonly TarEntry[])[], readonly string[]]>([
  ["the JDK's own", [[RELEASE, jar("opt/java/lib/jrt-fs.jar")]], []],
  ["those of JDK 8", [[RELEASE, jar("opt/java/jre/lib/rt.jar"), jar("opt/java/jre/lib/ext/zipfs.jar")]], []],
  ["its name in another place", [[RELEASE, jar("app/lib/jrt-fs.jar")]], ["jrt-fs"]],
  ["another jar in the JDK's folder", [[RELEASE, jar("opt/java/lib/log4j-core-2.14.1.jar")]], ["log4j-core"]],
  ["a folder that no `release` is in", [[jar("opt/java/lib/jrt-fs.jar")]], ["jrt-fs"]],
  ["a jar that Debian's list names", [OWNED], []],
  ["one beside it", [[...OWNED, jar("usr/share/java/other.jar")]], ["other"]],
  ["another that a later layer laid in its place", [OWNED, [jar("usr/share/java/guice.jar", 22)]], ["guice"]],
  [
    "a list without its package",
    [[jar("usr/share/java/guice.jar"), dpkgList("libguice-java", "/usr/share/java/guice.jar")]],
    ["guice"],
  ],
  [
    "a list of a language's package",
    [
      [
        jar("usr/lib/python3/site-packages/pyspark/jars/log4j-core.jar"),
        {
          path: "usr/lib/python3/site-packages/pyspark-4.0.dist-info/METADATA",
          content: "Metadata-Version: 2.1\nName: pyspark\nVersion: 4.0\n",
        },
        {
          path: "usr/lib/python3/site-packages/pyspark-4.0.dist-info/RECORD",
          content: "pyspark/jars/log4j-core.jar,sha256=x,1\n",
        },
      ],
    ],
    ["log4j-core"],
  ],
])("%s is asked for a group: %#", (_, layers, expected) => {
  expect(maven(...layers)).toEqual(expected);
});

test("what states its group stays, whoever brought it", () => {
  const pom = { name: "META-INF/maven/a/b/pom.properties", content: "groupId=a\nartifactId=b\nversion=1\n" };
  const owned = { path: "usr/share/java/guice.jar", content: zipOf([pom]) };
  expect(maven([owned, ...OWNED.slice(1)])).toEqual(["b"]);
});

test("a jar that was unpacked says what it is", () => {
  const content = "groupId=org.a\nartifactId=b\nversion=1\n";
  const folder = "app/classes/META-INF/maven";
  expect(maven([{ path: `${folder}/org.a/b/pom.properties`, content }])).toEqual(["b"]);
  expect(maven([{ path: `${folder}/org.a/b/pom.properties`, content: "a=b\n" }])).toEqual([]);
  expect(maven([{ path: "app/target/maven-archiver/pom.properties", content }])).toEqual([]);
});
