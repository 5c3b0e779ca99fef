import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import type { Readable } from "node:stream";
import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { EngineSource } from "../source/source.ts";
import type { FileRange } from "../store/file-tree.ts";
import { spool } from "../store/spool.ts";

/** Characters kept of an engine's error output. */
const COMPLAINT = 2_000;

export interface EngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/**
 * Runs the engine's save command and stores its output in an unnamed temporary file.
 *
 * @returns the whole archive, to be closed by its `fd`
 * @throws UnavailableError engine-missing, engine-failed, spool-failed
 */
export async function saveImage(source: EngineSource, options: EngineOptions): Promise<FileRange> {
  const [command, ...args] = saveCommand(source);
  const child = spawn(command, args, { env: options.env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = endOf(child);
  const complaint = lastLineOf(child.stderr);
  let archive: FileRange | undefined;
  try {
    archive = await spool(child.stdout, { signal: options.signal });
    const end = await ended;
    if (end === 0) return archive;
    throw end === "missing" ? engineMissing(command) : engineFailed([command, ...args], end, await complaint);
  } catch (error) {
    child.kill();
    if (archive !== undefined) closeSync(archive.fd);
    throw error;
  }
}

/**
 * Command that saves an image. Podman's docker-archive preserves the config, and so the image id; its
 * oci-archive rewrites the config of images in Docker's format.
 */
function saveCommand({ transport, name }: EngineSource): readonly [string, ...string[]] {
  if (transport === "docker-daemon") return ["docker", "save", name];
  return ["podman", "save", "--quiet", "--format", "docker-archive", name];
}

/** Exit status of the program, or the signal that ended it; `missing` if the program could not be started. */
function endOf(child: ChildProcess): Promise<number | NodeJS.Signals | "missing"> {
  return new Promise((resolve) => {
    child.once("error", () => resolve("missing"));
    child.once("close", (status, signal) => resolve(status ?? signal ?? 1));
  });
}

/** Last line of the error output, which states the reason; warnings come before. */
async function lastLineOf(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) text = (text + String(chunk)).slice(-COMPLAINT);
  return text.trim().split("\n").at(-1) ?? "";
}

function engineMissing(command: string): UnavailableError {
  return new UnavailableError("engine-missing", {
    fr: `le programme ${command} est introuvable ou ne démarre pas. L'installer, ou exporter l'image ailleurs et indiquer docker-archive:FICHIER.`,
    en: `the program ${command} was not found or does not start. Install it, or export the image elsewhere and give docker-archive:FILE.`,
  });
}

function engineFailed(
  command: readonly string[],
  end: number | NodeJS.Signals,
  complaint: string,
): UnavailableError {
  const line = command.join(" ");
  const said = complaint === "" ? undefined : quoted(complaint);
  const fr = said === undefined ? ", sans un mot" : ` : ${said}`;
  const en = said === undefined ? ", without a word" : `: ${said}`;
  return new UnavailableError(
    "engine-failed",
    typeof end === "number"
      ? {
          fr: `« ${line} » s'est terminé avec le code ${end}${fr}. Vérifier que l'image existe localement et que le moteur répond.`,
          en: `\`${line}\` ended with status ${end}${en}. Check that the image exists locally and that the engine answers.`,
        }
      : {
          fr: `« ${line} » a été interrompu par ${end}${fr}. Vérifier la mémoire de la machine (SIGKILL vient souvent de ce qu'elle manque) et le journal du moteur, puis réessayer.`,
          en: `\`${line}\` was ended by ${end}${en}. Check the machine's memory (SIGKILL often comes from a lack of it) and the engine's log, then try again.`,
        },
  );
}
