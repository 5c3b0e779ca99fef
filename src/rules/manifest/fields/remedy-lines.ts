import { excerpt } from "../../../contract/shown.ts";
import type { Text } from "../../../contract/text.ts";
import type { Holder } from "./holder.ts";

/** YAML that sets a field, and the place to add it; existing parents are not repeated. */
export function lineToAdd(holder: Holder, name: string, value: string): Text {
  const keys = name.split(".");
  const depth = depthOf(holder.spec, keys.slice(0, -1));
  const line = lineOf(keys.slice(depth), value);
  const parents = keys.slice(0, depth).join(".");
  if (parents === "" && holder.container !== undefined) {
    return { fr: `Ajouter « ${line} » au conteneur.`, en: `Add \`${line}\` to the container.` };
  }
  const where = below(holder, parents);
  return { fr: `Ajouter « ${line} » ${where.fr}.`, en: `Add \`${line}\` ${where.en}.` };
}

/** Line of YAML that replaces the field's own. */
export function lineToWrite(holder: Holder<object>, name: string, value: string): Text {
  const { line, where } = ownLine(holder, name, value);
  return { fr: `Écrire à la place « ${line} » ${where.fr}.`, en: `Write \`${line}\` ${where.en} instead.` };
}

/** Line of YAML to remove: the field's own. */
export function lineToRemove(holder: Holder<object>, name: string, value: string): Text {
  const { line, where } = ownLine(holder, name, value);
  return { fr: `Retirer « ${line} » ${where.fr}.`, en: `Remove \`${line}\` ${where.en}.` };
}

function ownLine(holder: Holder<object>, name: string, value: string): { line: string; where: Text } {
  const end = name.lastIndexOf(".");
  return {
    line: lineOf([name.slice(end + 1)], excerpt(value)),
    where: below(holder, name.slice(0, Math.max(end, 0))),
  };
}

/** Number of keys, from the first, whose mappings exist. */
function depthOf(spec: object, keys: readonly string[]): number {
  let at: unknown = spec;
  for (const [depth, key] of keys.entries()) {
    at = (at as Readonly<Record<string, unknown>>)[key];
    if (at === undefined) return depth;
  }
  return keys.length;
}

function lineOf(keys: readonly string[], value: string): string {
  const [key, ...inner] = keys;
  return inner.length === 0 ? `${key}: ${value}` : `${key}: { ${lineOf(inner, value)} }`;
}

function below({ path, container }: Holder<object>, parents: string): Text {
  if (container !== undefined) {
    return { fr: `sous ${parents} du conteneur`, en: `under the container's ${parents}` };
  }
  const where = parents === "" ? path : `${path}.${parents}`;
  return { fr: `sous ${where}`, en: `under ${where}` };
}
