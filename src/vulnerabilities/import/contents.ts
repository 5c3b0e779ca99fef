import { randomUUID } from "node:crypto";
import { createReadStream, type Dirent, opendirSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { quoted } from "../../contract/shown.ts";
import { removeQuietly, writeStream } from "../../files/draft-file.ts";
import { tooMuch } from "./content/feed-errors.ts";
import { type Content, zipMembers } from "./content/zip-members.ts";

/** Depth of nested zips: the CVE List is published as a zip in a zip. */
const ZIP_DEPTH = 2;

/**
 * Documents of a file, of a folder with its subfolders, or of a zip.
 *
 * @param path absolute path
 * @param name name of the file or folder in messages
 * @throws UsageError file-unreadable
 * @throws InvalidInputError feed-archive-damaged, feed-too-large
 */
export async function* contentsOf(path: string, name: string): AsyncGenerator<Content> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw unreadable(name);
  if (!stats.isDirectory()) {
    yield* fileContents(path, name, name, 1);
    return;
  }
  for (const file of filesBelow(path, name)) {
    yield* fileContents(file, join(name, file.slice(path.length + 1)), name, 1);
  }
}

async function* fileContents(
  path: string,
  name: string,
  group: string,
  depth: number,
): AsyncGenerator<Content> {
  if (!(await isZip(path, name))) {
    yield { name, group, bytes: createReadStream(path, { highWaterMark: 1024 ** 2 }) };
    return;
  }
  for await (const member of zipMembers(path, name)) {
    if (!/\.zip$/i.test(member.name)) yield member;
    else yield* packedZip(member, depth);
  }
}

async function* packedZip(member: Content, depth: number): AsyncGenerator<Content> {
  if (depth >= ZIP_DEPTH) throw tooMuch(member.name, "packedDepth");
  const path = join(tmpdir(), `douane-${randomUUID()}.zip`);
  try {
    await writeStream(path, member.bytes, { mode: 0o600, draft: path });
    yield* fileContents(path, member.name, member.name, depth + 1);
  } finally {
    removeQuietly(path);
  }
}

async function isZip(path: string, name: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return bytesRead === 4 && [0x04034b50, 0x06054b50].includes(buffer.readUInt32LE());
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** Files below a folder: JSON, CSV, their compressed forms, and zips; hidden folders are skipped. */
function* filesBelow(top: string, name: string): Generator<string> {
  const folders: string[] = [top];
  let seen = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of entriesOf(folder)) {
      if (++seen > LIMITS.folderEntries) throw tooMuch(name, "folderEntries");
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !entry.name.startsWith(".")) folders.push(path);
      else if (entry.isFile() && /\.(?:json|ndjson|jsonl|csv|gz|zip)$/i.test(entry.name)) yield path;
    }
  }
}

function* entriesOf(folder: string): Generator<Dirent> {
  const directory = opendirSync(folder);
  try {
    for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) yield entry;
  } finally {
    directory.closeSync();
  }
}

function unreadable(name: string, cause?: unknown): UsageError {
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  return new UsageError(
    "file-unreadable",
    {
      fr: `Le fichier ${quoted(name)} n'est pas lisible${why}. Vérifier son chemin et ses droits.`,
      en: `The file ${quoted(name)} cannot be read${why}. Check its path and its permissions.`,
    },
    { cause },
  );
}
