import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { go } from "../../../src/vulnerabilities/versions/go.ts";
import { maven } from "../../../src/vulnerabilities/versions/maven.ts";
import { REAL_VERSIONS } from "./real-versions.ts";
import { type Order, type Pair, signOf, type VersionOracle } from "./version-oracle.ts";

const ARTIFACT = "/usr/share/java/maven3-artifact.jar";
const GO_SEMVER = "/usr/share/go-*/src/cmd/vendor/golang.org/x/mod/semver/semver.go";

/** ComparableVersion's own main compares each of its arguments with the one before. */
function mavenOrders(pairs: readonly Pair[]): readonly Order[] {
  const argv = ["-cp", ARTIFACT, "org.apache.maven.artifact.versioning.ComparableVersion", ...pairs.flat()];
  const text = execFileSync("java", argv, { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
  const compared = text.split("\n").filter((line) => line.startsWith("   "));
  return compared
    .filter((_, index) => index % 2 === 0)
    .map((line, index) => {
      const [a = "", b = ""] = pairs[index] ?? [];
      return line === `   ${a} == ${b}` ? 0 : signOf(line === `   ${a} < ${b}` ? -1 : 1);
    });
}

const GO_PROGRAM = `package main

import ("bufio"; "fmt"; "os"; "strings"; "truth/semver")

func main() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		words := strings.Fields(in.Text())
		a, b := words[0], words[1]
		if semver.IsValid(a) && semver.IsValid(b) { fmt.Println(semver.Compare(a, b)) } else { fmt.Println("refused") }
	}
}
`;

/** golang.org/x/mod/semver as Go's own sources carry it. */
function goOrders(pairs: readonly Pair[]): readonly Order[] {
  const folder = mkdtempSync(join(tmpdir(), "douane-go-"));
  try {
    mkdirSync(join(folder, "semver"));
    copyFileSync(globSync(GO_SEMVER)[0] ?? "", join(folder, "semver", "semver.go"));
    writeFileSync(join(folder, "go.mod"), "module truth\ngo 1.22\n");
    writeFileSync(join(folder, "main.go"), GO_PROGRAM);
    const input = pairs.map(([a, b]) => `${a} ${b}\n`).join("");
    const env = { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
    const text = execFileSync("go", ["run", "."], { cwd: folder, input, env, encoding: "utf8" });
    return text
      .trim()
      .split("\n")
      .map((line) => (line === "refused" ? undefined : signOf(Number(line))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Programs too large to install for tests, which use recorded answers. */
export const CAMPAIGN_ORACLES: readonly VersionOracle[] = [
  {
    scheme: maven,
    programs: ["java"],
    versions: REAL_VERSIONS.maven,
    words: [".", "-", "a", "alpha", "rc", "-SNAPSHOT", "sp", ".Final", "ga", "x", "_", "-0", ".0", "m", "cr"],
    judges: maven.isVersion,
    orders: mavenOrders,
  },
  {
    scheme: go,
    programs: ["go"],
    versions: REAL_VERSIONS.go,
    words: [".", "-", "a", "rc", "+incompatible", "-0", "Z", "-rc."],
    // OSV states versions without their `v`, which Go does not read.
    judges: (text) => text.startsWith("v"),
    orders: goOrders,
  },
];
