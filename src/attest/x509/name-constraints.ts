// Name constraints: RFC 5280, section 4.2.1.10, for alternative names that are e-mail addresses, DNS names
// and URIs. Constraints of another form forbid certificates with a name of that form.

import type { Certificate } from "./certificate.ts";
import { childrenOf, type Der, parseDer, sequenceOf } from "./der.ts";

const NAME_CONSTRAINTS = "2.5.29.30";
const ALTERNATIVE_NAME = "2.5.29.17";

/** Kinds of GeneralName, by tag. */
const EMAIL = 0x81;
const DNS = 0x82;
const URI = 0x86;

type Extensions = Pick<Certificate, "extensions">;

/**
 * Whether an authority's constraints allow the alternative names of a certificate below it.
 *
 * @throws DerError if constraints or names are not readable
 */
export function allowsNames(authority: Extensions, below: Extensions): boolean {
  const value = authority.extensions.get(NAME_CONSTRAINTS);
  if (value === undefined) return true;
  const parts = sequenceOf(parseDer(value));
  const [permitted, excluded] = [0xa0, 0xa1].map((tag) =>
    parts.filter((one) => one.tag === tag).flatMap(bases),
  );
  return namesOf(below).every((name) => {
    const ofForm = (all: readonly Der[] = []) => all.filter(({ tag }) => tag === name.tag);
    if (![EMAIL, DNS, URI].includes(name.tag))
      return ofForm(permitted).length + ofForm(excluded).length === 0;
    const [within, without] = [ofForm(permitted), ofForm(excluded)];
    const isPermitted = within.length === 0 || within.some((base) => isWithin(name, base));
    return isPermitted && !without.some((base) => isWithin(name, base));
  });
}

/** Bases of subtrees; their minimum and maximum are always absent (RFC 5280), and change nothing here. */
function bases(subtrees: Der): readonly Der[] {
  return childrenOf(subtrees).flatMap((one) => sequenceOf(one).slice(0, 1));
}

function namesOf({ extensions }: Extensions): readonly Der[] {
  const value = extensions.get(ALTERNATIVE_NAME);
  return value === undefined ? [] : sequenceOf(parseDer(value));
}

/** Whether a name is in the subtree of a base. */
function isWithin({ tag, content }: Der, { content: base }: Der): boolean {
  const [name, constraint] = [content, base].map((one) => one.toString("latin1").toLowerCase());
  if (name === undefined || constraint === undefined) return false;
  if (tag === DNS) return constraint === "" || name === constraint || name.endsWith(`.${constraint}`);
  if (tag === EMAIL && constraint.includes("@")) return name === constraint;
  const host = tag === EMAIL ? name.slice(name.lastIndexOf("@") + 1) : hostOf(name);
  if (constraint === "") return true;
  return constraint.startsWith(".") ? host.endsWith(constraint) : host === constraint;
}

/** Host of a URI; "" without a host, which no constraint on hosts permits. */
function hostOf(uri: string): string {
  return URL.canParse(uri) ? new URL(uri).hostname : "";
}
