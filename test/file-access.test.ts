import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, SOURCES } from "./fixtures/imports.ts";

/**
 * Functions that open or list files. Names, sizes and links (stat, realpath) are not content, and never
 * block.
 */
const READING = new Set(
  "readFile readFileSync open openSync openAsBlob createReadStream read readSync readv readvSync readdir readdirSync opendir opendirSync glob globSync".split(
    " ",
  ),
);

/**
 * Files and folders of src that read files without src/files, each with the reason why that is safe.
 * src/files reads only regular files, within a bound, and follows no link out of a repository.
 */
const OTHERS: Readonly<Record<string, string>> = {
  "src/files/": "the reader itself",
  "src/trial/":
    "tables of the kernel, and the root of a container in its sandbox: opened from there by its own bounds (O_NOFOLLOW, samples)",
  "src/vulnerabilities/artifact/": "an export that the user names, written by douane",
  "src/vulnerabilities/database/": "douane's own database, whose folder is this user's alone",
  "src/vulnerabilities/import/":
    "feeds that the user names, pipes among them; their content is bounded as it comes",
  "src/vulnerabilities/update/": "douane's own downloads, and a mirror that the user names",
  "src/evidence/layers/cache/":
    "douane's own cache, whose folder and files are this user's alone (O_NOFOLLOW, O_NONBLOCK)",
  "src/server/store/postgresql/":
    "the data folder of douane's own PostgreSQL, which that user alone enters, and tables of the kernel",
  "src/cli/cache/holdings.ts": "lists douane's own cache",
  "src/cli/process/write-output.ts": "opens to write, what a repository names through src/files",
  "src/cli/check/keep.ts": "opens to write new files (O_EXCL) in a folder of its own",
  "src/attest/notary/token-uses-in-folder.ts":
    "lists a folder of the platform's own, opens to write new files (O_EXCL)",
  "src/attest/copy/layout-copy.ts": "reads what src/files opened, opens to write a new file (O_EXCL)",
  "src/attest/copy/open-copy.ts":
    "lists the folder that the user names, to write a layout only where it is empty",
  "src/assess/sbom-file.ts": "reads the head of what src/files opened",
  "src/image/layer/blocks.ts": "reads ranges of what src/files opened",
  "src/image/store/read-range.ts": "reads ranges of what src/files opened",
  "src/image/store/spool.ts": "opens a temporary file of its own (O_EXCL)",
};

/** Names that a source imports of node:fs; `*` for all of it. */
function imported(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const all = [...text.matchAll(/import\s+([^;]*?)\s+from "node:fs(?:\/promises)?"/g)];
  return all.flatMap(([, names = ""]) =>
    names.startsWith("{")
      ? names
          .replace(/[{}]/g, "")
          .split(",")
          .map((name) => name.trim().split(" as ")[0] ?? "")
      : ["*"],
  );
}

const readers: readonly string[] = SOURCES.filter((file) =>
  imported(file).some((name) => name === "*" || READING.has(name)),
);

test.each(SOURCES)("%s reads files through src/files, or says why not", (file) => {
  const names = imported(file).filter((name) => name === "*" || READING.has(name));
  const isListed = Object.keys(OTHERS).some((place) => file.startsWith(place));
  expect(isListed ? [] : names).toEqual([]);
  expect(readFileSync(join(ROOT, file), "utf8")).not.toMatch(/(?:require|import)\("(?:node:)?fs/);
});

test.each(Object.keys(OTHERS))("the exception of %s is needed", (place) => {
  expect(readers.filter((file) => file.startsWith(place))).not.toEqual([]);
});

test("folders are made by src/files: of Node's own recursive mkdir /proc makes no end", () => {
  const makers = SOURCES.filter((file) =>
    /mkdir(?:Sync)?\([^;]*recursive: true/.test(readFileSync(join(ROOT, file), "utf8")),
  );
  // Folders made inside the supervisor's own tmpfs are excepted.
  expect(makers.filter((file) => !file.startsWith("src/trial/supervisor/"))).toEqual([]);
});
