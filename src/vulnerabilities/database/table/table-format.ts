// A sorted table of keys and their rows (as in Bigtable's SSTable): blocks of lines, deflated one by one with a common
// dictionary, followed by the data for finding the block of a key:
//
//   magic, format                      8 + 4 bytes
//   blocks                             deflate (raw) of lines: "=key", then its rows, each one line
//   index: about (JSON), dictionary, Bloom filter, places of the blocks, their first keys
//   footer                             place, length and CRC-32 of the index, magic

import { InvalidInputError } from "../../../contract/error.ts";
import { quoted } from "../../../contract/shown.ts";

export const MAGIC = Buffer.from("DOUANEVT", "latin1");
export const HEAD_BYTES = MAGIC.length + 4;
export const FOOTER_BYTES = 8 + 4 + 4 + MAGIC.length;
/** Bytes of a block's place: offset, length, CRC-32, end of its first key. */
export const PLACE_BYTES = 20;

/**
 * Format that is written; the previous format can be read, too. Since format 2, keys of Go, npm and apk are
 * in lower case.
 */
export const TABLE_FORMAT = 2;
export const READABLE_FORMATS: readonly number[] = [1, 2];

/** Bytes of lines after which a block ends; a key's rows stay together. */
export const BLOCK_BYTES = 4 * 1024;
/** Size of the dictionary; four times as large would make a table 3 % smaller and take twice as long. */
export const DICTIONARY_BYTES = 8 * 1024;

/** Metadata of a table. */
export interface TableAbout {
  /** Name of the source: `osv:npm`. */
  readonly source: string;
  /** Feed of the source: `osv`. */
  readonly feed: string;
  readonly records: number;
  /** Number of advisories by ecosystem, without malware; for a distribution, by release. */
  readonly ecosystems: Readonly<Record<string, number>>;
  /** SHA-256 (hex) of all lines, independent of compression. */
  readonly content: string;
}

export function damagedTable(file: string, what: string): InvalidInputError {
  return new InvalidInputError("vulnerability-table-damaged", {
    fr: `Les données de vulnérabilités ${quoted(file)} sont endommagées (${what}). Les importer de nouveau (douane vulns import, douane vulns update).`,
    en: `The vulnerability data ${quoted(file)} are damaged (${what}). Import them again (\`douane vulns import\`, \`douane vulns update\`).`,
  });
}

export function unreadableFormat(file: string, format: number): InvalidInputError {
  const known = READABLE_FORMATS.join(", ");
  return new InvalidInputError("vulnerability-data-format", {
    fr: `Les données de vulnérabilités ${quoted(file)} sont du format ${format} ; cette version de douane lit ${known}. Les importer de nouveau, ou mettre douane à jour.`,
    en: `The vulnerability data ${quoted(file)} are of format ${format}; this version of douane reads ${known}. Import them again, or update douane.`,
  });
}
