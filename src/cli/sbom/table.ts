import type { Lang, Text } from "../../contract/text.ts";
import { elide, elidePath, pad, padStart, terminal } from "../../report/terminal.ts";
import { componentsOf, fullName, placeOf } from "../../sbom/documents/components.ts";
import { type SbomContent, subjectName, subjectVersion } from "../../sbom/documents/document.ts";

export interface TableOptions {
  readonly lang: Lang;
  readonly width?: number;
  readonly color: boolean;
  /** Each package, not only how many there are. */
  readonly verbose: boolean;
}

const WORDS = {
  system: { fr: "système", en: "system" },
  unknown: { fr: "inconnu (aucun os-release)", en: "unknown (no os-release)" },
  type: { fr: "type", en: "type" },
  layers: { fr: "couches", en: "layers" },
  packages: { fr: "paquets", en: "packages" },
  total: { fr: "total", en: "total" },
  none: {
    fr: "Aucun paquet : rien de ce que l'image contient ne déclare ce dont il est fait.",
    en: "No packages: nothing in the image states what it is made of.",
  },
  more: {
    fr: "--verbose nomme chaque paquet ; --format cyclonedx=FICHIER écrit le document.",
    en: "--verbose names each package; --format cyclonedx=FILE writes the document.",
  },
} as const satisfies Record<string, Text>;

/** What an image holds, for a reader: how many packages of each type, and of which layers. */
export function sbomTable(content: SbomContent, { lang, verbose, ...options }: TableOptions): string {
  const on = terminal(options);
  const components = componentsOf(content);
  const { os } = content.packages;
  const system = os === undefined ? WORDS.unknown[lang] : (os.name ?? `${os.id} ${os.version ?? ""}`.trim());
  const lines = [
    on.paint("bold", elide(subjectName(content.subject), on.width)),
    elide(`${subjectVersion(content.subject)} · ${content.subject.platform}`, on.width),
    elide(`${WORDS.system[lang]}${lang === "fr" ? " :" : ":"} ${system}`, on.width),
    "",
  ];
  if (components.length === 0) return [...lines, WORDS.none[lang], ""].join("\n");
  const byType = Map.groupBy(components, ({ facts }) => facts.type);
  const rows = [...byType].map(([type, all]) => {
    const layers = new Set(all.map(({ facts }) => facts.layer + 1));
    const count = new Set(all.map(({ purl }) => purl)).size;
    return [type, ranges([...layers].toSorted((a, b) => a - b)), String(count)] as const;
  });
  const head = [WORDS.type[lang], WORDS.layers[lang], WORDS.packages[lang]] as const;
  const foot = [WORDS.total[lang], "", String(new Set(components.map(({ purl }) => purl)).size)] as const;
  const all = [head, ...rows, foot];
  const width = (column: 0 | 1 | 2) => Math.max(...all.map((row) => row[column].length));
  const table = all.map(
    ([type, layers, count]) =>
      `  ${pad(type, width(0))}  ${pad(layers, width(1))}  ${padStart(count, width(2))}`,
  );
  const details = verbose
    ? components.map(({ facts }) => {
        const what = elide(`${fullName(facts)} ${facts.version}`, Math.floor(on.width / 2) - 12);
        const where = elidePath(placeOf(facts), on.width - Math.floor(on.width / 2));
        return `  ${pad(facts.type, 10)}${pad(what, Math.floor(on.width / 2) - 12)}  ${where}`;
      })
    : [WORDS.more[lang]];
  return [...lines, ...table, "", ...details, ""].join("\n");
}

/** `1, 3–5`. */
function ranges(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
