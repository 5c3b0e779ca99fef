import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { dpkg } from "../../../src/vulnerabilities/versions/dpkg.ts";
import { gem } from "../../../src/vulnerabilities/versions/gem.ts";
import { packagist } from "../../../src/vulnerabilities/versions/packagist.ts";
import { pep440 } from "../../../src/vulnerabilities/versions/pep440.ts";
import { rpm } from "../../../src/vulnerabilities/versions/rpm.ts";
import { semver } from "../../../src/vulnerabilities/versions/semver.ts";
import { REAL_VERSIONS } from "./real-versions.ts";
import { type Order, type Pair, signOf, type VersionOracle } from "./version-oracle.ts";

/** Answers of a program, one a line; a refusal is an answer. */
function answersOf(command: string, argv: readonly string[], input = ""): readonly Order[] {
  const text = execFileSync(command, argv, {
    input,
    encoding: "utf8",
    maxBuffer: 64 * 1024 ** 2,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => (line === "refused" ? undefined : signOf(Number(line))));
}

/** The pairs as text, two versions on one line. */
function lines(pairs: readonly Pair[]): string {
  return pairs.map(([a, b]) => `${a} ${b}\n`).join("");
}

const DPKG_SCRIPT = `while read -r a b; do
  if ! dpkg --validate-version "$a" || ! dpkg --validate-version "$b"; then echo refused
  elif dpkg --compare-versions "$a" lt "$b"; then echo -1
  elif dpkg --compare-versions "$a" eq "$b"; then echo 0
  else echo 1; fi
done`;

const PYTHON_SCRIPT = `import sys
from packaging.version import Version, InvalidVersion
for line in sys.stdin:
  a, b = line.split()
  try: a, b = Version(a), Version(b)
  except InvalidVersion: print("refused")
  else: print((a > b) - (a < b))`;

const RUBY_SCRIPT = `STDIN.each_line do |line|
  a, b = line.split
  known = Gem::Version.correct?(a) && Gem::Version.correct?(b)
  puts(known ? Gem::Version.new(a) <=> Gem::Version.new(b) : "refused")
end`;

const PHP_SCRIPT = `require "Composer/Semver/autoload.php";
$parser = new Composer\\Semver\\VersionParser();
while (($line = fgets(STDIN)) !== false) {
  [$a, $b] = explode(" ", trim($line));
  try { $a = $parser->normalize($a); $b = $parser->normalize($b); }
  catch (UnexpectedValueException $refused) { echo "refused\\n"; continue; }
  $isBranch = str_starts_with($a, "dev-") || str_starts_with($b, "dev-");
  echo $isBranch ? "refused" : version_compare($a, $b), "\\n";
}`;

/** rpm reads the pairs from a file: its Lua has no standard input. */
function rpmOrders(pairs: readonly Pair[]): readonly Order[] {
  const folder = mkdtempSync(join(tmpdir(), "douane-rpm-"));
  try {
    const file = join(folder, "pairs");
    writeFileSync(file, lines(pairs));
    const script = `for line in io.lines("${file}") do
      local a, b = line:match("(%S+) (%S+)")
      print(rpm.vercmp(a, b) .. "\\n")
    end`;
    return answersOf("rpm", ["--eval", `%{lua:${script}}`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The library that npm itself orders versions by, from where npm is installed. */
const NPM_SCRIPT = `const semver = require(process.argv[1]);
const lines = require("fs").readFileSync(0, "utf8").split("\\n").filter((line) => line !== "");
for (const line of lines) {
  const [a, b] = line.split(" ");
  const known = [a, b].every((text) => semver.valid(text) !== null && !/^[v=]/.test(text));
  console.log(known ? semver.compare(a, b) : "refused");
}`;

function npmsSemver(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const folder of folders) {
    try {
      return createRequire(realpathSync(join(folder, "npm"))).resolve("semver");
    } catch {
      // No npm in this place.
    }
  }
  throw new Error("npm is not on the PATH");
}

/** Oracles that are also used by tests. */
export const ORACLES: readonly VersionOracle[] = [
  {
    scheme: dpkg,
    programs: ["dpkg"],
    versions: REAL_VERSIONS.dpkg,
    words: ["~", "+", "-", ".", ":", "a", "rc", "+b1", "~rc1", "+deb13u1", "Z"],
    // The program accepts a sign before an epoch.
    judges: (text) => !text.startsWith("+"),
    orders: (pairs) => answersOf("sh", ["-c", DPKG_SCRIPT], lines(pairs)),
  },
  {
    scheme: rpm,
    programs: ["rpm"],
    versions: REAL_VERSIONS.rpm,
    words: ["~", "^", "_", ".", "+", "a", "rc", "el9", "1:", "-1", "Z", "..", "0a"],
    judges: rpm.isVersion,
    orders: rpmOrders,
  },
  {
    scheme: pep440,
    programs: ["python3"],
    versions: REAL_VERSIONS.pep440,
    words: [".", "a", "b1", "rc", ".post", "-", ".dev", "+", "!", "_", "c", "pre", "rev", "V", "local", ".0"],
    orders: (pairs) => answersOf("/usr/bin/python3", ["-c", PYTHON_SCRIPT], lines(pairs)),
  },
  {
    scheme: gem,
    programs: ["ruby"],
    versions: REAL_VERSIONS.gem,
    words: [".", "a", "rc", "-", "pre", ".0", ".Z", "beta", "java", "_"],
    orders: (pairs) => answersOf("ruby", ["-e", RUBY_SCRIPT], lines(pairs)),
  },
  {
    scheme: packagist,
    programs: ["php"],
    versions: REAL_VERSIONS.packagist,
    words: [".", "-", "a", "beta", "RC", "-dev", "patch", "pl", "@stable", "+x", ".x", "_", "v", "dev-"],
    orders: (pairs) => answersOf("php", ["-r", PHP_SCRIPT], lines(pairs)),
  },
  {
    scheme: semver,
    programs: ["npm"],
    versions: REAL_VERSIONS.semver,
    words: [".", "-", "a", "rc", "+b", "-0", ".x", "v", "Z", "--", ".-"],
    judges: (text) => !/\d{16}/.test(text),
    orders: (pairs) => answersOf(process.execPath, ["-e", NPM_SCRIPT, npmsSemver()], lines(pairs)),
  },
];
