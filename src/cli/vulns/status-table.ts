import type { Lang, Text } from "../../contract/text.ts";
import { columns } from "../../report/columns.ts";
import { elide, elidePath, terminal } from "../../report/terminal.ts";
import type { CatalogSource } from "../../vulnerabilities/database/catalog.ts";
import type { DataAge } from "../../vulnerabilities/database/data-age.ts";
import { sizeText } from "../cache/sizes.ts";

export interface SourceStatus {
  readonly source: CatalogSource;
  readonly age: DataAge;
}

export interface DataStatus {
  readonly directory: string;
  readonly maxDays: number;
  readonly sources: readonly SourceStatus[];
}

interface TableOptions {
  readonly lang: Lang;
  readonly color: boolean;
  readonly width?: number;
}

const WORDS = {
  none: {
    fr: "aucune donnée de vulnérabilités : douane vulns import FICHIER…, ou douane vulns update",
    en: "no vulnerability data: douane vulns import FILE…, or douane vulns update",
  },
  source: { fr: "source", en: "source" },
  records: { fr: "enregistrements", en: "records" },
  date: { fr: "à jour au", en: "current on" },
  age: { fr: "âge", en: "age" },
  future: {
    fr: "dans l'avenir : l'horloge de cette machine est-elle juste ?",
    en: "in the future: is this machine's clock right?",
  },
} as const satisfies Record<string, Text>;

/** Sources of data with their numbers of records and dates, as text. */
export function statusTable(
  { directory, maxDays, sources }: DataStatus,
  { lang, ...options }: TableOptions,
): string {
  const on = terminal(options);
  const head = elidePath(directory, on.width);
  if (sources.length === 0) return `${head}\n${elide(WORDS.none[lang], on.width)}\n`;
  const rows = sources.map(({ source, age }) => [
    source.name,
    source.records.toLocaleString(lang),
    source.date.slice(0, 10),
    `${ageText(age, lang)}${originText(source.dateFrom, lang)}`,
  ]);
  const titles = [WORDS.source[lang], WORDS.records[lang], WORDS.date[lang], WORDS.age[lang]];
  const lines = columns([titles, ...rows], [1]).map((text, at) => {
    const line = elide(`  ${text}`, on.width);
    const state = sources[at - 1]?.age.state ?? "fresh";
    return state === "fresh" ? line : on.paint("yellow", line);
  });
  const bytes = sources.reduce((sum, { source }) => sum + source.bytes, 0);
  return [head, ...lines, totalLine(sources, bytes, maxDays, lang), ""].join("\n");
}

/** Mark for a date that comes from neither content nor publisher. */
function originText(origin: CatalogSource["dateFrom"], lang: Lang): string {
  if (origin === "file") return { fr: " (date du fichier)", en: " (the file's date)" }[lang];
  return origin === "stated" ? { fr: " (date donnée)", en: " (date given)" }[lang] : "";
}

function ageText({ state, days }: DataAge, lang: Lang): string {
  if (state === "future") return WORDS.future[lang];
  const text = { fr: `${days} j`, en: `${days} d` }[lang];
  return state === "old" ? { fr: `${text}, trop ancien`, en: `${text}, too old` }[lang] : text;
}

function totalLine(sources: readonly SourceStatus[], bytes: number, maxDays: number, lang: Lang): string {
  const old = sources.filter(({ age }) => age.state !== "fresh").length;
  const size = sizeText(bytes, lang);
  if (old === 0) {
    return {
      fr: `${size} ; toutes les sources ont ${maxDays} jours au plus`,
      en: `${size}; every source is ${maxDays} days old at most`,
    }[lang];
  }
  return {
    fr: `${size} ; sources qui ne prouvent rien : ${old} sur ${sources.length} (limite ${maxDays} jours)`,
    en: `${size}; sources that prove nothing: ${old} of ${sources.length} (limit ${maxDays} days)`,
  }[lang];
}
