import type { Text } from "../../contract/text.ts";
import { columns } from "../../report/columns.ts";
import { elide, terminal } from "../../report/terminal.ts";
import type { SbomDocument } from "../../sbom/documents/read/sbom-document.ts";
import { missingTexts } from "./document-texts.ts";
import type { TableOptions } from "./table.ts";

const WORDS = {
  of: { fr: "décrit", en: "describes" },
  by: { fr: "écrit par", en: "written by" },
  system: { fr: "système", en: "system" },
  total: { fr: "total", en: "total" },
  none: { fr: "Le document ne nomme aucun paquet.", en: "The document names no package." },
  lacks: {
    fr: "Il manque, pour chercher des vulnérabilités :",
    en: "Missing, to look for vulnerabilities:",
  },
  vulnerabilities: {
    fr: "vulnérabilités ou avis dans le document : comptés, pas crus",
    en: "vulnerabilities or advisories in the document: counted, not believed",
  },
} as const satisfies Record<string, Text>;

/** Content of a document as text: number of packages by type, and missing fields. */
export function documentTable(document: SbomDocument, { lang, verbose, ...options }: TableOptions): string {
  const on = terminal(options);
  const { format, version, encoding, subject, tools, created, os, components, vulnerabilities } = document;
  const colon = lang === "fr" ? " :" : ":";
  const about = (word: Text, value: string) => elide(`${word[lang]}${colon} ${value}`, on.width);
  const byType = [...Map.groupBy(components, ({ facts }) => facts?.type ?? "?")].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rows = [
    ...byType.map(([type, all]) => [type, String(all.length)] as const),
    [WORDS.total[lang], String(components.length)] as const,
  ];
  const missing = missingTexts(document);
  return [
    on.paint("bold", `${format} ${version} (${encoding})`),
    ...(subject === undefined
      ? []
      : [about(WORDS.of, [subject.name, subject.version ?? ""].join(" ").trim())]),
    ...(tools.length === 0 ? [] : [about(WORDS.by, [...tools, created ?? ""].join(" · "))]),
    ...(os === undefined ? [] : [about(WORDS.system, os.name ?? `${os.id} ${os.version ?? ""}`.trim())]),
    "",
    ...(components.length === 0 ? [WORDS.none[lang]] : columns(rows, [1]).map((line) => `  ${line}`)),
    ...(missing.length === 0 ? [] : ["", WORDS.lacks[lang], ...missing.map((text) => `  ${text[lang]}`)]),
    ...(vulnerabilities === 0 ? [] : ["", `${vulnerabilities} ${WORDS.vulnerabilities[lang]}`]),
    ...(verbose
      ? ["", ...components.map((one) => elide(`  ${one.purl ?? `${one.name} ${one.version}`}`, on.width))]
      : []),
    "",
  ].join("\n");
}
