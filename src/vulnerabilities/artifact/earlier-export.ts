import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDigest } from "../../contract/digest.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { fieldsOf } from "../../json/fields.ts";
import { type DataIndex, parseDataIndex } from "../database/data-index.ts";

/** An export in a folder. */
export interface EarlierExport {
  readonly folder: string;
  readonly index: DataIndex;
}

/**
 * Reads an earlier export without trusting it: deltas made from it are verified by their users.
 *
 * @param folder absolute path
 * @throws UsageError earlier-export-unreadable
 */
export function readEarlierExport(folder: string): EarlierExport {
  try {
    const { manifests } = fieldsOf(JSON.parse(readFileSync(join(folder, "index.json"), "utf8")));
    const [listed] = Array.isArray(manifests) ? manifests : [];
    const { config } = fieldsOf(JSON.parse(readBlob(folder, fieldsOf(listed)["digest"]).toString("utf8")));
    const bytes = readBlob(folder, fieldsOf(config)["digest"]);
    return { folder, index: parseDataIndex(bytes, folder) };
  } catch (error) {
    throw unreadable(folder, error);
  }
}

export function blobPath(folder: string, sha256: string): string {
  return join(folder, "blobs", "sha256", sha256);
}

function readBlob(folder: string, digest: unknown): Buffer {
  if (typeof digest !== "string" || !isDigest(digest)) throw new Error("digest");
  return readFileSync(blobPath(folder, digest.slice("sha256:".length)));
}

function unreadable(folder: string, cause: unknown): UsageError {
  return new UsageError(
    "earlier-export-unreadable",
    {
      fr: `${quoted(folder)} : aucun export précédent lisible. Nommer un répertoire que douane vulns export a écrit.`,
      en: `${quoted(folder)}: no readable earlier export. Name a folder that \`douane vulns export\` wrote.`,
    },
    { cause },
  );
}
