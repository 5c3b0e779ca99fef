import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UnavailableError } from "../../contract/error.ts";
import { BLOCK } from "../../image/tar/header.ts";
import { type TarEntry, writeEntryHeader } from "../../image/tar/write.ts";
import type { UnpackNote } from "./unpack-note.ts";

interface Header {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Modification time in whole seconds since 1970. */
  readonly mtime: number;
}

/** Entry of a layer that needs a system call which Node lacks. Its path is free of links. */
export type SpecialEntry =
  /** Whiteout of overlayfs: the character device 0:0. */
  | { readonly kind: "whiteout"; readonly path: string }
  /** Folder that hides its content in lower layers. */
  | { readonly kind: "opaque"; readonly path: string }
  | { readonly kind: "fifo"; readonly path: string; readonly node: Header }
  /** A file with capabilities. */
  | {
      readonly kind: "capable";
      readonly path: string;
      readonly node: Header;
      readonly content: { readonly file: string; readonly size: number };
      /** Value of `security.capability`, hexadecimal. */
      readonly capability: string;
    }
  /** Hard link to a whiteout, a fifo or a file with capabilities. */
  | { readonly kind: "link"; readonly path: string; readonly target: string };

/**
 * Creates special entries with GNU tar, which can use mknod and setxattr, from a small archive with names of
 * our own.
 *
 * @returns entries that could not be created
 * @throws UnavailableError unpack-tar
 */
export async function makeSpecialEntries(
  entries: readonly SpecialEntry[],
  directory: string,
  signal?: AbortSignal,
): Promise<readonly UnpackNote[]> {
  if (entries.length === 0) return [];
  const tar = spawn("tar", [...OPTIONS, `--directory=${directory}`], {
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["pipe", "ignore", "pipe"],
    ...(signal === undefined ? {} : { signal }),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.on("error", reject);
    tar.on("close", resolve);
  });
  let said = "";
  tar.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (said.length < 10_000) said += text;
  });
  try {
    // If tar ends early, its output and exit code explain more than the broken pipe.
    await Promise.all([pipeline(Readable.from(archiveOf(entries)), tar.stdin).catch(() => undefined), ended]);
  } catch (error) {
    signal?.throwIfAborted();
    throw tarFailed(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const complaints = said.split("\n").filter((line) => line !== "");
  const refused = complaints.filter((line) => line.includes("'security.capability'"));
  if ((await ended) !== 0 || refused.length < complaints.length) throw tarFailed(said.slice(0, 500));
  if (refused.length === 0) return [];
  return entries.filter(({ kind }) => kind === "capable").map(({ path }) => ({ kind: "capability", path }));
}

const OPTIONS = [
  "--extract",
  "--file=-",
  "--numeric-owner",
  "--same-owner",
  "--same-permissions",
  "--xattrs",
  "--xattrs-include=*",
  "--warning=no-timestamp",
];

async function* archiveOf(entries: readonly SpecialEntry[]): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    const size = entry.kind === "capable" ? entry.content.size : 0;
    yield writeEntryHeader(tarEntryOf(entry), size);
    if (entry.kind !== "capable" || size === 0) continue;
    yield* createReadStream(entry.content.file, { end: size - 1 }) as AsyncIterable<Uint8Array>;
    yield new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield new Uint8Array(2 * BLOCK);
}

const YES = Buffer.from("y");

function tarEntryOf(entry: SpecialEntry): TarEntry {
  const path = `.${entry.path}`;
  switch (entry.kind) {
    case "whiteout":
      return { path, type: "character", device: [0, 0], mode: 0 };
    case "opaque":
      return { path, type: "directory", mode: 0o700, xattrs: { "user.overlay.opaque": YES } };
    case "fifo":
      return { path, type: "fifo", ...entry.node };
    case "capable":
      return {
        path,
        ...entry.node,
        xattrs: { "security.capability": Buffer.from(entry.capability, "hex") },
      };
    default:
      return { path, hardLink: `.${entry.target}` };
  }
}

function tarFailed(seen: string, options?: ErrorOptions): UnavailableError {
  const text = {
    fr: `impossible de déployer une couche de l'image avec GNU tar : ${seen.trim()}. Il faut GNU tar, et un répertoire de cache dont le système de fichiers garde les attributs étendus.`,
    en: `cannot unpack a layer of the image with GNU tar: ${seen.trim()}. It takes GNU tar, and a cache directory whose file system keeps extended attributes.`,
  };
  return new UnavailableError("unpack-tar", text, options);
}
