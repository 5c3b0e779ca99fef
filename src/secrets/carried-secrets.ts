import type { Segment } from "../contract/field-path.ts";
import type { ContainerFacts, PodFacts } from "../contract/pod-facts.ts";
import type { RawWorkload } from "../contract/workload-facts.ts";
import { byContent, inCommand } from "./command-secrets.ts";
import { namedSecret } from "./credential-files.ts";
import type { SecretSpan } from "./spans.ts";
import { wordBefore } from "./workload-names.ts";

/**
 * Secrets that only their use reveals, by the path of their text: an annotation or a label that a variable reads under
 * the name of a secret, and literal values from which `$(NAME)` composes a secret.
 */
export type CarriedSecrets = ReadonlyMap<string, SecretSpan>;

/** Key of a text in CarriedSecrets. */
export function carriedKey(path: readonly Segment[]): string {
  return JSON.stringify(path);
}

/** Maximum number of characters of a composed value; longer values are not passwords. */
const LONGEST = 8_192;
/** Members of a pod's metadata that a variable can read, one by one. */
const FIELD = /^metadata\.(annotations|labels)\['([^']{1,500})'\]$/;
const LISTS = ["containers", "initContainers", "ephemeralContainers"] as const;

export function carriedSecrets({ pod }: RawWorkload): CarriedSecrets {
  const containers = LISTS.flatMap((list) =>
    pod.spec[list].map((container, index) => ({ container, at: ["pod", "spec", list, index] })),
  );
  const all = containers.flatMap(({ container, at }) => [
    ...inMetadata(pod, container),
    ...composed(container, at).flatMap(({ span, parts }) =>
      telling(parts, span).map((part) => ({ part, span })),
    ),
  ]);
  return new Map(
    all.map(({ part: { path, text }, span: { kind, confidence } }) => {
      return [carriedKey(path), { kind, confidence, start: 0, end: text.length, value: text }];
    }),
  );
}

/** Annotations and labels that variables read under the name of a secret. */
function inMetadata(
  pod: PodFacts,
  { env = [] }: ContainerFacts,
): readonly { readonly part: Part; readonly span: SecretSpan }[] {
  return env.flatMap(({ name = "", valueFrom }) => {
    const [, holder, key = ""] = FIELD.exec(valueFrom?.fieldRef?.fieldPath ?? "") ?? [];
    if (holder !== "annotations" && holder !== "labels") return [];
    const text = pod[holder][key] ?? "";
    return inValue(name, text).map((span) => ({ part: { path: ["pod", holder, key], text }, span }));
  });
}

/** A literal value of a variable, and the path of its text. */
interface Part {
  readonly path: readonly Segment[];
  readonly text: string;
}

/** Secret that appears only when `$(NAME)` is replaced, and the literal values of the names. */
interface Composed {
  readonly span: SecretSpan;
  readonly parts: readonly Part[];
}

/** Variable with its value after replacement, and the literal values that went into it. */
interface Known {
  readonly value: string;
  readonly parts: readonly Part[];
}

function composed({ env = [], ...words }: ContainerFacts, at: readonly Segment[]): readonly Composed[] {
  const known = new Map<string, Known>();
  const found: Composed[] = [];
  const note = (spans: readonly SecretSpan[], parts: readonly Part[]): void => {
    if (parts.length > 0) found.push(...spans.map((span) => ({ span, parts })));
  };
  for (const [index, { name = "", value: text = "" }] of env.entries()) {
    const { value, parts } = replaced(text, known);
    note(inValue(name, value), parts);
    const own: Part = { path: [...at, "env", index, "value"], text };
    // A variable without a literal value hides an earlier variable of the same name.
    if (text === "") known.delete(name);
    else known.set(name, { value, parts: parts.length > 0 ? parts : [own] });
  }
  for (const list of ["command", "args"] as const) {
    const all = words[list] ?? [];
    for (const [index, text] of all.entries()) {
      const { value, parts } = replaced(text, known);
      const whole = wordBefore({ path: [list, index], parent: all, isKey: false }) + value;
      note(parts.length === 0 ? [] : [...byContent(whole), ...inCommand(whole)], parts);
    }
  }
  return found;
}

function replaced(text: string, known: ReadonlyMap<string, Known>): Known {
  if (!text.includes("$(") || text.length > LONGEST) return { value: text, parts: [] };
  const parts: Part[] = [];
  let size = text.length;
  const value = text.replace(/\$\$|\$\(([^()$]{1,250})\)/g, (reference, name?: string) => {
    const one = name === undefined ? undefined : known.get(name);
    if (one === undefined || size + one.value.length > LONGEST) return reference;
    size += one.value.length;
    parts.push(...one.parts);
    return one.value;
  });
  return { value, parts: parts.slice(0, MOST_PARTS) };
}

/** Maximum number of parts of one value that are examined. */
const MOST_PARTS = 100;

function inValue(name: string, value: string): readonly SecretSpan[] {
  return [...byContent(value), ...namedSecret({ name, value, start: 0, end: value.length })];
}

/**
 * Parts that belong to the secret: the password of a URL, not its host. If no part looks like a password, all of them.
 */
function telling(parts: readonly Part[], { value }: SecretSpan): readonly Part[] {
  const within = parts.filter(({ text }) => value.includes(text) && text.length > 1);
  const drawn = within.filter(
    ({ text }) => namedSecret({ name: "PASSWORD", value: text, start: 0, end: text.length }).length > 0,
  );
  return drawn.length > 0 ? drawn : within;
}
