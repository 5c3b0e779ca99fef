import { constants } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { resolve } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import type { TrialFacts, TrialObservation } from "../../contract/trial-facts.ts";
import { quote } from "../../image/quote.ts";

/** Keeps what the curious want to see of a trial. */
export type Keep = (name: string, facts: TrialFacts) => Promise<void>;

/**
 * Writes a new folder per trial: what each phase said (`read-only.stdout.log`), what it changed in file
 * systems (`changes.txt`), and all observations (`trial.json`). Whoever else may write to the folder
 * cannot have anything overwritten, or written elsewhere: nothing is written through a link, to a
 * file that is there, or to a folder that is not ours.
 *
 * @throws UnavailableError `keep-unwritable`
 */
export function keepIn(directory: string, cwd: string): Keep {
  return async (name, facts) => {
    const files = new Map([
      ["trial.json", `${JSON.stringify(facts, null, 1)}\n`],
      ["changes.txt", changes(facts)],
      ...logs(facts),
    ]);
    try {
      await writeFolder(resolve(cwd, directory), folderName(name), files);
    } catch (error) {
      throw unwritable(directory, error);
    }
  };
}

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;
const FOLDER = O_RDONLY | O_DIRECTORY | O_NOFOLLOW;
const NEW_FILE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
/** Folders of one name. */
const MOST = 10_000;

async function writeFolder(
  directory: string,
  name: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  await opened(directory, FOLDER, async (parent) => {
    const path = await makeFolder(parent, name);
    await opened(path, FOLDER, async (folder) => {
      // Whoever may write to the directory may have put another one in its place.
      if ((await folder.stat()).uid !== process.geteuid?.()) throw new Error(`EPERM: ${name}`);
      for (const [file, text] of files) {
        await opened(within(folder, file), NEW_FILE, (handle) => handle.writeFile(text));
      }
    });
  });
}

/** Gives the path of a folder that was not there before. */
async function makeFolder(parent: FileHandle, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = within(parent, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(path);
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
  const handle = await open(path, flags);
  try {
    await use(handle);
  } finally {
    await handle.close();
  }
}

/** As openat() has it, which Node lacks. Trials take place on Linux. */
function within({ fd }: FileHandle, name: string): string {
  return `/proc/self/fd/${fd}/${name}`;
}

function logs({ observations }: TrialFacts): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const seen of observations) {
    if (seen.kind !== "output") continue;
    const file = `${phaseOf(seen)}.${seen.stream}.log`;
    files.set(file, `${files.get(file) ?? ""}${seen.sample}`);
  }
  return files;
}

function changes({ observations }: TrialFacts): string {
  const lines = observations.flatMap((seen) =>
    seen.kind === "write"
      ? [
          `${phaseOf(seen)}\t${seen.change}\t${seen.type}\t${seen.bytes}\t${seen.area}\t${JSON.stringify(seen.path)}\n`,
        ]
      : [],
  );
  return ["phase\tchange\ttype\tbytes\tarea\tpath\n", ...lines].join("");
}

/** The same phase may take place on either root. */
function phaseOf({ phase, root }: TrialObservation): string {
  return phase === root ? phase : `${phase}.${root}`;
}

function folderName(name: string): string {
  return (
    name
      .replace(/[^\w.-]+/g, "_")
      .replace(/^[._]+|_+$/g, "")
      .slice(0, 100) || "trial"
  );
}

function unwritable(directory: string, cause: unknown): UnavailableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "keep-unwritable",
    {
      fr: `--keep ${quote(directory)} : ce dossier ne peut pas être écrit (${why}). Un lien symbolique n'est pas suivi.`,
      en: `--keep ${quote(directory)}: this folder cannot be written to (${why}). A symbolic link is not followed.`,
    },
    { cause },
  );
}
