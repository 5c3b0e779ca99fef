import type { z } from "zod";
import { parsedBy } from "../../contract/parsed-by.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { suggestion } from "../command-line/nearest.ts";
import { describeIssue } from "./describe-issue.ts";
import { settingsError } from "./document/settings-error.ts";
import type { YamlFile } from "./document/yaml.ts";

/** Schema of a kind of settings file, with hints for misplaced keys. */
export interface SettingsKind<T> {
  readonly schema: z.ZodType<T>;
  /** Keys of the schema by path (`""` for the top level), for suggestions. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  readonly elsewhere?: Readonly<Record<string, Text>>;
}

/** Settings in a YAML file; a UsageError `settings-invalid` names file, line, column, key and value. */
export function validate<T>(yaml: YamlFile, file: string, kind: SettingsKind<T>): T {
  const place = pathOfProto(yaml.value);
  if (place !== undefined) throw settingsError(file, yaml.positionOfKey(place, PROTO), NO_PROTO);
  const parsed = parsedBy({ safeParse: (value) => kind.schema.safeParse(value, ONCE) }, yaml.value);
  if (parsed === undefined) throw settingsError(file, yaml.positionOf([]), TOO_MANY);
  if (parsed.success) return parsed.data;
  // A misspelt key is reported first, since it explains why another is missing.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (issue === undefined) throw parsed.error;
  const { path } = issue;
  if (issue.code !== "unrecognized_keys") {
    throw settingsError(file, yaml.positionOf(path), describeIssue(issue, valueAt(yaml.value, path)));
  }
  const key = issue.keys[0] ?? "";
  throw settingsError(file, yaml.positionOfKey(path, key), unknownKey(key, path, kind));
}

/** Settings are parsed once: compiling a parser for each object, as zod does, takes longer. */
const ONCE = { jitless: true } as const;

const PROTO = "__proto__";

/**
 * Path of a mapping with a `__proto__` key, which schemas silently drop from records. Visited values end
 * cycles through aliases.
 */
function pathOfProto(
  value: unknown,
  path: readonly PropertyKey[] = [],
  seen = new Set<object>(),
): readonly PropertyKey[] | undefined {
  if (typeof value !== "object" || value === null || seen.has(value)) return undefined;
  seen.add(value);
  if (Object.hasOwn(value, PROTO)) return path;
  for (const [key, one] of Object.entries(value)) {
    const found = pathOfProto(one, [...path, Array.isArray(value) ? Number(key) : key], seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

const NO_PROTO: Text = {
  fr: `la clé ${quoted(PROTO)} n'est pas permise`,
  en: `the key ${quoted(PROTO)} is not allowed`,
};

const TOO_MANY: Text = {
  fr: "plus de fautes que l'on ne peut en nommer ; est-ce bien le bon fichier ?",
  en: "more mistakes than can be named; is it the right file?",
};

function unknownKey<T>(key: string, path: readonly PropertyKey[], kind: SettingsKind<T>): Text {
  const { elsewhere = {} } = kind;
  const said = path.length === 0 && Object.hasOwn(elsewhere, key) ? elsewhere[key] : undefined;
  if (said !== undefined) return said;
  const level = path.filter((part) => typeof part === "string").join(".");
  const { fr, en } = suggestion(key, Object.hasOwn(kind.keys, level) ? (kind.keys[level] ?? []) : []);
  return { fr: `clé inconnue ${quoted(key)}. ${fr}`, en: `unknown key ${quoted(key)}. ${en}` };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at: unknown = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Reflect.get(at, part);
  }
  return at;
}
