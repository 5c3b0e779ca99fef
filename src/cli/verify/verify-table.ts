import type { VerifiedImage } from "../../assess/attestations/verify-image.ts";
import type { AttestationCheck, IgnoredAttestation } from "../../contract/attestation-facts.ts";
import { ROWS, rowById } from "../../contract/rows.ts";
import type { Lang, Text } from "../../contract/text.ts";
import type { RowVerdict } from "../../contract/verdict.ts";
import { visible } from "../../report/escape.ts";
import { ANSWER_SYMBOLS, ANSWER_WORDS } from "../../report/words.ts";
import { CHECK_WORDS, ROW_CHECKS } from "./row-checks.ts";

export interface VerifyTableOptions {
  readonly lang: Lang;
  /** Whether attestations that do not count are listed, too. */
  readonly explain: boolean;
}

const WORDS = {
  warns: { fr: "signalé, non exigé", en: "reported, not enforced" },
  enforced: { fr: "exigé", en: "enforced" },
  others: {
    fr: "Autres déclarations, que « douane check » prend en compte :",
    en: "Other statements, which `douane check` takes into account:",
  },
  verdict: {
    fr: "Verdicts attestés (aucune ligne n'en dépend) :",
    en: "Attested verdicts (no row rests on them):",
  },
  statements: {
    fr: "Déclarations qui n'ont rien décidé :",
    en: "Statements that decided nothing:",
  },
  unverified: {
    fr: "Attestations sans valeur pour cette image :",
    en: "Attestations of no value for this image:",
  },
  signatures: {
    fr: "Signatures de l'image elle-même (aucune ligne n'en dépend) :",
    en: "Signatures of the image itself (no row rests on them):",
  },
  hidden: {
    fr: "Attestations qui ne comptent pas : --explain les montre, avec la raison.",
    en: "Attestations that do not count: --explain shows them, with the reason.",
  },
} as const satisfies Record<string, Text>;

/** Codes of statements that count, or that are not about the image's origin. */
const HARMLESS: ReadonlySet<string> = new Set(["counts-too", "image-signature"]);

/** The verification as text: each row, with its checks and the attestation that decided each. */
export function verifyTable(verified: VerifiedImage, options: VerifyTableOptions): string {
  const { reference, digest, platform, judged, rows } = verified;
  const { lang, explain } = options;
  const lines = [`${reference.given} (${digest}, ${platform})`];
  for (const row of rows) lines.push("", ...rowLines(row, verified, options));
  const others = judged.checks.filter(({ id }) => !ROW_CHECKS.some(({ checks }) => checks.includes(id)));
  // Documents and an attested verdict belong to no row; `check` itself judges the image instead of trusting a
  // verdict.
  for (const heading of ["others", "verdict"] as const) {
    const below = others.filter(({ id }) => (id === "verdict") === (heading === "verdict"));
    if (below.length > 0)
      lines.push("", WORDS[heading][lang], ...below.flatMap((one) => checkLines(one, options)));
  }
  const ignored =
    judged.checks.some((one) => one.ignored.length > 0) ||
    judged.unverified.length > 0 ||
    verified.others.some(({ code }) => !HARMLESS.has(code));
  for (const [heading, ignoredOnes] of [
    [WORDS.statements, verified.others],
    [WORDS.unverified, judged.unverified],
  ] as const) {
    if (!explain || ignoredOnes.length === 0) continue;
    lines.push("", heading[lang], ...ignoredOnes.map((one) => `  ${ignoredLine(one, lang)}`));
  }
  if (explain) lines.push(...signatureLines(verified, lang));
  if (!explain && ignored) lines.push("", WORDS.hidden[lang]);
  return `${lines.map(visible).join("\n")}\n`;
}

function rowLines(
  { id, answer }: RowVerdict,
  { judged, enforced }: VerifiedImage,
  { lang, explain }: VerifyTableOptions,
): readonly string[] {
  const number = ROWS.findIndex((row) => row.id === id) + 1;
  const binding = enforced.some((one) => one === id) ? WORDS.enforced : WORDS.warns;
  const title = `${ANSWER_SYMBOLS[answer]} ${number} ${rowById(id).title[lang]} : ${ANSWER_WORDS[answer][lang]} (${binding[lang]})`;
  const asked = ROW_CHECKS.find(({ row }) => row === id)?.checks ?? [];
  const checks = judged.checks.filter((check) => asked.includes(check.id));
  return [
    lang === "fr" ? title : title.replace(" : ", ": "),
    ...checks.flatMap((check) => checkLines(check, { lang, explain })),
  ];
}

function checkLines(check: AttestationCheck, { lang, explain }: VerifyTableOptions): readonly string[] {
  const ignored = explain ? check.ignored : [];
  return [checkLine(check, lang), ...ignored.map((one) => `      – ${ignoredLine(one, lang)}`)];
}

function signatureLines({ signatures = [] }: VerifiedImage, lang: Lang): readonly string[] {
  if (signatures.length === 0) return [];
  const by = lang === "fr" ? "clé" : "key";
  const lines = signatures.map(({ signer, key, problem }) =>
    problem === undefined ? `  ${signer} (${by} ${key})` : `  – ${problem[lang]}`,
  );
  return ["", WORDS.signatures[lang], ...lines];
}

function checkLine({ id, answer, text, by }: AttestationCheck, lang: Lang): string {
  const colon = lang === "fr" ? " : " : ": ";
  const decided = by === undefined ? "" : ` [${by}]`;
  return `  ${ANSWER_SYMBOLS[answer]} ${CHECK_WORDS[id][lang]}${colon}${text[lang]}${decided}`;
}

function ignoredLine({ name, code, text }: IgnoredAttestation, lang: Lang): string {
  const colon = lang === "fr" ? " : " : ": ";
  return `${name}${colon}${text[lang]} (${code})`;
}
