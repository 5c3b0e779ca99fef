// The Update Framework (https://theupdateframework.github.io/specification/latest/), by tuf-js: the client that
// Sigstore's own library uses, over our own HTTP.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Updater } from "tuf-js";
import { UsageError } from "../../contract/error.ts";
import { LIMITS } from "../../contract/limits.ts";
import { replaceFile } from "../../files/draft-file.ts";
import { readBytes } from "../../files/read-bytes.ts";
import { WriteFailure, writing } from "../../files/write-failure.ts";
import type { Http } from "../../net/http/http.ts";
import { sigstoreRoot } from "../certificates/sigstore-root.ts";
import { versionOf } from "./metadata.ts";
import { tufRefusal, tufRefused } from "./refusal.ts";
import { TufFetcher } from "./tuf-fetcher.ts";

/** TUF repository: its mirror, the pinned root.json, and the metadata of the last update. */
export interface TufRepository {
  /** Base of the mirror's address. */
  readonly mirror: URL;
  /** The root.json that the user pinned: every update begins there. */
  readonly pinned: Uint8Array;
  /** Metadata of the last update by file name; lower versions are refused. */
  readonly seen: ReadonlyMap<string, Uint8Array>;
}

/** A trusted_root.json that the mirror's keys signed, with the metadata that show this. */
export interface TufUpdate {
  readonly trustedRoot: string;
  /** Metadata by file name. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly rootVersion: number;
}

/** Files of metadata that are kept between updates. */
export const TUF_METADATA = ["root.json", "timestamp.json", "snapshot.json", "targets.json"] as const;

const TARGET = "trusted_root.json";

/**
 * Fetches the newest trusted_root.json: successive roots from the pinned root, then timestamp, snapshot,
 * targets, and the target itself. Only a temporary folder is written.
 *
 * @throws InvalidInputError tuf-expired, tuf-rollback, tuf-signature, tuf-hash, tuf-too-large, tuf-invalid
 * @throws UsageError tuf-root-invalid
 * @throws UnavailableError tuf-answer; as networkError()
 */
export async function fetchTrustedRoot(http: Http, repository: TufRepository): Promise<TufUpdate> {
  const folder = writing(tmpdir(), () => mkdtempSync(join(tmpdir(), "douane-tuf-")));
  try {
    return await fetchInto(folder, http, repository);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fetchInto(
  folder: string,
  http: Http,
  { mirror, pinned, seen }: TufRepository,
): Promise<TufUpdate> {
  for (const name of TUF_METADATA) {
    const bytes = name === "root.json" ? pinned : seen.get(name);
    if (bytes !== undefined) replaceFile(join(folder, name), bytes);
  }
  const fetcher = new TufFetcher(http);
  const updater = openUpdater(folder, mirror, fetcher);
  try {
    await download(updater, folder);
  } catch (error) {
    throw fetcher.failure ?? localFailure(folder, error) ?? tufRefusal(error);
  }
  const read = (name: string) => textIn(join(folder, name));
  const [trustedRoot, root] = [read(TARGET), read("root.json")];
  const rootVersion = versionOf(Buffer.from(root)) ?? 0;
  const seenVersion = versionOf(seen.get("root.json")) ?? 0;
  if (rootVersion < seenVersion) throw rolledBack(rootVersion, seenVersion);
  verifyTrustedRoot(trustedRoot);
  return { trustedRoot, rootVersion, metadata: new Map(TUF_METADATA.map((name) => [name, read(name)])) };
}

/** Codes of a disk that cannot be written to, in the texts that tuf-js makes of errors. */
const LOCAL = /\b(ENOSPC|EDQUOT|EROFS|EACCES|EMFILE|ENFILE|EIO)\b/;

/** Failure of this machine rather than of the mirror; undefined for other errors. */
function localFailure(folder: string, error: unknown): WriteFailure | undefined {
  const code = LOCAL.exec(String(error))?.[1];
  return code === undefined ? undefined : new WriteFailure(folder, Object.assign(new Error(code), { code }));
}

function textIn(path: string): string {
  const bytes = readBytes(path, { most: LIMITS.attestationBytes });
  if (bytes === undefined) throw tufRefusal(new Error("Max length reached"));
  return Buffer.from(bytes).toString("utf8");
}

function openUpdater(metadataDir: string, mirror: URL, fetcher: TufFetcher): Updater {
  const base = mirror.href.replace(/\/$/, "");
  try {
    return new Updater({ metadataDir, metadataBaseUrl: base, targetBaseUrl: `${base}/targets`, fetcher });
  } catch {
    throw new UsageError("tuf-root-invalid", {
      fr: "la racine TUF épinglée n'est pas un root.json signé par ses propres clés. La reprendre chez qui publie le miroir, par une voie sûre.",
      en: "the pinned TUF root is not a root.json signed by its own keys. Get it again from whoever publishes the mirror, by a safe way.",
    });
  }
}

async function download(updater: Updater, folder: string): Promise<void> {
  const target = await updater.getTargetInfo(TARGET);
  if (target === undefined) throw new Error(`no target ${TARGET}`);
  if (target.length > LIMITS.settingsBytes) throw new Error("Max length reached");
  await updater.downloadTarget(target, join(folder, TARGET));
}

function rolledBack(version: number, seen: number): Error {
  return tufRefused("tuf-rollback", {
    fr: `le miroir s'arrête à la racine ${version}, et la dernière vue était la ${seen}`,
    en: `the mirror ends at root ${version}, and the last one seen was ${seen}`,
  });
}

/** Refuses a document that `verify` could not use. */
function verifyTrustedRoot(json: string): void {
  try {
    sigstoreRoot({ id: TARGET, kind: "sigstore", trustedRoot: { json, file: TARGET } });
  } catch {
    throw tufRefused("tuf-invalid", {
      fr: `le fichier ${TARGET} du miroir n'est pas une racine de confiance Sigstore`,
      en: `the mirror's ${TARGET} is not a Sigstore trusted root`,
    });
  }
}
