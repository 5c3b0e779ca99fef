import { describe, expect, test } from "vitest";
import { apk } from "./apk.ts";
import { dpkg } from "./dpkg.ts";
import { gem } from "./gem.ts";
import { go } from "./go.ts";
import { looseSemver } from "./loose-semver.ts";
import { maven } from "./maven.ts";
import { nuget } from "./nuget.ts";
import { numberList } from "./number-list.ts";
import { packagist } from "./packagist.ts";
import { pep440 } from "./pep440.ts";
import { rpm } from "./rpm.ts";
import { semver } from "./semver.ts";
import type { VersionScheme } from "./version-scheme.ts";

interface Examples {
  readonly scheme: VersionScheme;
  /** Source of the examples. */
  readonly source: string;
  /** Versions with `<`, `=` and `>` between them. */
  readonly orders: readonly string[];
  /** Invalid versions that look valid. */
  readonly garbage?: readonly string[];
}

const EXAMPLES: readonly Examples[] = [
  {
    scheme: dpkg,
    source: "deb-version(7) and Debian Policy 5.6.12",
    orders: [
      "1.0~~ < 1.0~~a < 1.0~ < 1.0 < 1.0a",
      "1.0~beta1~svn1245 < 1.0~beta1 < 1.0",
      "1.0-1 < 1.0-1+b1 < 1.0-1.1 < 1.0-2",
      "9:1 < 10:0",
      "1:1:0 < 1:1:1",
      "1.0 = 0:1.0 = 1.0-0 = 01.00",
      "1.0a < 1.0+ < 1.0.",
      "3.5.4-1~deb13u1 < 3.5.4-1 < 3.5.4-1+deb13u1",
      "99999999999999999999998 < 99999999999999999999999",
    ],
    garbage: ["a1.0", "1.0-", "1:", ":1", "1.0_1", "2147483648:1", "x:1"],
  },
  {
    scheme: apk,
    source: "apk-tools, test/version.data",
    orders: [
      "2.34 > 0.1.0_alpha = 0.1.0_alpha < 0.1.3_alpha < 0.1.3",
      "0.1.0_alpha_pre2 < 0.1.0_alpha < 0.1.0_alpha2 < 0.1.0_beta < 0.1.0_pre < 0.1.0_rc1 < 0.1.0",
      "1.0 < 1.0_cvs < 1.0_svn < 1.0_git < 1.0_hg < 1.0_p",
      "1.0.0_pre20191002222144-r0 < 1.0.0_pre20210530193627-r0",
      "1.0_p9-r0 < 1.0_p10-r0",
      "1.3_pre1-r1 < 1.3-r0 < 1.3.1-r0",
      "1.2.9.1 < 1.2.9.1-r1 < 2.31 < 2.31-r1 < 222",
      "1.7 < 1.7b < 1.7.1",
      "8.2.001 < 8.2.01 < 8.2.1 < 8.2.15",
      "1.0~1234-r1 < 1.0~2345-r0",
      "1.1.1q-r0 < 1.1.1t-r0",
    ],
    garbage: [
      "1.0_",
      "1.0_foo",
      "1.0-1",
      "1.0-r",
      "1.0~",
      "1.0bc",
      "a1",
      "1.",
      "1.0-r1_p1",
      "1.0_p1a",
      "1.0A",
      "1.0~a~b",
      "1.0-r1~a",
      "1.0a.1",
    ],
  },
  {
    scheme: rpm,
    source: "rpm's rpmvercmp.at, rpm-version(7)",
    orders: [
      "1.0 < 2.0 < 2.0.1 < 2.0.1a",
      "5.5p1 < 5.5p2 < 5.5p10",
      "10xyz < 10.1xyz",
      "xyz10 < xyz10.1",
      "xyz.4 < 8 < 8.0",
      "6.0 < 6.0.rc1",
      "10a2 < 10b2 < 10b2.1",
      "1.05 = 1.5 = 1.0005 < 1.6",
      "2a < 2.0a",
      "1.0~rc1 < 1.0 < 1.0^ < 1.0^git1 < 1.0^git2 < 1.01",
      "1.0~rc1~git123 < 1.0~rc1 < 1.0~rc1^git1 < 1.0",
      "1.0^20160101 < 1.0^20160102 < 1.0.1",
      "1.0-1 < 1.0-2 < 1:0.5-1 = 01:0.5-1",
      "1.0 < 1.0-1",
      "2_0 = 2.0 = 2..0",
    ],
    garbage: ["1.0-", "-1", "1:", "a:1", "1.0 1"],
  },
  {
    scheme: semver,
    source: "https://semver.org/spec/v2.0.0.html, section 11",
    orders: [
      "1.0.0 < 2.0.0 < 2.1.0 < 2.1.1",
      "1.0.0-alpha < 1.0.0-alpha.1 < 1.0.0-alpha.beta < 1.0.0-beta < 1.0.0-beta.2 < 1.0.0-beta.11 < 1.0.0-rc.1 < 1.0.0",
      "1.0.0+20130313144700 = 1.0.0+exp.sha.5114f85 = 1.0.0",
      "1.0.0-0.3.7 < 1.0.0-x.7.z.92 < 1.0.0-x-y-z.4",
      "1.0.99999999999999999999998 < 1.0.99999999999999999999999",
    ],
    garbage: [
      "1",
      "1.2",
      "01.1.1",
      "1.2.3-01",
      "1.2.3-",
      "1.2.3-a..b",
      "v1.2.3",
      "1.2.3.4",
      "1.2.3+",
      "1.2.3-é",
    ],
  },
  {
    scheme: looseSemver,
    source: "npm's and Bitnami's advisories",
    orders: [
      "v1.2 = 1.2.0 < 1.2.1rc1 < 1.2.1",
      "2022.12.12 < 2023.03.20 = 2023.3.20 < 2023.10.01",
      "0.1 = 0.1.0 < 0.2",
      "17.0.12-7 < 17.0.12",
      "17.0.8 < 17.0.8.1 < 17.0.9",
      "27.3.4.1 < 27.3.4.10",
    ],
    garbage: ["1.2.3.", "nightly.2026-03-10.0", "1..2", "v"],
  },
  {
    scheme: pep440,
    source: "https://packaging.python.org/en/latest/specifications/version-specifiers/",
    orders: [
      "1.dev0 < 1.0.dev456 < 1.0a1 < 1.0a2.dev456 < 1.0a12.dev456 < 1.0a12 < 1.0b1.dev456 < 1.0b2 < 1.0b2.post345.dev456 < 1.0b2.post345 < 1.0rc1.dev456 < 1.0rc1 < 1.0 < 1.0+abc.5 < 1.0+abc.7 < 1.0+5 < 1.0.post456.dev34 < 1.0.post456 < 1.0.15 < 1.1.dev1",
      "2013.10 < 2014.04 < 1!1.0 < 1!2.0",
      "1.1 = 1.1.0 = v1.1 = 1.1.0.0 = 0!1.1",
      "1.1a1 = 1.1.ALPHA1 = 1.1-a.1 = 1.1_alpha_1",
      "1.1rc1 = 1.1c1 = 1.1.pre1 = 1.1-preview_1",
      "1.2.post2 = 1.2-2 = 1.2.rev2 = 1.2-r2 = 1.2post2",
      "1.0a = 1.0a0 < 1.0a1",
      "1.0+ubuntu-1 = 1.0+ubuntu.1 = 1.0+ubuntu_1",
    ],
    garbage: ["1.0+", "1.0x", "1.0..1", "1.0-1-1", "!1", "1!", "1.0.dev1.post1", "2004d"],
  },
  {
    scheme: maven,
    source:
      "https://maven.apache.org/pom.html#version-order-specification, and ComparableVersion of Maven 3.9.9",
    orders: [
      "1 < 1.1",
      "1-snapshot < 1 < 1-sp",
      "1-foo2 < 1-foo10",
      "1.foo = 1-foo < 1-1 < 1.1",
      "1.ga = 1-ga = 1-0 = 1.0 = 1 = 1.final = 1-release",
      "1-sp > 1-ga",
      "1-sp.1 > 1-ga.1",
      "1-sp-1 < 1-ga-1 < 1-1",
      "1-a1 = 1-alpha-1 < 1-b1 < 1-m1 = 1-milestone-1 < 1-rc1 = 1-cr1 < 1-SNAPSHOT",
      "1-abc < 1-xyz",
      "1-alpha < 1-0.alpha < 1",
      "2.9.10.7 < 2.9.10.8 < 2.10.0",
      "31.1-android < 31.1-jre",
      "4.1.86.Final = 4.1.86 < 4.1.87.Final",
      "2.0.0.RC1 < 2.0.0.RELEASE = 2.0.0",
    ],
    garbage: ["unspecified", "RELEASE", "${revision}", "[1.0,2.0)"],
  },
  {
    scheme: gem,
    source: "Gem::Version's documentation",
    orders: [
      "1.0 < 1.1",
      "1.0.a < 1.0.a.2",
      "2.0.a < 2.0.b < 2.0.rc1 < 2.0 = 2.0.0 = 2",
      "1.0.0-java = 1.0.0.pre.java < 1.0.0",
      "0.a = 0.0.a",
      "1.0.a10 > 1.0.a9",
    ],
    garbage: ["junk", "1.0\n2.0", "1..2", "1.2 3.4", "1_0"],
  },
  {
    scheme: nuget,
    source: "https://learn.microsoft.com/en-us/nuget/concepts/package-versioning",
    orders: [
      "1.0.1 > 1.0.1-zzz > 1.0.1-rc.10 > 1.0.1-rc.2 > 1.0.1-open > 1.0.1-beta12 > 1.0.1-beta05 > 1.0.1-beta > 1.0.1-alpha2 > 1.0.1-alpha10 > 1.0.1-aaa",
      "1.0 = 1.0.0 = 1.0.0.0 = 1.00",
      "1.0.0.1 > 1.0.0",
      "1.0.0-BETA = 1.0.0-beta = 1.0.0-beta+build.5",
    ],
    garbage: ["1.0.0.0.0", "1.0.", "1.0-", "1.*", "1.0.0-a..b"],
  },
  {
    scheme: go,
    source: "https://go.dev/ref/mod#versions, https://go.dev/doc/toolchain",
    orders: [
      "v1.9.0 < v1.10.0",
      "v1.2.3-0.20191109021931-daa7c04131f5 < v1.2.3-pre < v1.2.3 < v1.2.4-0.20191109021931-daa7c04131f5 < v1.2.4",
      "v2.0.0+incompatible = v2.0.0 = 2.0.0",
      "v0.0.0-20180101000000-000000000000 < v0.0.0-20220722155237-a158d28d115b < v0.1.0",
      "go1.21rc2 = 1.21.0-rc.2 < go1.21.0 < 1.21.1 = go1.21.1 < go1.22rc1 < go1.22.3 X:boringcrypto",
      "1.22.0-0 = go1.22.0-0 < go1.22beta1 < go1.22rc1",
      "go1.19 = 1.19.0",
    ],
    garbage: ["(devel)", "devel go1.23-abcdef", "go", "v1.2.3-01", "vv1.2.3", "go1.22.3.4", "1.22.rc1"],
  },
  {
    scheme: packagist,
    source: "https://getcomposer.org/doc/articles/versions.md",
    orders: [
      "1.0.0-dev < 1.0.0-alpha1 < 1.0.0-alpha2 < 1.0.0-beta1 < 1.0.0-RC1 < 1.0.0-RC10 < 1.0.0 < 1.0.0-patch1 < 1.0.1",
      "v1.0 = 1.0.0 = 1.0.0.0 = 1.0.0+build = 1.0.0-stable = 1.0.0@dev",
      "1.0a1 = 1.0.0-alpha1",
      "1.0pl1 = 1.0-p1 = 1.0.0.0-patch1",
      "2.0.9999 < 2.0.x-dev < 2.1.0 < 2.x-dev",
      "2010.01.02 < 2010.01.03",
    ],
    garbage: ["dev-main", "1.0.0-foo", "1.0.0-meh", "1.0.0.0.0", "feature-dev", "1.0 .2", "a", "~1", "^1"],
  },
  {
    scheme: numberList,
    source: "https://pvp.haskell.org/, https://cran.r-project.org/doc/manuals/R-exts.html",
    orders: ["1.0 < 1.0.0 < 1.0.1", "1.2-3 = 1.2.3", "1.9 < 1.10"],
    garbage: ["1.a", "1.", "-1"],
  },
];

describe.each(EXAMPLES)("$scheme.name ($source)", ({ scheme, orders, garbage = [] }) => {
  test.each(orders)("%s", (stated) => {
    const [, ...signs] = stated.match(/ [<=>] |^/g) ?? [];
    const versions = stated.split(/ [<=>] /);
    for (const [index, sign] of signs.entries()) {
      const [a = "", b = ""] = versions.slice(index);
      const order = scheme.compare(a, b);
      expect(order === undefined ? "?" : "<=>"[Math.sign(order) + 1], `${a} against ${b}`).toBe(sign.trim());
      expect(Math.sign(scheme.comparedWith(b)?.(a) ?? Number.NaN) + 0, `${b} against ${a}`).toBe(
        0 - Math.sign(order ?? 0) + 0,
      );
    }
    expect(versions.length).toBe(signs.length + 1);
    expect(signs.length).toBeGreaterThan(0);
  });

  test.each(garbage)("%s is no version", (text) => {
    expect(scheme.isVersion(text)).toBe(false);
  });
});
