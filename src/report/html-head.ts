import { createHash } from "node:crypto";
import { CONTRACT } from "../contract/edition.ts";
import type { Lang, Text } from "../contract/text.ts";
import type { SubjectImage } from "../contract/verdict.ts";
import { escapeMarkup, htmlProse } from "./escape.ts";
import { SCRIPT } from "./html-script.ts";
import { STYLE } from "./html-style.ts";
import type { ReportOptions } from "./report.ts";
import { WORDS } from "./words.ts";

/**
 * Content security policy: nothing is loaded or sent; the only style sheet and the only script are allowed by
 * hash (CSP Level 3).
 */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const FACTS = {
  date: { fr: "Date", en: "Date" },
  command: { fr: "Commande", en: "Command" },
  policy: { fr: "Politique", en: "Policy" },
  noPolicy: { fr: "aucune : le contrat seul", en: "none: the contract alone" },
  image: { fr: "Image de conteneur", en: "Container image" },
  digest: { fr: "Empreinte", en: "Digest" },
  platform: { fr: "Plateforme", en: "Platform" },
  judgedBy: { fr: "Jugé par", en: "Judged by" },
} as const satisfies Readonly<Record<string, Text>>;

const SKIP: Text = { fr: "Aller au contenu", en: "Skip to the content" };

/** Heading of the page. */
export interface Heading {
  readonly title: string;
  /** Title of the page as markup. */
  readonly markup: string;
  /** Sentences of the summary paragraph. */
  readonly lead: readonly string[];
  /** Bar with the proportions of the answers. */
  readonly bar: string;
  /** Images of a single subject. */
  readonly images: readonly SubjectImage[];
  readonly many: boolean;
}

export function htmlHead(heading: Heading, options: ReportOptions): string {
  const { lang } = options;
  const { title, markup, lead, bar, many } = heading;
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${title} · douane`)}</title>
<style>${STYLE}</style>
</head>
<body${many ? ' class="many"' : ""}>
<a class="skip" href="#main">${SKIP[lang]}</a>
<header>
<p class="brand">douane · ${WORDS.title[lang]}</p>
<h1>${markup}</h1>
<p class="lead">${lead.map(htmlProse).join(" ")}</p>
${bar}<dl class="about">
${facts(heading, options)}</dl>
</header>
<main id="main">
`;
}

export function htmlFoot(version: string, lang: Lang): string {
  return `</main>
<footer>${escapeMarkup(judgedBy(version, lang))}</footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function facts({ images }: Heading, { about, version, lang }: ReportOptions): string {
  const pairs: (readonly [Text, string])[] = [];
  for (const { reference, digest, imageId, platform } of images) {
    pairs.push([FACTS.image, `<code>${escapeMarkup(reference)}</code>`]);
    const id = digest ?? imageId;
    if (id !== undefined) pairs.push([FACTS.digest, `<code>${escapeMarkup(id)}</code>`]);
    if (platform !== undefined) pairs.push([FACTS.platform, escapeMarkup(platform)]);
  }
  if (about !== undefined) {
    const { date, command, policy } = about;
    const shown = `${date.slice(0, 10)} ${date.slice(11, 16)} UTC`;
    pairs.push([FACTS.date, `<time datetime="${escapeMarkup(date)}">${escapeMarkup(shown)}</time>`]);
    pairs.push([FACTS.command, `<code>${escapeMarkup(command)}</code>`]);
    const named = policy === undefined ? FACTS.noPolicy[lang] : `<code>${escapeMarkup(policy)}</code>`;
    pairs.push([FACTS.policy, named]);
  }
  pairs.push([FACTS.judgedBy, escapeMarkup(judgedBy(version, lang))]);
  return pairs.map(([name, value]) => `<dt>${name[lang]}</dt><dd>${value}</dd>\n`).join("");
}

function judgedBy(version: string, lang: Lang): string {
  return `douane ${version} · ${WORDS.edition[lang]} ${CONTRACT}`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
