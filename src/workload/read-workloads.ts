import { statSync } from "node:fs";
import { resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import { inDocumentTime } from "../contract/document-time.ts";
import { InvalidInputError } from "../contract/error.ts";
import { LIMITS } from "../contract/limits.ts";
import type { Text } from "../contract/text.ts";
import { judgedRoot } from "../files/judged-root.ts";
import { unreadable } from "../files/unreadable.ts";
import { builtFrom } from "./build/built-from.ts";
import { type Found, readStream, type Stream } from "./documents.ts";
import { environmentOf } from "./environments/environment.ts";
import { manifestsIn } from "./files.ts";
import type { ReadProblem, Skipped } from "./objects/problem.ts";
import {
  add,
  joinObjects,
  leftOut,
  newReading,
  type Reading,
  type ReadOptions,
  type ReadWorkload,
  type Source,
  skip,
  type UnknownObjects,
} from "./reading.ts";
import { type FileBytes, readManifestFile, TOO_LARGE } from "./yaml/read-file.ts";
import { decodeText } from "./yaml/text.ts";

export interface ReadResult {
  /** Workloads in the order of inputs, file names and documents. */
  readonly workloads: readonly ReadWorkload[];
  readonly problems: readonly ReadProblem[];
  /** Charts, overlays and templates that must be rendered first, each once. */
  readonly skipped: readonly Skipped[];
  /** Objects whose pods are run by an operator, if something else was found to judge. */
  readonly operated: readonly Skipped[];
  /** Kinds of custom resources whose controllers may start pods. */
  readonly unknownKinds: readonly UnknownObjects[];
  /** Kinds of objects that may change how pods run, and that no rule judges. */
  readonly unjudgedObjects: readonly UnknownObjects[];
}

/**
 * Reads workloads from files, folders (all *.yaml, *.yml and *.json below) and standard input (`-`).
 * Unreadable content becomes a problem and does not hide the rest. In folders, files that are not Kubernetes
 * are skipped silently; a named file without a workload is a problem, as is finding no workload at all.
 *
 * @throws the signal's reason, if it is aborted
 */
export async function readWorkloads(inputs: readonly string[], options: ReadOptions): Promise<ReadResult> {
  const reading = newReading(options);
  for (const input of inputs) {
    if (input === "-") await readNamed(reading, { name: "-" }, decoded(await readAll(options.stdin)));
    else await readPath(reading, input);
  }
  const { workloads, problems, skipped, operated } = reading;
  // A run without any verdict must not look like success.
  if (workloads.length === 0) skipped.push(...operated.splice(0));
  if (workloads.length + problems.length + skipped.length === 0) {
    for (const file of inputs) problems.push({ file, message: NOTHING });
  }
  const joined = joinObjects(reading);
  return {
    workloads: joined,
    problems,
    skipped: leftOut(reading),
    operated,
    unknownKinds: [...reading.unknownKinds.values()],
    unjudgedObjects: [...reading.unjudgedObjects.values()],
  };
}

/** Message for an input without a workload. */
export const NOTHING: Text = {
  fr: "aucun workload Kubernetes ici (Deployment, CronJob, Pod…). Nommer des manifestes rendus, ou les transmettre : helm template CHART | douane check -f -",
  en: "no Kubernetes workload here (Deployment, CronJob, Pod…). Pass rendered manifests, or pipe them: helm template CHART | douane check -f -",
};

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<FileBytes> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LIMITS.manifestFileBytes) return { problem: TOO_LARGE };
  }
  return Buffer.concat(chunks);
}

/** Content of a file, without its bytes. */
type Contents =
  | { readonly text: string }
  | {
      readonly problem: Text;
      /** Whether the file is unrelated to Kubernetes. */
      readonly isOther: boolean;
    };

function decoded(bytes: FileBytes): Contents {
  if ("problem" in bytes) return { ...bytes, isOther: false };
  const text = decodeText(bytes);
  return "text" in text ? text : { ...text, isOther: !looksLikeKubernetes(bytes) };
}

async function readPath(reading: Reading, name: string): Promise<void> {
  const path = resolve(reading.cwd, name);
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    reading.problems.push({ file: name, message: unreadable(error) });
    return;
  }
  if (!isFolder) {
    await readNamed(reading, { name, path }, decoded(readManifestFile(path, undefined, reading.cwd)));
    return;
  }
  const root = judgedRoot(path);
  for (const entry of manifestsIn(path, name, reading.exclusions)) {
    if (entry.kind === "problem") reading.problems.push({ file: entry.name, message: entry.problem });
    else if (entry.kind === "skipped") skip(reading, entry.skipped, entry.overlay);
    else await readSource(reading, { ...entry, inFolder: true }, decoded(readManifestFile(entry.path, root)));
  }
}

/** Reads a named file, which must contain something to judge. */
async function readNamed(reading: Reading, source: Source, contents: Contents): Promise<void> {
  const before = reading.found;
  await readSource(reading, source, contents);
  if (reading.found > before) return;
  const built = source.path === undefined ? undefined : builtFrom(source.path, reading.cwd);
  if (built === undefined) reading.problems.push({ file: source.name, message: NOTHING });
  else skip(reading, built);
}

async function readSource(reading: Reading, source: Source, contents: Contents): Promise<void> {
  const { name: file, path, inFolder = false } = source;
  if (path !== undefined && isRepeated(reading, path)) return;
  if ("problem" in contents) {
    if (inFolder && contents.isOther) return;
    reading.found += 1;
    reading.problems.push({ file, message: contents.problem });
    return;
  }
  const environment = path === undefined ? undefined : environmentOf(path);
  const stream = { file, text: contents.text, ...(environment === undefined ? {} : { environment }) };
  let count = 0;
  try {
    for (const batch of batches(stream)) {
      const wanted = batch.filter(
        (found) => found.kind !== "problem" || !inFolder || found.mentionsKubernetes,
      );
      for (const found of wanted.slice(0, LIMITS.manifestsPerFile - count)) add(reading, source, found);
      count += wanted.length;
      if (count > LIMITS.manifestsPerFile) return void reading.problems.push({ file, message: TOO_MANY });
      if (batch.length === AT_A_TIME) await eventsOf(reading);
    }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    reading.problems.push({ file, message: error.text });
  }
}

/** Results of a stream in batches. */
function* batches(stream: Stream): Generator<readonly Found[]> {
  const all = readStream(stream);
  let batch: readonly Found[];
  do {
    batch = inDocumentTime(stream.text.length, () => next(all, AT_A_TIME));
    yield batch;
  } while (batch.length === AT_A_TIME);
}

function next(all: Generator<Found>, count: number): Found[] {
  const batch: Found[] = [];
  while (batch.length < count) {
    const { value, done } = all.next();
    if (done === true) break;
    batch.push(value);
  }
  return batch;
}

/** Workloads read before events are handled, which takes some 50 ms. */
const AT_A_TIME = 100;

async function eventsOf({ signal }: Reading): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

const TOO_MANY: Text = {
  fr: `plus de ${LIMITS.manifestsPerFile} workloads ou erreurs dans ce fichier (limite manifestsPerFile) : la suite n'est pas lue`,
  en: `more than ${LIMITS.manifestsPerFile} workloads or problems in this file (limit manifestsPerFile): the rest is not read`,
};

function isRepeated(reading: Reading, path: string): boolean {
  if (!reading.files.has(path)) {
    reading.files.add(path);
    return false;
  }
  reading.found += 1;
  return true;
}

/** Whether bytes that are not UTF-8, perhaps UTF-16, look like Kubernetes. */
function looksLikeKubernetes(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).toString("latin1").replaceAll("\0", "").includes("apiVersion");
}
