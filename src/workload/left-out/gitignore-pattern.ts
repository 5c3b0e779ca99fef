/**
 * One line of a file in gitignore's format (https://git-scm.com/docs/gitignore). It is matched without
 * regular expressions, since the files are hostile and a line of stars would take a day.
 */
export interface Pattern {
  readonly segments: readonly Segment[];
  /** Set by a leading `!`: re-includes matching files. */
  readonly negated: boolean;
  /** Set if the pattern ends in `/`. */
  readonly foldersOnly: boolean;
}

/** Part of a pattern: `**`, or a pattern for one path segment. */
type Segment = "**" | readonly Token[];

type Token = "*" | "?" | { readonly is: string } | Class;

interface Class {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Parses a line; undefined for an empty line or a comment. */
export function parsePattern(line: string): Pattern | undefined {
  const trimmed = withoutEnd(line);
  if (trimmed === "" || trimmed.startsWith("#")) return undefined;
  const negated = trimmed.startsWith("!");
  const body = negated ? trimmed.slice(1) : trimmed;
  const foldersOnly = body.endsWith("/");
  const path = foldersOnly ? body.slice(0, -1) : body;
  if (path === "" || path === "/") return undefined;
  const parts = path.split("/");
  const anchored = parts.length > 1;
  const named = parts[0] === "" ? parts.slice(1) : parts;
  const segments = named.map((part): Segment => (part === "**" ? "**" : tokensOf(part)));
  return { segments: anchored ? segments : ["**", ...segments], negated, foldersOnly };
}

/** The line without trailing blanks, unless escaped by a backslash. */
function withoutEnd(line: string): string {
  let end = line.endsWith("\r") ? line.length - 1 : line.length;
  while ((line[end - 1] === " " || line[end - 1] === "\t") && line[end - 2] !== "\\") end -= 1;
  return line.slice(0, end);
}

/** Segments of a path as bytes, which git compares; computed once for all lines. */
export type PathParts = readonly string[];

/** @param path path with `/`, relative to the folder of the file with the pattern */
export function partsOf(path: string): PathParts {
  return path.split("/").map(bytesOf);
}

export function matches({ segments, foldersOnly }: Pattern, path: PathParts, isFolder: boolean): boolean {
  if (foldersOnly && !isFolder) return false;
  // A pattern without `/`, as in most lines, matches the last segment.
  const [first, name, ...more] = segments;
  if (first === "**" && name !== undefined && name !== "**" && more.length === 0) {
    return matchesPart(name, path.at(-1) ?? "");
  }
  // Backtracking to the last of several `**` suffices, as for stars in a segment.
  let [at, part, backAt, backPart] = [0, 0, -1, 0];
  while (part < path.length) {
    const segment = segments[at];
    if (segment === "**") {
      // A trailing `**` matches only content: at least one segment.
      if (at === segments.length - 1) return true;
      [backAt, backPart] = [at, part];
      at += 1;
    } else if (segment !== undefined && matchesPart(segment, path[part] ?? "")) {
      at += 1;
      part += 1;
    } else if (backAt >= 0) {
      backPart += 1;
      [at, part] = [backAt + 1, backPart];
    } else return false;
  }
  return at === segments.length;
}

function matchesPart(tokens: readonly Token[], characters: string): boolean {
  let [at, index, backAt, backIndex] = [0, 0, -1, 0];
  while (index < characters.length) {
    const token = tokens[at];
    if (token === "*") {
      [backAt, backIndex] = [at, index];
      at += 1;
    } else if (token !== undefined && matchesOne(token, characters.charAt(index))) {
      at += 1;
      index += 1;
    } else if (backAt >= 0) {
      backIndex += 1;
      [at, index] = [backAt + 1, backIndex];
    } else return false;
  }
  while (tokens[at] === "*") at += 1;
  return at === tokens.length;
}

function matchesOne(token: Exclude<Token, "*">, character: string): boolean {
  if (token === "?") return true;
  if ("is" in token) return token.is === character;
  const point = character.charCodeAt(0);
  return token.ranges.some(([from, to]) => from <= point && point <= to) !== token.negated;
}

/** Text with one character per byte. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function tokensOf(text: string): readonly Token[] {
  const characters = bytesOf(text).split("");
  const tokens: Token[] = [];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index] ?? "";
    const bracket = character === "[" ? classAt(characters, index) : undefined;
    if (bracket !== undefined) {
      tokens.push(bracket.token);
      index = bracket.end;
    } else if (character === "\\" && index + 1 < characters.length) {
      index += 1;
      tokens.push({ is: characters[index] ?? "" });
    } else if (character === "*") {
      // Consecutive stars are equivalent to a single star.
      if (tokens.at(-1) !== "*") tokens.push("*");
    } else tokens.push(character === "?" ? "?" : { is: character });
  }
  return tokens;
}

/** Character class `[a-z]` or `[!x]`; undefined without a closing bracket. */
function classAt(characters: readonly string[], start: number) {
  const negated = characters[start + 1] === "!" || characters[start + 1] === "^";
  const first = start + (negated ? 2 : 1);
  const end = characters.indexOf("]", first + 1);
  if (end < 0) return undefined;
  const ranges: (readonly [number, number])[] = [];
  const points = characters.slice(first, end).map((one) => one.charCodeAt(0));
  for (let index = 0; index < points.length; index += 1) {
    const from = points[index] ?? 0;
    const to = characters[first + index + 1] === "-" ? points[index + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) index += 2;
  }
  return { token: { negated, ranges }, end };
}
