import type { Lang, Text } from "../../../contract/text.ts";
import { elide, pad, type Terminal, terminal } from "../../../report/terminal.ts";
import type { TableOptions } from "../table.ts";
import type { DiffSide, SbomDiff } from "./sbom-diff.ts";

const WORDS = {
  none: { fr: "Aucune différence de paquets.", en: "No difference in packages." },
  added: { fr: "ajoutés", en: "added" },
  removed: { fr: "retirés", en: "removed" },
  changed: { fr: "changés", en: "changed" },
  same: { fr: "inchangés", en: "unchanged" },
  packages: { fr: "paquets", en: "packages" },
  system: { fr: "système", en: "system" },
  unsaid: { fr: "(sans version)", en: "(no version)" },
} as const satisfies Record<string, Text>;

interface Line {
  readonly sign: "+" | "-" | "~";
  readonly type: string;
  readonly name: string;
  readonly versions: string;
}

const COLORS = { "+": "green", "-": "red", "~": "yellow" } as const;

/** What tells two images or documents apart, for a reader: a line a package, and how many there are. */
export function diffTable({ from, to, difference }: SbomDiff, { lang, ...options }: TableOptions): string {
  const on = terminal(options);
  const { added, removed, changed, same } = difference;
  const shown = (versions: readonly string[]) =>
    versions.map((version) => (version === "" ? WORDS.unsaid[lang] : version)).join(", ");
  const lines: readonly Line[] = [
    ...removed.map(({ type, name, versions }) => ({
      sign: "-" as const,
      type,
      name,
      versions: shown(versions),
    })),
    ...added.map(({ type, name, versions }) => ({
      sign: "+" as const,
      type,
      name,
      versions: shown(versions),
    })),
    ...changed.map((one) => ({
      sign: "~" as const,
      type: one.type,
      name: one.name,
      versions: [shown(one.from), "→", shown(one.to)].filter((part) => part !== "").join(" "),
    })),
  ];
  const counts = (
    [
      [removed.length, WORDS.removed],
      [added.length, WORDS.added],
      [changed.length, WORDS.changed],
      [same, WORDS.same],
    ] as const
  ).map(([count, word]) => `${count} ${word[lang]}`);
  return [
    elide(`- ${sideText(from, lang)}`, on.width),
    elide(`+ ${sideText(to, lang)}`, on.width),
    "",
    ...(lines.length === 0 ? [WORDS.none[lang]] : packageLines(lines, on)),
    "",
    elide(counts.join(" · "), on.width),
    "",
  ].join("\n");
}

function sideText({ given, os, packages }: DiffSide, lang: Lang): string {
  const system = os === undefined ? [] : [os.name ?? `${os.id} ${os.version ?? ""}`.trim()];
  return [given, ...system, `${packages.length} ${WORDS.packages[lang]}`].join(" · ");
}

function packageLines(lines: readonly Line[], on: Terminal): readonly string[] {
  const types = lines.reduce((most, { type }) => Math.max(most, type.length), 0);
  const longest = lines.reduce((most, { name }) => Math.max(most, name.length), 0);
  const rest = on.width - types - 6;
  const names = Math.min(longest, Math.floor(rest / 2));
  return lines.map(({ sign, type, name, versions }) => {
    const text = `${sign} ${pad(type, types)}  ${pad(elide(name, names), names)}  `;
    return on.paint(COLORS[sign], `${text}${elide(versions, on.width - types - names - 6)}`);
  });
}
