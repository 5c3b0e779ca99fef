import { execFile } from "node:child_process";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { EngineSource } from "../source/source.ts";
import type { EngineOptions } from "./save-image.ts";

/** Answer of a local engine about an image. */
export interface AskedEngine {
  readonly command: "docker" | "podman";
  readonly transport: EngineSource["transport"];
  readonly has: boolean;
  readonly answer: Text;
}

const ENGINES = [
  { command: "docker", transport: "docker-daemon" },
  { command: "podman", transport: "podman" },
] as const satisfies readonly Pick<AskedEngine, "command" | "transport">[];

/** Timeout for a daemon's answer, after which a registry is tried. */
const ANSWER_MS = 10_000;
const MOST_BYTES = 64 * 1024;

/** Local engines that have an image with this name. No engine is started, and no image is pulled. */
export async function askEngines(name: string, options: EngineOptions): Promise<readonly AskedEngine[]> {
  return Promise.all(
    ENGINES.map(async (engine) => ({ ...engine, ...(await ask(engine.command, name, options)) })),
  );
}

function ask(
  command: string,
  name: string,
  { env, signal }: EngineOptions,
): Promise<Pick<AskedEngine, "has" | "answer">> {
  const argv = ["image", "inspect", "--format", "{{.Id}}", name];
  const limits = { timeout: ANSWER_MS, killSignal: "SIGKILL", maxBuffer: MOST_BYTES } as const;
  const bounds = signal === undefined ? limits : { ...limits, signal };
  return new Promise((resolve) => {
    execFile(command, argv, { env, ...bounds }, (error, _, stderr) => {
      if (error === null) resolve({ has: true, answer: THERE });
      else resolve({ has: false, answer: answerOf(error, stderr) });
    });
  });
}

const THERE: Text = { fr: "elle y est", en: "it is there" };

function answerOf(
  error: Error & { readonly code?: unknown; readonly killed?: boolean },
  stderr: string,
): Text {
  if (error.code === "ENOENT") return { fr: "pas installé", en: "not installed" };
  if (error.killed === true) return { fr: "ne répond pas", en: "does not answer" };
  const complaint = stderr.trim().split("\n").at(-1) ?? "";
  if (complaint === "" || /no such image|image not known|not found/i.test(complaint))
    return { fr: "ne l'a pas", en: "does not have it" };
  return { fr: quoted(complaint), en: quoted(complaint) };
}
