import { SaxesParser } from "saxes";
import { LIMITS } from "../contract/limits.ts";
import { quotedUpTo } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";

/** Reason why an XML text is refused. */
export interface XmlProblem {
  readonly code: "does-not-parse" | "encoding" | "too-large";
  readonly message: Text;
}

/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  /** URI of the element's namespace; "" without a namespace. */
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text directly in the element, trimmed. */
  readonly text: string;
}

interface Open extends XmlElement {
  readonly children: Open[];
  text: string;
}

/**
 * Root element of an XML text, or the reason of a refusal: not well-formed, too deep or too long, or not
 * UTF-8. A document type is always refused: no supported format has one, and its entities could expand
 * without bound.
 *
 * @param what name of the document in messages
 */
export function xmlTree(text: string, what: string): { readonly root: XmlElement } | XmlProblem {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Open[] = [];
  let root: Open | undefined;
  let elements = 0;
  parser.on("error", (error) => {
    throw new Refused(malformed(what, error.message));
  });
  parser.on("doctype", () => {
    throw new Refused(documentType(what));
  });
  parser.on("xmldecl", ({ encoding = "utf-8" }) => {
    if (encoding.toLowerCase() !== "utf-8") throw new Refused(encoded(what, encoding));
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    elements++;
    if (elements > LIMITS.xmlElements) throw new Refused(tooMany(what));
    if (open.length >= LIMITS.jsonDepth) throw new Refused(tooDeep(what));
    const named = Object.values(attributes).map((one) => [one.local, one.value] as const);
    const element: Open = { name: local, namespace: uri, attributes: new Map(named), children: [], text: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (element !== undefined) element.text = element.text.trim();
  });
  const add = (more: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += more;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Refused) return error.problem;
    throw error;
  }
  return root === undefined ? malformed(what, "") : { root };
}

/** Error that ends the parser, which cannot be ended otherwise. */
class Refused extends Error {
  readonly problem: XmlProblem;

  constructor(reason: XmlProblem) {
    super(reason.message.en);
    this.problem = reason;
  }
}

function problem(code: XmlProblem["code"], message: Text): XmlProblem {
  return { code, message };
}

function malformed(what: string, reason: string): XmlProblem {
  const shown = quotedUpTo(120, reason);
  return problem("does-not-parse", {
    fr: `${what} : le document n'est pas du XML bien formé (${shown}).`,
    en: `${what}: the document is not well-formed XML (${shown}).`,
  });
}

function documentType(what: string): XmlProblem {
  return problem("does-not-parse", {
    fr: `${what} : le document XML déclare un type (<!DOCTYPE), qu'aucun format lu ici ne demande ; les entités qu'il peut définir ne sont pas développées.`,
    en: `${what}: the XML document declares a type (<!DOCTYPE), which no format read here needs; entities that it may define are not expanded.`,
  });
}

function encoded(what: string, encoding: string): XmlProblem {
  const shown = quotedUpTo(40, encoding);
  return problem("encoding", {
    fr: `${what} : le document XML se dit en ${shown} ; seul UTF-8 est lu.`,
    en: `${what}: the XML document says that it is ${shown}; only UTF-8 is read.`,
  });
}

function tooMany(what: string): XmlProblem {
  return problem("too-large", {
    fr: `${what} : le document XML a plus de ${LIMITS.xmlElements} éléments (limite xmlElements).`,
    en: `${what}: the XML document has more than ${LIMITS.xmlElements} elements (limit xmlElements).`,
  });
}

function tooDeep(what: string): XmlProblem {
  return problem("too-large", {
    fr: `${what} : le document XML dépasse ${LIMITS.jsonDepth} niveaux d'imbrication (limite jsonDepth).`,
    en: `${what}: the XML document nests deeper than ${LIMITS.jsonDepth} levels (limit jsonDepth).`,
  });
}
