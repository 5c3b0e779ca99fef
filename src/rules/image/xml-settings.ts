import type { SettingLine } from "./setting-line.ts";

const OPENING = /<(\/?)([A-Za-z_][\w:.-]{0,100})((?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'){0,200}?)(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_][\w:.-]{0,100})\s{0,20}=\s{0,20}("[^"]{0,2000}"|'[^']{0,2000}')/g;
const TEXT = /[^<]{1,2000}/y;
/** Attributes with the name of an element's value, and attributes with the value itself. */
const NAMES = ["key", "name"];
const VALUES = ["value", "connectionString", "text"];
const MOST_OPEN = 50;

/**
 * Settings of an XML file: texts of elements (`<host>x</host>`), attributes (`<Resource url="x"/>`) and pairs
 * (`<add key="host" value="x"/>`, `<entry key="host">x</entry>`).
 */
export function xmlSettings(content: string): readonly SettingLine[] {
  const found: SettingLine[] = [];
  const open: string[] = [];
  const lineAt = lineCounter(content);
  for (let at = content.indexOf("<"); at >= 0; at = content.indexOf("<", at)) {
    const past = passed(content, at);
    OPENING.lastIndex = at;
    const tag = past === undefined ? OPENING.exec(content) : null;
    if (tag === null) {
      at = past ?? at + 1;
      continue;
    }
    const [whole, closing, element = "", attributes = "", single] = tag;
    const line = lineAt(at);
    at += whole.length;
    if (closing === "/") open.pop();
    else {
      const own = nameOf(attributes);
      found.push(...ofAttributes({ element, own, attributes, open, line }));
      if (single === "/" || open.length >= MOST_OPEN) continue;
      open.push(own ?? element);
      TEXT.lastIndex = at;
      const value = TEXT.exec(content)?.[0].trim() ?? "";
      if (value !== "") found.push({ name: open.join("."), value: decoded(value), line });
    }
  }
  return found;
}

interface Element {
  readonly element: string;
  readonly own: string | undefined;
  readonly attributes: string;
  readonly open: readonly string[];
  readonly line: number;
}

function ofAttributes({ element, own, attributes, open, line }: Element): readonly SettingLine[] {
  return attributesOf(attributes).map(([name, value]) => {
    const names = own !== undefined && VALUES.includes(name) ? [own] : [element, name];
    return { name: [...open, ...names].join("."), value, line };
  });
}

/** End of a comment, an instruction or a declaration; undefined for an element. */
function passed(content: string, at: number): number | undefined {
  const closing = content.startsWith("<!--", at)
    ? "-->"
    : content.startsWith("<?", at) || content.startsWith("<!", at)
      ? ">"
      : undefined;
  if (closing === undefined) return undefined;
  const end = content.indexOf(closing, at + 2);
  return end < 0 ? content.length : end + closing.length;
}

function attributesOf(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(ATTRIBUTE)].map(([, name = "", value = ""]) => [
    name,
    decoded(value.slice(1, -1)),
  ]);
}

function nameOf(attributes: string): string | undefined {
  return attributesOf(attributes).find(([name]) => NAMES.includes(name))?.[1];
}

function decoded(value: string): string {
  return value.replaceAll("&quot;", '"').replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}

/** Line number of ascending offsets. */
function lineCounter(content: string): (at: number) => number {
  let [line, seen] = [1, 0];
  return (at) => {
    for (; seen < at; seen++) if (content[seen] === "\n") line += 1;
    return line;
  };
}
