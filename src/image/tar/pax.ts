import { quotedUpTo } from "../../contract/shown.ts";
import { corruptImage } from "./corrupt-image.ts";

/** Extended header records by keyword. Values are bytes: xattrs hold NULs and bytes ≥ 0x80. */
export type PaxRecords = ReadonlyMap<string, Uint8Array>;

export const SPARSE_MAP = "GNU.sparse.map";

/**
 * Reads `LENGTH KEYWORD=VALUE\n` records (POSIX.1-2001, pax). Of equal keywords, the last counts, except for the
 * repeated pairs of GNU's sparse format 0.0, which are combined to the map of format 0.1.
 *
 * @throws InvalidInputError tar-pax
 */
export function parsePax(bytes: Uint8Array): PaxRecords {
  const records = new Map<string, Uint8Array>();
  const sparse: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { keyword, value, end } = parseRecord(bytes, at);
    if (keyword === "GNU.sparse.offset" || keyword === "GNU.sparse.numbytes") sparse.push(ascii(value));
    else records.set(keyword, value);
    at = end;
  }
  if (sparse.length > 0) records.set(SPARSE_MAP, Buffer.from(sparse.join(",")));
  return records;
}

/**
 * Number in a decimal record; undefined if the record is absent or empty (an empty value restores the
 * header's value).
 */
export function paxNumber(records: PaxRecords, keyword: string): number | undefined {
  const value = valueOf(records, keyword);
  if (value === undefined || value.length === 0) return undefined;
  const number = parseDecimal(ascii(value));
  if (number === undefined) throw invalid(`${keyword}=${ascii(value.subarray(0, READ))}`);
  return number;
}

/** Time in seconds, possibly with a fraction; undefined if invalid. */
export function paxTime(records: PaxRecords, keyword: string): number | undefined {
  const value = valueOf(records, keyword);
  if (value === undefined || value.length > 40) return undefined;
  const text = ascii(value);
  const time = /^-?\d{1,15}(?:\.\d*)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(time) ? time : undefined;
}

/** Name in a record. @throws if it contains NULs, which no path can contain */
export function paxName(records: PaxRecords, keyword: string): Uint8Array | undefined {
  const value = valueOf(records, keyword);
  if (value === undefined || value.length === 0) return undefined;
  if (value.includes(0)) throw invalid(`${keyword}=${ascii(value.subarray(0, READ))}`);
  return value;
}

/** Value of a record; fast for the usual entry without records, which is queried seven times. */
function valueOf(records: PaxRecords, keyword: string): Uint8Array | undefined {
  return records.size === 0 ? undefined : records.get(keyword);
}

/** Value of decimal digits below 2^53. */
export function parseDecimal(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}

function parseRecord(bytes: Uint8Array, at: number): { keyword: string; value: Uint8Array; end: number } {
  const space = bytes.indexOf(0x20, at);
  const length = space === -1 || space - at > 8 ? undefined : parseDecimal(ascii(bytes.subarray(at, space)));
  const end = at + (length ?? 0);
  const equals = bytes.indexOf(0x3d, space + 1);
  const isRecord = end <= bytes.length && equals > space + 1 && equals < end - 1 && bytes[end - 1] === 0x0a;
  if (length === undefined || !isRecord) throw invalid(ascii(bytes.subarray(at, at + READ)));
  return {
    keyword: Buffer.from(bytes.subarray(space + 1, equals)).toString("utf8"),
    value: bytes.subarray(equals + 1, end - 1),
    end,
  };
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** READ: bytes that are parsed. SHOWN: characters quoted in an error. */
const READ = 300;
const SHOWN = 40;

function invalid(seen: string): Error {
  return corruptImage("tar-pax", {
    fr: `enregistrement PAX invalide dans le tar : ${quotedUpTo(SHOWN, seen)}`,
    en: `invalid PAX record in the tar: ${quotedUpTo(SHOWN, seen)}`,
  });
}
