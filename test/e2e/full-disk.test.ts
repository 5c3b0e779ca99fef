// Faults of real file systems, in a mount namespace of their own: a full tmpfs, a read-only mount, no free
// descriptors, no permission.

import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../fixtures/imports.ts";
import { osvRecord } from "../fixtures/osv-records.ts";
import { temporaryDirectory } from "../fixtures/temporary-directory.ts";

const DOUANE = `'${process.execPath}' '${join(ROOT, "bin", "douane.cjs")}'`;

/** 40 KiB of records, whose table and export together do not fit into 64 KiB. */
const FEED = Array.from({ length: 3_000 }, (_, index) =>
  JSON.stringify(osvRecord(`GHSA-${index * 7919}`, `package-${index * 104_729}`)),
).join("\n");

/** Commands that write, with the shell's words for the folder of their files. */
const COMMANDS = [
  ["vulns import", "vulns import npm.ndjson --data place/data"],
  ["vulns export", "vulns export place/exported --data data"],
  ["init", "init place --ci gitlab"],
  ["keys generate", "keys generate --out place/atlas"],
  ["check", "check pod.yaml --no-images --format json=place/report.json --fail-on refused"],
] as const;

const POD =
  "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: web, image: 'a:1.0.0'}]}}";

/** A folder with inputs, data and an empty `place`. */
function prepared(): string {
  const folder = temporaryDirectory();
  mkdirSync(join(folder, "place"));
  writeFileSync(join(folder, "npm.ndjson"), FEED);
  writeFileSync(join(folder, "pod.yaml"), POD);
  shell(folder, `${DOUANE} vulns import npm.ndjson --data data`);
  return folder;
}

function shell(cwd: string, script: string) {
  const env = { ...process.env, HOME: cwd, NO_COLOR: "1" };
  const argv = ["--user", "--map-root-user", "--mount", "sh", "-c", script];
  return spawnSync("unshare", argv, { cwd, env, encoding: "utf8" });
}

const FAULTS = [
  [
    "a full disk",
    "mount -t tmpfs -o size=64k none place; head -c 65536 /dev/zero > place/ballast 2>/dev/null",
    "ENOSPC",
  ],
  ["a read-only mount", "mount --bind place place; mount -o remount,ro,bind place", "EROFS"],
] as const;

describe.each(FAULTS)("on %s", (_, mount, code) => {
  test.each(COMMANDS)("%s ends with 69, and leaves nothing", (__, argv) => {
    const folder = prepared();
    const list = "find place -type f ! -name ballast; find data -name 'new-*' -o -name '*lock*'";
    const { stdout, stderr } = shell(folder, `${mount}; ${DOUANE} ${argv} >/dev/null; echo exit $?; ${list}`);
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/^exit (?:69|3)\n$/),
      expect.stringContaining(code),
    ]);
    expect(stderr).not.toMatch(/defect of douane|^ +at /m);
    expect(readdirSync(join(folder, "place"))).toEqual([]);
    const again = shell(folder, `${DOUANE} ${argv}`);
    expect([[0, 1].includes(again.status ?? 70), again.stderr]).toEqual([true, again.stderr]);
  });
});

test.each(COMMANDS)(
  "without free descriptors %s ends with an error that says so, or does its work",
  (_, argv) => {
    const folder = prepared();
    const wrong: string[] = [];
    for (let most = 18; most <= 26; most++) {
      const { status, stderr } = shell(
        folder,
        `rm -rf place/*; ulimit -n ${most}; exec ${DOUANE} ${argv} >/dev/null`,
      );
      // Node itself does not start with fewer, and says so in its own words.
      if (status === null || status > 128 || stderr.includes("/bin/douane.cjs'")) continue;
      const isSaid = [3, 69].includes(status) ? stderr.includes("ulimit -n") : [0, 1].includes(status);
      if (!isSaid || /defect of douane|^ +at /m.test(stderr)) wrong.push(`${most}: ${status}: ${stderr}`);
    }
    expect(wrong).toEqual([]);
  },
);
