import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UnavailableError } from "../../contract/error.ts";
import type { TrialFacts, TrialObservation } from "../../contract/trial-facts.ts";
import { quote } from "../../image/quote.ts";

/** Keeps what the curious want to see of a trial. */
export type Keep = (name: string, facts: TrialFacts) => Promise<void>;

/**
 * Writes a folder per trial: what each phase said (`read-only.stdout.log`), what it changed in file
 * systems (`changes.txt`), and all observations (`trial.json`).
 *
 * @throws UnavailableError `keep-unwritable`
 */
export function keepIn(directory: string, cwd: string): Keep {
  const used = new Set<string>();
  return async (name, facts) => {
    const folder = join(resolve(cwd, directory), freeName(name, used));
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, "trial.json"), `${JSON.stringify(facts, null, 1)}\n`);
      await writeFile(join(folder, "changes.txt"), changes(facts));
      for (const [file, text] of logs(facts)) await writeFile(join(folder, file), text);
    } catch (error) {
      throw unwritable(directory, error);
    }
  };
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

function freeName(name: string, used: Set<string>): string {
  const wanted =
    name
      .replace(/[^\w.-]+/g, "_")
      .replace(/^[._]+|_+$/g, "")
      .slice(0, 100) || "trial";
  let free = wanted;
  for (let number = 2; used.has(free); number++) free = `${wanted}-${number}`;
  used.add(free);
  return free;
}

function unwritable(directory: string, cause: unknown): UnavailableError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(
    "keep-unwritable",
    {
      fr: `--keep ${quote(directory)} : ce dossier ne peut pas être écrit (${why}).`,
      en: `--keep ${quote(directory)}: this folder cannot be written to (${why}).`,
    },
    { cause },
  );
}
