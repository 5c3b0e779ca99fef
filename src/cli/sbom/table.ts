import { packageName } from "../../contract/package-name.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { columns } from "../../report/columns.ts";
import { visible } from "../../report/escape.ts";
import { elide, elidePath, pad, terminal, wrap } from "../../report/terminal.ts";
import {
  type Component,
  componentsOf,
  placeOf,
  type SbomContent,
  subjectName,
  subjectVersion,
} from "../../sbom/documents/document.ts";
import { tableNotes } from "./table-notes.ts";

export interface TableOptions {
  readonly lang: Lang;
  readonly width?: number;
  readonly color: boolean;
  /** Whether each package is listed, rather than only counted. */
  readonly verbose: boolean;
}

const WORDS = {
  unknown: { fr: "système inconnu (aucun os-release)", en: "unknown system (no os-release)" },
  type: { fr: "type", en: "type" },
  layer: { fr: "couche", en: "layer" },
  layers: { fr: "couches", en: "layers" },
  byLayer: { fr: "par couche", en: "by layer" },
  packages: { fr: "paquets", en: "packages" },
  total: { fr: "total", en: "total" },
  none: {
    fr: "Aucun paquet : rien de ce que l'image contient ne déclare ce dont il est fait.",
    en: "No packages: the image contains no list of packages.",
  },
  more: {
    fr: "--verbose nomme chaque paquet ; --format cyclonedx=FICHIER écrit le document.",
    en: "--verbose names each package; --format cyclonedx=FILE writes the document.",
  },
} as const satisfies Record<string, Text>;

/** Packages of an image as text: number by type, their layers, and irregularities. */
export function sbomTable(content: SbomContent, { lang, verbose, ...options }: TableOptions): string {
  const on = terminal(options);
  const components = componentsOf(content);
  const { os } = content.packages;
  const system = os === undefined ? WORDS.unknown[lang] : (os.name ?? `${os.id} ${os.version ?? ""}`.trim());
  const { platform, diffIds } = content.subject;
  const notes = tableNotes(content).flatMap((text) => wrap(visible(text[lang]), on.width));
  const lines = [
    on.paint("bold", elide(subjectName(content.subject), on.width)),
    elide(subjectVersion(content.subject), on.width),
    elide(
      `${platform} · ${diffIds.length} ${WORDS[diffIds.length === 1 ? "layer" : "layers"][lang]} · ${system}`,
      on.width,
    ),
    "",
  ];
  const below = notes.length === 0 ? [] : [...notes, ""];
  if (components.length === 0) return [...lines, WORDS.none[lang], "", ...below].join("\n");
  const byType = Map.groupBy(components, ({ facts }) => facts.type);
  const rows = [...byType].map(([type, all]) => [type, String(different(all)), layersOf(all)] as const);
  const head = [WORDS.type[lang], WORDS.packages[lang], WORDS.byLayer[lang]] as const;
  const foot = [WORDS.total[lang], String(different(components)), ""] as const;
  const all = [head, ...rows, foot];
  const table = columns(all, [1]).map((line) => elide(`  ${line}`, on.width));
  const details = verbose
    ? components.map(({ facts }) => {
        const what = elide(`${packageName(facts)} ${facts.version}`, Math.floor(on.width / 2) - 12);
        const where = elidePath(placeOf(facts), on.width - Math.floor(on.width / 2));
        return `  ${pad(facts.type, 10)}${pad(what, Math.floor(on.width / 2) - 12)}  ${where}`;
      })
    : [WORDS.more[lang]];
  return [...lines, ...table, "", ...below, ...details, ""].join("\n");
}

/** Number of distinct packages. */
function different(components: readonly Component[]): number {
  return new Set(components.map(({ purl }) => purl)).size;
}

/** Packages per layer: `1: 12 · 3: 4`. */
function layersOf(components: readonly Component[]): string {
  const byLayer = [...Map.groupBy(components, ({ facts }) => facts.layer)].toSorted(([a], [b]) => a - b);
  return byLayer.map(([layer, all]) => `${layer + 1}: ${different(all)}`).join(" · ");
}
