// Files of containers/image that say from where registries are read: containers-registries.conf(5), version 2.

import { parse } from "smol-toml";
import { z } from "zod";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Place of a registry, a namespace or a repository. */
export interface Endpoint {
  /** Host with its port, and a path if there is one; "" only for a prefix `*.example.com`: as referenced. */
  readonly location: string;
  /** Whether the certificate is not verified, and plain HTTP allowed. */
  readonly insecure: boolean;
}

interface Mirror extends Endpoint {
  /** References that the mirror serves. */
  readonly pulls: "all" | "digest-only" | "tag-only";
}

/** Rule for the references that begin with a prefix. */
export interface RegistryRule extends Endpoint {
  readonly prefix: string;
  readonly blocked: boolean;
  readonly mirrors: readonly Mirror[];
}

/** Settings of one file. */
export interface RegistriesFile {
  readonly rules: readonly RegistryRule[];
  /** Registries for names without one; absent if the file does not name any. */
  readonly search?: readonly string[];
}

const Place = z.object({ location: z.string().default(""), insecure: z.boolean().default(false) });

const Conf = z.object({
  registry: z
    .array(
      Place.extend({
        prefix: z.string().default(""),
        blocked: z.boolean().default(false),
        mirror: z.array(Place.extend({ "pull-from-mirror": z.string().default("") })).default([]),
        "mirror-by-digest-only": z.boolean().default(false),
        "pull-from-mirror": z.string().default(""),
      }),
    )
    .default([]),
  "unqualified-search-registries": z.array(z.string()).optional(),
  // Version 1, which is refused: its keys would be overlooked.
  registries: z.record(z.string(), z.unknown()).optional(),
});
type Conf = z.infer<typeof Conf>;

/**
 * Parses a file, with the conditions of containers/image. Unknown keys are ignored.
 *
 * @param path path for messages
 * @throws UsageError registries-conf-invalid
 */
export function parseRegistriesConf(text: string, path: string): RegistriesFile {
  const conf = confOf(text, path);
  if (conf.registries !== undefined) throw invalid(path, VERSION_1);
  const rules = new Map<string, RegistryRule>();
  const settings = new Map<string, string>();
  for (const registry of conf.registry) {
    const rule = ruleOf(registry, path);
    // The first of several rules with a prefix counts.
    if (!rules.has(rule.prefix)) rules.set(rule.prefix, rule);
    const place = rule.location || rule.prefix;
    const setting = `${rule.insecure} ${rule.blocked}`;
    if ((settings.get(place) ?? setting) !== setting) throw invalid(path, conflict(place));
    settings.set(place, setting);
  }
  const search = conf["unqualified-search-registries"]?.map((host) => location(host, path));
  return { rules: [...rules.values()], ...(search === undefined ? {} : { search }) };
}

function confOf(text: string, path: string): Conf {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const line = error instanceof Error && "line" in error ? String(error.line) : "?";
    throw invalid(path, { fr: `TOML incorrect (ligne ${line})`, en: `incorrect TOML (line ${line})` });
  }
  const { data, error } = Conf.safeParse(value);
  if (data !== undefined) return data;
  const key = quoted(error.issues[0]?.path.join(".") ?? "?");
  throw invalid(path, { fr: `${key} n'a pas le bon type`, en: `${key} has the wrong type` });
}

function ruleOf(registry: Conf["registry"][number], path: string): RegistryRule {
  const { insecure, blocked, mirror } = registry;
  const place = location(registry.location, path);
  const prefix = location(registry.prefix, path) || place;
  const isWildcard = prefix.startsWith("*.");
  if (prefix === "" || (place === "" && !isWildcard)) throw invalid(path, NO_LOCATION);
  if (isWildcard && /[/@:]/.test(prefix)) throw invalid(path, wildcard(prefix));
  if (registry["pull-from-mirror"] !== "") throw invalid(path, mirrorKey(prefix));
  const byDigest = registry["mirror-by-digest-only"];
  const mirrors = mirror.map((each): Mirror => {
    const pulls = pullsOf(each["pull-from-mirror"], byDigest, path);
    const at = location(each.location, path);
    if (at === "") throw invalid(path, NO_LOCATION);
    return { location: at, insecure: each.insecure, pulls };
  });
  return { prefix, location: place, insecure, blocked, mirrors };
}

function pullsOf(value: string, byDigest: boolean, path: string): Mirror["pulls"] {
  if (byDigest && value !== "") throw invalid(path, TWICE);
  if (byDigest) return "digest-only";
  if (value === "" || value === "all") return "all";
  if (value === "digest-only" || value === "tag-only") return value;
  throw invalid(path, {
    fr: `pull-from-mirror vaut ${quoted(value)} ; valeurs possibles : all, digest-only, tag-only`,
    en: `pull-from-mirror is ${quoted(value)}; possible values: all, digest-only, tag-only`,
  });
}

function location(text: string, path: string): string {
  const trimmed = text.replace(/(?<!\/)\/+$/, "");
  if (!/^https?:\/\//.test(trimmed)) return trimmed;
  throw invalid(path, {
    fr: `${quoted(text)} : écrire l'hôte sans http:// ni https://`,
    en: `${quoted(text)}: write the host without http:// or https://`,
  });
}

const VERSION_1: Text = {
  fr: "la version 1 de ce format ([registries.search]…) n'est pas lue ; écrire des « [[registry]] »",
  en: "version 1 of this format ([registries.search]…) is not read; write [[registry]]",
};

const NO_LOCATION: Text = {
  fr: "un « [[registry]] » ou son miroir n'a pas de location ; seul un prefix de la forme *.exemple.com s'en passe",
  en: "a [[registry]], or its mirror, has no location; only a prefix of the form *.example.com does without",
};

const TWICE: Text = {
  fr: "mirror-by-digest-only et pull-from-mirror ne vont pas ensemble",
  en: "mirror-by-digest-only and pull-from-mirror do not go together",
};

function conflict(place: string): Text {
  return {
    fr: `plusieurs « [[registry]] » pour ${quoted(place)} diffèrent par insecure ou blocked`,
    en: `several [[registry]] for ${quoted(place)} differ in insecure or blocked`,
  };
}

function wildcard(prefix: string): Text {
  return {
    fr: `le prefix ${quoted(prefix)} doit avoir la forme *.exemple.com`,
    en: `the prefix ${quoted(prefix)} must have the form *.example.com`,
  };
}

function mirrorKey(prefix: string): Text {
  return {
    fr: `pull-from-mirror est une clé de [[registry.mirror]], non du registre ${quoted(prefix)}`,
    en: `pull-from-mirror is a key of [[registry.mirror]], not of the registry ${quoted(prefix)}`,
  };
}

export function invalid(path: string, reason: Text): UsageError {
  return new UsageError("registries-conf-invalid", {
    fr: `${quoted(path)} (registries.conf) : ${reason.fr}.`,
    en: `${quoted(path)} (registries.conf): ${reason.en}.`,
  });
}
