import { createHash } from "node:crypto";
import type { Collected } from "../contract/evidence.ts";
import type { FileSelector } from "../contract/file-selector.ts";
import type { AnyRule, Outcome } from "../contract/rule.ts";
import { selectorText } from "./layers/facts/selector-text.ts";

/** Hash of the file selectors of each rule, by rule id; rules without selectors are left out. */
export function selectorHashes(rules: readonly AnyRule[]): Readonly<Record<string, string>> {
  return Object.fromEntries(rules.filter(asks).map((rule) => [rule.id, hashOf(rule.files ?? [])]));
}

/**
 * The same rules, adapted to evidence that may be older: a rule whose selectors were not applied when the
 * image was read is unproven, since finding nothing proves nothing then.
 */
export function rulesCoveredBy(rules: readonly AnyRule[]): readonly AnyRule[] {
  return rules.map((rule) => (asks(rule) ? unlessUnasked(rule) : rule));
}

function unlessUnasked(rule: AnyRule): AnyRule {
  return {
    ...rule,
    check(evidence: Collected) {
      if (evidence.image === undefined) return rule.check(evidence);
      return evidence.image.asked[rule.id] === hashOf(rule.files ?? []) ? rule.check(evidence) : UNASKED;
    },
  };
}

const UNASKED: Outcome = {
  status: "unproven",
  reason: {
    fr: "ces preuves ont été réunies par une autre version de douane, qui n'a pas retenu les fichiers dont cette règle a besoin",
    en: "this evidence was collected by another version of douane, which did not keep the files that this rule needs",
  },
  settle: {
    fr: "Relire l'image : douane check IMAGE --save-evidence FICHIER.",
    en: "Read the image again: douane check IMAGE --save-evidence FILE.",
  },
};

function asks({ files = [] }: AnyRule): boolean {
  return files.length > 0;
}

/** Hashes of the selectors of rules, which a server asks for with each image. */
const HASHES = new WeakMap<readonly FileSelector[], string>();

/** 16 hexadecimal digits of SHA-256. */
function hashOf(selectors: readonly FileSelector[]): string {
  const known = HASHES.get(selectors);
  if (known !== undefined) return known;
  const text = `[${selectors.map(selectorText).join(",")}]`;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  HASHES.set(selectors, hash);
  return hash;
}
