import type { SettingLine } from "./setting-line.ts";

/** A text of protocol 0, by itself on a line behind marks. */
const BY_LINE = /(?:^|\n)[^\n]{0,20}?[VS]'?([^\n']{1,127})'?(?=\n)/g;
/** Bytes of BINUNICODE's length above the first. */
const SHORT = "\0\0\0";
/** First characters of SHORT_BINUNICODE, a byte that is no UTF-8, and of BINUNICODE. */
const [NOT_UTF8, BINUNICODE] = ["\uFFFD", "X"];
const [SPACE, LONGEST] = [32, 127];
const NAME = /^[A-Za-z_][\w.-]{0,100}$/;
/** Maximum number of texts of settings; a model has thousands. */
const MOST = 2_000;

/**
 * Settings of a pickle, which is not executed: a text that follows a name is the value of that name, as in a
 * dictionary. In the content, bytes that are not UTF-8 are U+FFFD; texts of 128 bytes or more are skipped.
 */
export function pickleSettings(content: string): readonly SettingLine[] {
  const texts = content.startsWith("(") ? textsByLine(content) : textsOf(content);
  return texts.flatMap((value, index) => {
    const name = texts[index - 1];
    return name !== undefined && NAME.test(name) ? [{ name, value, line: 1 }] : [];
  });
}

function textsByLine(content: string): readonly string[] {
  return [...content.matchAll(BY_LINE)].slice(0, MOST).map(([, text = ""]) => text);
}

function textsOf(content: string): readonly string[] {
  const texts: string[] = [];
  for (let index = 0; index < content.length && texts.length < MOST; index += 1) {
    const begin = beginOf(content, index);
    if (begin === undefined) continue;
    const length = content.charCodeAt(index + 1);
    const text = content.slice(begin, begin + length);
    // A byte before other bytes is not a length.
    if (length === 0 || length > LONGEST || !isPlain(text)) continue;
    texts.push(text);
    index = begin + length - 1;
  }
  return texts;
}

/** Index of the text in a string opcode that begins at this index; undefined if none begins here. */
function beginOf(content: string, index: number): number | undefined {
  if (content[index] === NOT_UTF8) return index + 2;
  const isLong = content[index] === BINUNICODE && content.startsWith(SHORT, index + 2);
  return isLong ? index + 2 + SHORT.length : undefined;
}

function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) < SPACE) return false;
  return true;
}
