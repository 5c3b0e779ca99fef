import type { Lang, Text } from "../../contract/text.ts";
import { VERSION_DIRECTIONS, type VersionDirection } from "../../contract/version-direction.ts";
import { elide, elidePath, elideStart, pad, type Terminal, terminal, wrap } from "../../report/terminal.ts";
import { countOf, type DiffSide, type SbomDiff } from "./sbom-diff.ts";
import type { TableOptions } from "./table.ts";
import { vulnerabilityLines } from "./vulnerability-lines.ts";

const WORDS = {
  none: { fr: "Aucune différence de paquets.", en: "No difference in packages." },
  added: { fr: "ajoutés", en: "added" },
  removed: { fr: "retirés", en: "removed" },
  changed: { fr: "changés", en: "changed" },
  upgrade: { fr: "plus récents", en: "upgraded" },
  downgrade: { fr: "plus anciens", en: "downgraded" },
  unknown: { fr: "indéterminés", en: "unknown" },
  same: { fr: "inchangés", en: "unchanged" },
  packages: { fr: "paquets", en: "packages" },
  system: { fr: "système", en: "system" },
  unsaid: { fr: "(sans version)", en: "(no version)" },
} as const satisfies Record<string, Text>;

interface Line {
  readonly sign: keyof typeof COLORS;
  readonly type: string;
  readonly name: string;
  readonly versions: string;
}

const COLORS = { "+": "green", "-": "red", "↑": "yellow", "↓": "magenta", "~": "yellow" } as const;

const SIGNS = { upgrade: "↑", downgrade: "↓", unknown: "~" } as const satisfies Record<
  VersionDirection,
  Line["sign"]
>;

/** Differences of two images or documents as text: one line per package, and totals. */
export function diffTable(
  { from, to, difference, vulnerabilities }: SbomDiff,
  { lang, ...options }: TableOptions,
): string {
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
      sign: SIGNS[one.direction],
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
  ).map(([count, word]) => {
    const directions = word === WORDS.changed ? directionCounts(changed, lang) : "";
    return `${count} ${word[lang]}${directions}`;
  });
  return [
    `- ${sideText(from, lang, on.width - 2)}`,
    `+ ${sideText(to, lang, on.width - 2)}`,
    "",
    ...(lines.length === 0 ? [WORDS.none[lang]] : packageLines(lines, on)),
    "",
    ...wrap(counts.join(" · "), on.width),
    "",
    ...vulnerabilityLines({ from, to, vulnerabilities }, lang, on),
    "",
  ].join("\n");
}

/** Counts of version changes by direction, ` (↑ 2 upgraded, ~ 1 unknown)`; "" if there are none. */
function directionCounts(changed: SbomDiff["difference"]["changed"], lang: Lang): string {
  const counts = VERSION_DIRECTIONS.flatMap((direction) => {
    const count = changed.filter((one) => one.direction === direction).length;
    return count === 0 ? [] : [`${SIGNS[direction]} ${count} ${WORDS[direction][lang]}`];
  });
  return counts.length === 0 ? "" : ` (${counts.join(", ")})`;
}

/** Heading of a side: name, shortened at the start; system; number of packages. */
function sideText(side: DiffSide, lang: Lang, width: number): string {
  const { given, os } = side;
  const system = os === undefined ? [] : [os.name ?? `${os.id} ${os.version ?? ""}`.trim()];
  const about = elide(["", ...system, `${countOf(side)} ${WORDS.packages[lang]}`].join(" · "), width - 12);
  return `${elidePath(given, width - about.length)}${about}`;
}

function packageLines(lines: readonly Line[], on: Terminal): readonly string[] {
  const types = lines.reduce((most, { type }) => Math.max(most, type.length), 0);
  const longest = lines.reduce((most, { name }) => Math.max(most, name.length), 0);
  const rest = on.width - types - 6;
  const names = Math.min(longest, Math.floor(rest / 2));
  return lines.map(({ sign, type, name, versions }) => {
    const text = `${sign} ${pad(type, types)}  ${pad(elideStart(name, names), names)}  `;
    return on.paint(COLORS[sign], `${text}${elide(versions, on.width - types - names - 6)}`);
  });
}
