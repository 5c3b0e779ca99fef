import type { Origins } from "../line-origins.ts";

/** A replacement of lines of a text. */
export interface LineEdit {
  /**
   * Index of the first removed line, from 0; if none is removed, of the line before which lines are added.
   */
  readonly at: number;
  readonly removed: number;
  /** Added lines, without line ends. */
  readonly added: readonly string[];
}

export interface EditedLines {
  readonly text: string;
  /** Original line of each line of the new text. */
  readonly origins: Origins;
}

/** Lines with their line ends. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]+\n?|\n/g) ?? [];
}

/** Applies an edit; new lines take the line ending of the file, all other bytes stay. */
export function editLines(text: string, { at, removed, added }: LineEdit): EditedLines {
  const lines = linesOf(text);
  const end = lines.some((line) => line.endsWith("\r\n")) ? "\r\n" : "\n";
  const before = lines.slice(0, at);
  const last = before.at(-1);
  // A last line without a line break gets a line break if lines follow.
  const isOpen = last !== undefined && !last.endsWith("\n") && added.length > 0;
  const closed = isOpen ? [...before.slice(0, -1), `${last}${end}`] : before;
  const rest = lines.slice(at + removed);
  const wasOpen = removed > 0 && rest.length === 0 && lines.at(-1)?.endsWith("\n") === false;
  const fresh = added.map((line, index) => (wasOpen && index === added.length - 1 ? line : `${line}${end}`));
  return {
    text: [...closed, ...fresh, ...rest].join(""),
    origins: [
      ...closed.map((_, index) => (isOpen && index === at - 1 ? -1 : index)),
      ...fresh.map(() => -1),
      ...rest.map((_, index) => at + removed + index),
    ],
  };
}
