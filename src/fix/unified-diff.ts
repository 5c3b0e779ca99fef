// The unified format that git apply and patch read: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html

import type { Origins } from "./line-origins.ts";

/** Lines shown around a change. */
const CONTEXT = 3;

/** Lines from `from` to `to` (exclusive, from 0), replaced by lines of the new text. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * The difference between two texts in the unified format; empty for equal texts.
 *
 * @param name name of the file, relative
 * @param origins origins of the new text's lines
 */
export function unifiedDiff(name: string, before: string, after: string, origins: Origins): string {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const changes = changesOf(old, fresh, origins);
  if (changes.length === 0) return "";
  return [
    `--- ${fileName("a", name)}\n+++ ${fileName("b", name)}\n`,
    ...hunksOf(changes).map((hunk) => hunkText(hunk, old, fresh)),
  ].join("");
}

/** Lines with their line breaks. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]+\n?|\n/g) ?? [];
}

function changesOf(old: readonly string[], fresh: readonly string[], origins: Origins): readonly Change[] {
  const changes: Change[] = [];
  let [from, newFrom] = [0, 0];
  for (let line = 0; line <= fresh.length; line++) {
    const origin = line === fresh.length ? old.length : (origins[line] ?? -1);
    if (origin < 0) continue;
    const change = trimmed({ from, to: origin, newFrom, newTo: line }, old, fresh);
    if (change.to > change.from || change.newTo > change.newFrom) changes.push(change);
    [from, newFrom] = [origin + 1, line + 1];
  }
  return changes;
}

/** The change without equal lines at its start and end. */
function trimmed(change: Change, old: readonly string[], fresh: readonly string[]): Change {
  let { from, to, newFrom, newTo } = change;
  while (from < to && newFrom < newTo && old[from] === fresh[newFrom]) {
    from += 1;
    newFrom += 1;
  }
  while (from < to && newFrom < newTo && old[to - 1] === fresh[newTo - 1]) {
    to -= 1;
    newTo -= 1;
  }
  return { from, to, newFrom, newTo };
}

/** Groups changes into hunks: changes whose contexts touch share a hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  let reached = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    if (change.from - reached > 2 * CONTEXT) hunks.push([]);
    hunks.at(-1)?.push(change);
    reached = change.to;
  }
  return hunks;
}

function hunkText(changes: readonly Change[], old: readonly string[], fresh: readonly string[]): string {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return "";
  const start = Math.max(first.from - CONTEXT, 0);
  const end = Math.min(last.to + CONTEXT, old.length);
  const newStart = first.newFrom - (first.from - start);
  const newEnd = last.newTo + (end - last.to);
  const lines: string[] = [];
  let at = start;
  for (const { from, to, newFrom, newTo } of changes) {
    lines.push(...marked(" ", old.slice(at, from)));
    lines.push(...marked("-", old.slice(from, to)), ...marked("+", fresh.slice(newFrom, newTo)));
    at = to;
  }
  lines.push(...marked(" ", old.slice(at, end)));
  return `@@ -${range(start, end)} +${range(newStart, newEnd)} @@\n${lines.join("")}`;
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map(
    (line) => `${mark}${line}${line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n"}`,
  );
}

function range(from: number, to: number): string {
  const count = to - from;
  return `${count === 0 ? from : from + 1},${count}`;
}

/** File name as git writes it: quoted if it would break the line; followed by a tab if it contains spaces. */
function fileName(prefix: string, name: string): string {
  const path = `${prefix}/${name}`;
  // oxlint-disable-next-line no-control-regex -- these are what has to be escaped
  if (/[\u0000-\u001f\u007f"\\]/.test(path)) {
    // oxlint-disable-next-line no-control-regex -- as above
    return `"${path.replace(/[\u0000-\u001f\u007f"\\]/g, escaped)}"`;
  }
  return path.includes(" ") ? `${path}\t` : path;
}

function escaped(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  return `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
}
