import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UnavailableError } from "../../contract/error.ts";
import { errorOf, type Failure } from "../../image/layer/failure.ts";
import type { LayerSource } from "../../image/source/open-image.ts";
import type { UnpackReply, UnpackRequest } from "./unpack-here.ts";

/** Request to the process; the layers' bytes are inherited file descriptors. */
export interface ApartRequest extends UnpackRequest {
  readonly layers: readonly LayerRequest[];
}

type LayerRequest = Omit<LayerSource, "bytes"> & {
  readonly bytes:
    | Extract<LayerSource["bytes"], { kind: "file" | "unreadable" }>
    | { readonly kind: "pipe"; readonly fd: number };
};

/** Messages of the process, one line of JSON each. */
export type ApartLine =
  /** The process now reads this layer's pipe. */
  | { readonly kind: "wants"; readonly layer: number }
  | { readonly kind: "done"; readonly reply: UnpackReply }
  | { readonly kind: "failure"; readonly failure: Failure };

/** Entry of the process: in the bundle, a separate entry beside this module's chunk. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "./unpack-main.ts" : "./trial-unpack.cjs",
  import.meta.url,
);

const FIRST_FD = 3;
const KEPT = 4_096;

/**
 * Runs unpackHere() in a child process as root, for other users as root of a user namespace; the process ends
 * with this call.
 */
export async function unpackApart(
  layers: readonly LayerSource[],
  request: UnpackRequest,
  signal?: AbortSignal,
): Promise<UnpackReply> {
  signal?.throwIfAborted();
  const [file, ...args] = asRoot(process.execPath, ENTRY.pathname);
  const child = spawn(file, args, {
    stdio: [
      "pipe",
      "pipe",
      "pipe",
      ...layers.map(({ bytes }) => (bytes.kind === "file" ? bytes.fd : "pipe")),
    ],
  });
  const abort = () => child.kill("SIGKILL");
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await converse(child, layers, request);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
    child.kill("SIGKILL");
  }
}

/** @param directories directories that belong to root of the user namespace */
export async function removeApart(directories: readonly string[]): Promise<void> {
  if (directories.length === 0) return;
  const [file, ...args] = asRoot("rm", "-rf", "--", ...directories);
  const child = spawn(file, args, { stdio: "ignore" });
  // A later run removes leftovers.
  await once(child, "close").catch(() => undefined);
}

/** Command that runs a program as root; for users other than root, in a user namespace. */
function asRoot(file: string, ...args: readonly string[]): readonly [string, ...string[]] {
  if (process.geteuid?.() === 0) return [file, ...args];
  return ["unshare", "--user", "--map-auto", "--map-root-user", file, ...args];
}

async function converse(
  child: ChildProcess,
  layers: readonly LayerSource[],
  request: UnpackRequest,
): Promise<UnpackReply> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(0, KEPT);
  });
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  child.on("error", (error) => failed.reject(unavailable(error.message)));
  const asked: ApartRequest = { ...request, layers: layers.map(requestOf) };
  child.stdin?.on("error", () => undefined).end(JSON.stringify(asked));
  const listening = listen(child, async (index) => {
    try {
      await send(layers[index], child.stdio[FIRST_FD + index] as Writable);
    } catch (error) {
      failed.reject(error);
    }
  });
  const reply = await Promise.race([listening, failed.promise]);
  if (reply !== undefined) return reply;
  throw unavailable(stderr);
}

/** Reply of the process; undefined if it ended without a reply. */
async function listen(
  child: ChildProcess,
  wants: (layer: number) => Promise<void>,
): Promise<UnpackReply | undefined> {
  for await (const text of createInterface({ input: child.stdout as Readable })) {
    const line = JSON.parse(text) as ApartLine;
    if (line.kind === "done") return line.reply;
    if (line.kind === "failure") throw errorOf(line.failure);
    void wants(line.layer);
  }
  await new Promise((resolve) => void child.once("close", resolve));
  return undefined;
}

async function send(layer: LayerSource | undefined, pipe: Writable): Promise<void> {
  if (layer?.bytes.kind !== "stream") return;
  const chunks = await layer.bytes.open();
  let broken: unknown;
  const watched = (async function* () {
    try {
      yield* chunks;
    } catch (error) {
      broken = error;
      throw error;
    }
  })();
  // A closed pipe is not an error here: the reader reports its reason itself.
  await pipeline(Readable.from(watched), pipe).catch(() => undefined);
  if (broken !== undefined) throw broken;
}

function requestOf({ bytes, ...layer }: LayerSource, index: number): LayerRequest {
  const fd = FIRST_FD + index;
  if (bytes.kind === "unreadable") return { ...layer, bytes };
  return { ...layer, bytes: bytes.kind === "file" ? { ...bytes, fd } : { kind: "pipe", fd } };
}

function unavailable(seen: string): UnavailableError {
  const said = seen.trim() === "" ? "–" : seen.trim();
  return new UnavailableError("unpack-namespace", {
    fr: `impossible de déployer l'image dans un espace de noms utilisateur : ${said}. « douane doctor » dit ce qui manque à cette machine.`,
    en: `cannot unpack the image in a user namespace: ${said}. "douane doctor" says what this machine lacks.`,
  });
}
