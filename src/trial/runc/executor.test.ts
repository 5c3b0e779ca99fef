import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "../../../test/fixtures/temporary-directory.ts";
import { DRIVER, MODES, runDriver } from "../../../test/fixtures/trial/mode.ts";
import { request } from "../../../test/fixtures/trial/subject.ts";
import { isUnified } from "./cgroups.ts";
import { runcExecutor } from "./executor.ts";
import { missingTools } from "./problems.ts";
import { scratchFor } from "./scratch.ts";

const isRoot = process.getuid?.() === 0;

test("what this machine can do is said within a moment", async () => {
  const started = performance.now();
  const found = await runcExecutor(process.env).capabilities(new AbortController().signal);
  expect(found).toMatchObject({
    available: true,
    facts: { name: "runc", mode: isRoot ? "root" : "rootless" },
  });
  expect(performance.now() - started).toBeLessThan(3_000);
});

test.each(["darwin", "win32"])(
  "on %s the way to a Linux and back is said, without looking for anything",
  async (platform) => {
    const found = await runcExecutor({}, platform).capabilities(new AbortController().signal);
    expect(found).toMatchObject({
      available: false,
      problems: [
        { code: "not-linux", fix: { en: expect.stringContaining("check here with --evidence trial.json") } },
      ],
    });
  },
);

test.runIf(isRoot)("a user without subordinate ids is told how to get some", () => {
  const output = execFileSync(
    "setpriv",
    ["--reuid", "nobody", "--regid", "nogroup", "--clear-groups", process.execPath, DRIVER, "--doctor"],
    { encoding: "utf8", input: JSON.stringify(request([], [])) },
  );
  expect(JSON.parse(output)).toMatchObject({
    available: false,
    problems: [{ code: "subuid-missing", fix: { en: expect.stringContaining("usermod --add-subuids") } }],
  });
});

test.each([
  ["1.1.11", { available: false, problems: [{ code: "runtime-vulnerable" }] }],
  ["1.1.5+ds1", { available: true, facts: { version: "1.1.5+ds1" } }],
])("a runc that calls itself %s is judged by its version", async (version, expected) => {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "runc"), `#!/bin/sh\necho runc version ${version}\n`, { mode: 0o755 });
  const env = { PATH: `${folder}:${process.env["PATH"]}` };
  expect(await runcExecutor(env).capabilities(new AbortController().signal)).toMatchObject(expected);
});

test.runIf(isRoot)("without runc it is crun, unless this machine has cgroups of version 1, too", () => {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "crun"), "#!/bin/sh\necho crun version 1.2.3\n", { mode: 0o755 });
  const hide =
    'for file in /usr/sbin/runc /usr/bin/runc; do test ! -e $file || mount --bind /dev/null $file; done; exec "$@"';
  const driver = [process.execPath, DRIVER, "--doctor"];
  const output = execFileSync("unshare", ["--mount", "sh", "-c", hide, "sh", ...driver], {
    encoding: "utf8",
    input: JSON.stringify(request([], [])),
    env: { ...process.env, PATH: `${folder}:${process.env["PATH"]}` },
  });
  expect(JSON.parse(output)).toMatchObject(
    isUnified()
      ? { available: true, facts: { name: "crun", version: "1.2.3" } }
      : {
          available: false,
          problems: [{ code: "crun-cgroups", fix: { en: "Install runc: apt-get install runc" } }],
        },
  );
});

test("missing programs are named with their packages", () => {
  const { text, fix } = missingTools(["runc", "mount", "umount"]);
  expect(text.en).toBe("programs are missing: runc, mount, umount");
  expect(fix.fr).toBe("Les installer : apt-get install runc mount");
});

test.runIf(MODES.includes("rootless"))(
  "a uid that the namespace does not map is refused, not replaced",
  async () => {
    const user = { uid: 1_000_710_000, gid: 0, additionalGids: [] };
    const asked = request(["/"], [], { start: { ...request([], []).start, user } });
    await expect(runDriver("rootless", asked)).rejects.toThrow("1000710000");
  },
);

test("a layer that is none is an executor's failure, not an observation", async () => {
  const asked = request(["/nowhere-at-all"], ["serve"]);
  await expect(runDriver(MODES[0] ?? "rootless", asked)).rejects.toThrow("the trial could not take place");
});

test("files are injected into their volume, and nowhere else", async () => {
  const mounts = [
    { kind: "files", path: "/etc/app", files: { "../../x": { content: "", mode: 0o644 } } },
  ] as const;
  const asked = request(["/"], ["serve"], { mounts });
  await expect(runDriver(MODES[0] ?? "rootless", asked)).rejects.toThrow(
    "not the path of a file in a volume",
  );
});

test("scratch hides nothing that is needed", () => {
  expect(scratchFor([])).toBe("/mnt");
  expect(scratchFor(["/mnt/cache/layer", "/media"])).toBe("/srv");
  expect(scratchFor(["/mnt2/cache"])).toBe("/mnt");
  const all = ["/mnt", "/media", "/srv", "/opt", "/home", "/run"].map((folder) => `${folder}/x`);
  expect(() => scratchFor(all)).toThrow("none of these directories is free");
});
