import type { XmlElement } from "./xml-tree.ts";

/**
 * Element as plain data: an object with the element's name as its only key, so that the path of a text names
 * every enclosing element.
 */
export interface PlainElement {
  readonly [name: string]: {
    readonly attributes: Readonly<Record<string, string>>;
    readonly text: string;
    readonly children: readonly PlainElement[];
  };
}

export function plainElement({ name, attributes, children, text }: XmlElement): PlainElement {
  const content = { attributes: Object.fromEntries(attributes), text, children: children.map(plainElement) };
  return Object.fromEntries([[name, content]]);
}

/** XML document of an element without namespaces. The element's own text precedes its children. */
export function xmlText(root: PlainElement): string {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  write(root, parts);
  return parts.join("");
}

function write(element: PlainElement, parts: string[]): void {
  for (const [name, { attributes, text, children }] of Object.entries(element)) {
    const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
    parts.push(`<${name}${pairs.join("")}>`, escaped(text));
    for (const child of children) write(child, parts);
    parts.push(`</${name}>`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => ESCAPES[character] as string);
}
