import { styleText } from "node:util";
import stringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";
import { logLine, visible } from "./escape.ts";
import type { ReportOptions } from "./report.ts";

export type Style = Parameters<typeof styleText>[0];

/** Output to a terminal, which escapes, wraps and then colours every text. */
export interface Terminal {
  /** Width in columns. */
  readonly width: number;
  readonly paint: (style: Style, text: string) => string;
  /** Whether texts are shown without being shortened. */
  readonly verbose: boolean;
  /** Whether findings are shown with their fingerprints. */
  readonly fingerprints: boolean;
}

/** Range of widths: below 40 columns a text is unreadable; beyond 120 lines are hard to follow. */
const NARROWEST = 40;
const WIDEST = 120;
const DEFAULT_WIDTH = 80;

export function terminal({
  width = DEFAULT_WIDTH,
  color = false,
  view = {},
}: Pick<ReportOptions, "width" | "color" | "view">): Terminal {
  return {
    verbose: view.verbose === true,
    fingerprints: view.fingerprints === true,
    width: Math.min(WIDEST, Math.max(NARROWEST, width)),
    // The caller decides about colour, not the stream of this process.
    paint: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  };
}

/** Cache of wrapped texts, since many subjects share them; bounded in number and in length of a text. */
const KEPT = { texts: 2_000, length: 1_000 };
const WRAPPED = new Map<string, readonly string[]>();

/**
 * Lines of at most `width` columns. A space before French punctuation, or inside guillemets, does
 * not break; a word longer than a line does.
 */
export function wrap(text: string, width: number): readonly string[] {
  if (text.length > KEPT.length) return wrapped(text, width);
  const key = `${width} ${text}`;
  const known = WRAPPED.get(key);
  if (known !== undefined) return known;
  const lines = wrapped(text, width);
  if (WRAPPED.size < KEPT.texts) WRAPPED.set(key, lines);
  return lines;
}

/** Words of ASCII and Latin-1, each character one column wide, with single spaces. */
const PLAIN = /^[!-~\u00a1-\u00ac\u00ae-\u00ff]+(?: [!-~\u00a1-\u00ac\u00ae-\u00ff]+)*$/;

function wrapped(text: string, width: number): readonly string[] {
  const shown = visible(text);
  if (shown.length <= width && PLAIN.test(shown)) return [logLine(shown)];
  const glued = shown.replace(/ (?=[:;?!»·])|(?<=«) /gu, "\u00a0");
  return wrapAnsi(glued, width, { hard: true }).replaceAll("\u00a0", " ").split("\n").map(logLine);
}

/** A paragraph that begins with `head`, already coloured; further lines are indented to its width. */
export function paragraph(
  { width, paint }: Terminal,
  { head, indent, text, style }: { head: string; indent: number; text: string; style?: Style },
): readonly string[] {
  const lines = wrap(text, width - indent);
  return lines.map((line, index) => {
    const painted = style === undefined ? line : paint(style, line);
    return `${index === 0 ? head : " ".repeat(indent)}${painted}`;
  });
}

/** The text padded with spaces on the right to this width. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

/** The text padded with spaces on the left, for numbers. */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - stringWidth(text))) + text;
}

/** The text escaped and shortened to this width, with an ellipsis at the end. */
export function elide(text: string, columns: number): string {
  const shown = visible(text);
  if (stringWidth(shown) <= columns) return shown;
  // Wide characters take two columns, combining characters none. A very long text is not measured completely.
  const characters = Array.from(shown.slice(0, columns * 8));
  let [fits, most] = [0, characters.length];
  while (fits < most) {
    const middle = Math.ceil((fits + most) / 2);
    if (stringWidth(characters.slice(0, middle).join("")) < columns) fits = middle;
    else most = middle - 1;
  }
  return `${characters.slice(0, fits).join("")}…`;
}

/** Same as elide(), with the ellipsis at the start, for names whose end is more specific. */
export function elideStart(text: string, columns: number): string {
  const shown = visible(text);
  if (stringWidth(shown) <= columns) return shown;
  const characters = Array.from(shown.slice(-columns * 8));
  let [most, fits] = [0, characters.length];
  while (most < fits) {
    const middle = Math.floor((most + fits) / 2);
    if (stringWidth(characters.slice(middle).join("")) < columns) fits = middle;
    else most = middle + 1;
  }
  return `…${characters.slice(fits).join("")}`;
}

/** Same as elide(), for paths: the last folders and the file's name are kept. */
export function elidePath(path: string, columns: number): string {
  const shown = visible(path);
  if (stringWidth(shown) <= columns) return shown;
  const [, ...parts] = shown.slice(-columns * 8).split("/");
  const rests = parts.map((_, index) => `…/${parts.slice(index).join("/")}`);
  return rests.find((rest) => stringWidth(rest) <= columns) ?? elide(shown, columns);
}
