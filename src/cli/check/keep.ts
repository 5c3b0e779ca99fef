import { constants } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { resolve } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { TrialFacts, TrialObservation } from "../../contract/trial-facts.ts";
import { visibleJson } from "../../contract/visible-json.ts";
import { makeFolders } from "../../files/make-folders.ts";
import { faultOf } from "../../files/write-failure.ts";
import type { Kept, KeptFile, KeptOutput } from "../../trial/plan/kept.ts";
import { type Entries, FolderDraft } from "./folder-draft.ts";

/** Saves the results of a trial. */
export type Keep = (name: string, facts: TrialFacts, kept: readonly Kept[]) => Promise<void>;

/**
 * Writes a new folder per trial: output of each phase (`read-only.stdout.log`), file system changes
 * (`changes.txt`), written texts (`files/read-only/tmp/app.log`) with their list (`files.txt`), and all
 * observations (`trial.json`). Only this user can read the folder, since some secrets may not be recognised.
 * Other users with write access to the parent folder can neither redirect nor replace files: links, existing
 * files and foreign folders are refused.
 *
 * @param lang language of the note about omitted bytes
 * @throws UnavailableError `keep-unwritable`
 */
export function keepIn(directory: string, cwd: string, lang: Lang): Keep {
  return async (name, facts, kept) => {
    const entries = new Map<string, string | Entries>([
      ["trial.json", `${visibleJson(facts, 1)}\n`],
      ["changes.txt", changes(facts)],
      ...logs(kept, lang),
      ...filesOf(kept, lang),
    ]);
    try {
      await writeFolder(resolve(cwd, directory), folderName(name), entries);
    } catch (error) {
      throw unwritable(directory, error);
    }
  };
}

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;
const FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
/** Permissions of folders, and of files. */
const [OURS, OURS_TO_READ] = [0o700, 0o600];
/** Maximum number of folders with the same base name. */
const MOST = 10_000;

async function writeFolder(directory: string, name: string, entries: Entries): Promise<void> {
  makeFolders(directory);
  await opened(directory, FOLDER, async (parent) => {
    const path = await makeFolder(parent, name);
    try {
      await opened(path, FOLDER, async (folder) => {
        // Another user of the parent folder may have replaced ours.
        if ((await folder.stat()).uid !== process.geteuid?.()) throw new Error(`EPERM: ${name}`);
        await writeEntries(folder, entries);
      });
    } catch (error) {
      // Half of the results would look like all of them.
      await rm(path, { recursive: true, force: true }).catch(() => {});
      throw error;
    }
  });
}

async function writeEntries(folder: FileHandle, entries: Entries): Promise<void> {
  for (const [name, entry] of entries) {
    const path = within(folder, name);
    if (typeof entry === "string") {
      await opened(path, NEW_FILE, (file) => file.writeFile(entry));
    } else {
      await mkdir(path, OURS);
      await opened(path, FOLDER, (own) => writeEntries(own, entry));
    }
  }
}

/** Creates a new folder and returns its path. */
async function makeFolder(parent: FileHandle, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = within(parent, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(path, OURS);
      return path;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === "EEXIST";
      if (!isTaken || number >= MOST) throw error;
    }
  }
}

async function opened(
  path: string,
  flags: number,
  use: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await open(path, flags, OURS_TO_READ);
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}

/** Path of an entry through an open folder, like openat(), which Node lacks. Trials run on Linux only. */
function within({ fd }: FileHandle, name: string): string {
  return `/proc/self/fd/${fd}/${name}`;
}

function logs(kept: readonly Kept[], lang: Lang): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const one of kept) {
    if (one.kind !== "output") continue;
    const file = `${phaseOf(one)}.${one.stream}.log`;
    files.set(file, `${files.get(file) ?? ""}${logOf(one, lang)}`);
  }
  return files;
}

function logOf({ start, cut, end }: KeptOutput, lang: Lang): string {
  return cut === 0 ? `${start}${end}` : `${start}${leftOut(cut, lang)}${end}`;
}

/** Files of each phase with their state. */
function filesOf(kept: readonly Kept[], lang: Lang): ReadonlyMap<string, string | Entries> {
  const phases = new Map<string, FolderDraft>();
  const lines: string[] = [];
  for (const one of kept) {
    if (one.kind !== "file") continue;
    const phase = phaseOf(one);
    const folder = phases.get(phase) ?? new FolderDraft();
    phases.set(phase, folder);
    lines.push(
      `${phase}\t${one.bytes}\t${addTo(folder, `files/${phase}`, one, lang)}\t${visibleJson(one.path)}\n`,
    );
  }
  const folders = [...phases].flatMap(([phase, { entries }]) =>
    entries.size === 0 ? [] : [[phase, entries] as const],
  );
  return new Map<string, string | Entries>([
    ["files.txt", ["phase\tbytes\tkept\tfile\tpath\n", ...lines].join("")],
    ...(folders.length === 0 ? [] : [["files", new Map(folders)] as const]),
  ]);
}

/** Size and place of a file's saved part. */
function addTo(folder: FolderDraft, below: string, { path, content }: KeptFile, lang: Lang): string {
  if (typeof content === "string") return `${content}\t-`;
  const { text, cut } = content;
  if (cut === 0) return `whole\t${below}/${folder.add(path, text)}`;
  return `beginning\t${below}/${folder.add(path, `${text}${leftOut(cut, lang)}`)}`;
}

function leftOut(bytes: number, lang: Lang): string {
  const said: Text = {
    fr: `[douane : ${bytes} octets ne sont pas gardés ici]`,
    en: `[douane: ${bytes} bytes are not kept here]`,
  };
  return `${said[lang]}\n`;
}

function changes({ observations }: TrialFacts): string {
  const lines = observations.flatMap((seen) =>
    seen.kind === "write"
      ? [
          `${phaseOf(seen)}\t${seen.change}\t${seen.type}\t${seen.bytes}\t${seen.area}\t${visibleJson(seen.path)}\n`,
        ]
      : [],
  );
  return ["phase\tchange\ttype\tbytes\tarea\tpath\n", ...lines].join("");
}

/** Name of a phase's files, with the root, since the same phase may run on either. */
function phaseOf({ phase, root }: Pick<TrialObservation, "phase" | "root">): string {
  return phase === root ? phase : `${phase}.${root}`;
}

function folderName(name: string): string {
  return (
    name
      .replace(/[^\w.-]+/g, "_")
      .replace(/^[._]+|(?<!_)_+$/g, "")
      .slice(0, 100) || "trial"
  );
}

function unwritable(directory: string, cause: unknown): UnavailableError {
  const why = faultOf(cause);
  return new UnavailableError(
    "keep-unwritable",
    {
      fr: `--keep ${quoted(directory)} : ce répertoire ne peut pas être écrit : ${why.cause.fr}. Un lien symbolique n'est pas suivi. ${why.remedy.fr}`,
      en: `--keep ${quoted(directory)}: this folder cannot be written to: ${why.cause.en}. A symbolic link is not followed. ${why.remedy.en}`,
    },
    { cause },
  );
}
