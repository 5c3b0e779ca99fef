import { nameKind } from "./secret-name.ts";
import type { SettingValue } from "./setting-values.ts";

/** Maximum number of rows that are read; further rows of a table have the same columns. */
const MOST_ROWS = 200;
const LONGEST_ROW = 4_096;
const MOST_COLUMNS = 60;

/** A table's column with a secret's name. */
interface Column {
  readonly name: string;
  readonly index: number;
}

/** Comments before the names of the columns, and Excel's separator. */
const BEFORE_HEAD = /^(?:\u00ef\u00bb\u00bf)?(?:(?:#[^\n]{0,500}|sep=.|\s{0,20})\r?\n){0,20}/;

/** Values of a table's columns with a secret's name: `login;mot de passe`. */
export function tableValues(text: string): readonly SettingValue[] {
  const before = BEFORE_HEAD.exec(text)?.[0].length ?? 0;
  const headEnd = text.indexOf("\n", before);
  const head = text.slice(before, headEnd);
  if (headEnd < 0 || head.length > LONGEST_ROW) return [];
  const count = (separator: string): number => head.split(separator, MOST_COLUMNS).length;
  const separator = [",", ";", "\t", "|"].reduce((most, one) => (count(one) > count(most) ? one : most));
  if (count(separator) === 1) return [];
  const columns = secretColumns(head.split(separator, MOST_COLUMNS));
  return columns.length === 0 ? [] : inRows(text, headEnd + 1, separator, columns);
}

function secretColumns(names: readonly string[]): readonly Column[] {
  return names.flatMap((given, index) => {
    const name = Buffer.from(given.replace(/["'`[\]\s\ufeff]{1,5}/g, " ").trim(), "latin1").toString("utf8");
    const kind = nameKind(name);
    return kind === "password" || kind === "secret" ? [{ name, index }] : [];
  });
}

function inRows(
  text: string,
  from: number,
  separator: string,
  columns: readonly Column[],
): readonly SettingValue[] {
  const found: SettingValue[] = [];
  let offset = from;
  for (let row = 0; row < MOST_ROWS && offset < text.length; row++) {
    const end = text.indexOf("\n", offset) < 0 ? text.length : text.indexOf("\n", offset);
    const line = text.slice(offset, Math.min(end, offset + LONGEST_ROW));
    const cells = cellsOf(line, separator, '"');
    for (const { name, index } of columns) {
      const [start, stop] = cells[index] ?? [0, 0];
      found.push(...cellValue(name, line.slice(start, stop), offset + start));
    }
    offset = end + 1;
  }
  return found;
}

const INSERT =
  /\bINSERT INTO [\w."`[\]]{1,120}\s{0,5}\((?<names>[^()]{1,2000})\)\s{0,20}VALUES\s{0,20}\((?<values>[^()]{1,4000})\)/dgi;

/** Values that INSERT gives to columns with a secret's name; of several rows, the first. */
export function insertedValues(text: string): readonly SettingValue[] {
  return [...text.matchAll(INSERT)].slice(0, MOST_ROWS).flatMap((match) => {
    const { names = "", values = "" } = match.groups ?? {};
    const at = match.indices?.groups?.["values"]?.[0] ?? 0;
    const cells = cellsOf(values, ",", "'");
    return secretColumns(names.split(",", MOST_COLUMNS)).flatMap(({ name, index }) => {
      const [from, to] = cells[index] ?? [0, 0];
      const cell = values.slice(from, to);
      return cell.includes("'") ? cellValue(name, cell, at + from) : [];
    });
  });
}

/** Offsets of separated values; separators inside quotes do not separate. */
function cellsOf(
  values: string,
  separator: string,
  quote: string,
): readonly (readonly [from: number, to: number])[] {
  const cells: [number, number][] = [];
  let from = 0;
  let isQuoted = false;
  for (let at = 0; at <= values.length; at++) {
    const character = values.charAt(at);
    if (character === quote) isQuoted = !isQuoted;
    if (at < values.length && (isQuoted || character !== separator)) continue;
    cells.push([from, at]);
    from = at + 1;
  }
  return cells;
}

function cellValue(name: string, cell: string, at: number): readonly SettingValue[] {
  const lead = /^\s{0,20}N?["']?/.exec(cell)?.[0].length ?? 0;
  const value = cell.slice(lead).replace(/["']?\s{0,20}$/, "");
  return value === ""
    ? []
    : [{ name, value, start: at + lead, end: at + lead + value.length, isLoose: true }];
}
