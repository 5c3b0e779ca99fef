import type { Segment } from "../contract/field-path.ts";
import { inAnnotation } from "./annotation-secrets.ts";
import { inCommand } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import type { TextPlace } from "./map-texts.ts";
import { inMountOptions } from "./mount-options.ts";
import { firstWord, inPrograms, programBefore } from "./program-secrets.ts";
import { nameKind } from "./secret-name.ts";
import type { SecretSpan } from "./spans.ts";
import { weakPassword } from "./weak-password.ts";

/** Secrets in a text of a manifest, identified by the names in and around the text. */
export function suspectedBy(text: string, { path, parent, isKey }: TextPlace): readonly SecretSpan[] {
  if (isKey) return [];
  const field = path.at(-1);
  const holder = path.at(-2);
  if (holder === "annotations" || holder === "labels") return inAnnotation(String(field), text);
  const name =
    holder === "variables" || holder === "volumeAttributes"
      ? String(field)
      : field === "value"
        ? nameIn(parent)
        : undefined;
  if (name === undefined) return inCommand(text);
  if (holder === "volumeAttributes" && text.includes(",")) return inMountOptions(text);
  const named = [
    ...namedSecret({ name, value: text, start: 0, end: text.length }),
    ...(field === "value" && holder !== "variables" ? weakPassword(name, text) : []),
    ...inCommand(text),
  ];
  return HEADER.test(name) ? [...named, ...inHeader(`${name}: `, text)] : named;
}

/** Names of a probe's httpHeaders that carry credentials. */
const HEADER = /^(?:proxy-)?authorization$/i;

function inHeader(name: string, text: string): readonly SecretSpan[] {
  return inPrograms(name + text).map((span) => {
    return { ...span, start: span.start - name.length, end: span.end - name.length };
  });
}

/** Name of the mapping that holds the value: a variable, a sysctl. */
export function nameIn(parent: unknown): string | undefined {
  const { name } = (parent ?? {}) as { readonly name?: unknown };
  return typeof name === "string" ? name : undefined;
}

/** Whether a path leads to an annotation; kubectl stores whole manifests in annotations. */
export function isAnnotation(path: readonly Segment[]): boolean {
  return path.at(-2) === "annotations";
}

/**
 * Context of a word of a command line: `--password` before `x` gives `password=`; or `curl -u `. Empty for
 * other texts.
 */
export function wordBefore({ path, parent }: TextPlace): string {
  const index = path.at(-1);
  if (typeof index !== "number" || !Array.isArray(parent)) return "";
  if (path.at(-2) !== "command" && path.at(-2) !== "args") return "";
  // Access list of Redis in separate words: `ACL SETUSER app on >secret`, `--user "app on >secret ~*"`.
  const text = String(parent[index] ?? "");
  const user = text.startsWith(">") ? firstWord(parent, SETUSER) : -1;
  if (user !== -1 && user < index) return "SETUSER ";
  if (parent[index - 1] === "--user" && text.includes(" >")) return "user ";
  const flag = FLAG.exec(String(parent[index - 1] ?? ""))?.[1];
  return nameKind(flag ?? "") === undefined ? programBefore(parent, index) : `${flag}=`;
}

const SETUSER = /^setuser$/i;
const FLAG = /^--?([\w.-]{2,100})$/;
