import { execFileSync } from "node:child_process";

/** Fields of an OSV record that say what is affected (https://ossf.github.io/osv-schema/). */
export interface OsvRecord {
  readonly id: string;
  readonly withdrawn?: string | null;
  readonly aliases?: readonly string[] | null;
  readonly upstream?: readonly string[] | null;
  readonly affected?: readonly OsvAffected[] | null;
}

export interface OsvAffected {
  readonly package?: { readonly ecosystem: string; readonly name: string };
  readonly ranges?: readonly OsvRange[];
  readonly versions?: readonly string[];
}

export interface OsvRange {
  readonly type: "SEMVER" | "ECOSYSTEM" | "GIT";
  readonly events: readonly Readonly<Record<string, string>>[];
}

/** Reader apart from douane's: Python's zipfile and json. One record a line. */
const SCRIPT = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
  for name in sorted(archive.namelist()):
    if name.endswith(".json"): print(json.dumps(json.loads(archive.read(name))))`;

/** Records of an export of OSV, `all.zip`. */
export function recordsIn(zip: string): readonly OsvRecord[] {
  const text = execFileSync("/usr/bin/python3", ["-c", SCRIPT, zip], {
    encoding: "utf8",
    maxBuffer: 1024 ** 3,
  });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as OsvRecord);
}
