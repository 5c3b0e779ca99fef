// Fabricated components of images, drawn from the packages that vulnerability data name.

import { join } from "node:path";
import type { OsFacts, PackageFacts } from "../../../src/contract/package-facts.ts";
import { readCatalog, TABLES_FOLDER } from "../../../src/vulnerabilities/database/catalog.ts";
import { SortedTable } from "../../../src/vulnerabilities/database/table/sorted-table.ts";
import type { MatchedComponent } from "../../../src/vulnerabilities/match/matched-component.ts";

export const COMPONENTS = 300;
/** Distinct packages from which the components are drawn, of each kind. */
const NAMES = 2_000;

interface Kind {
  readonly family: string;
  readonly type: PackageFacts["type"];
  readonly versions: readonly string[];
  readonly os?: OsFacts;
}

const KINDS: readonly Kind[] = [
  { family: "Debian", type: "deb", versions: ["1.0-1", "3.5.7-1"], os: { id: "debian", version: "12" } },
  { family: "Ubuntu", type: "deb", versions: ["2.0-0ubuntu1"], os: { id: "ubuntu", version: "24.04" } },
  { family: "Alpine", type: "apk", versions: ["1.0-r0", "3.2-r1"], os: { id: "alpine", version: "3.20.1" } },
  { family: "Rocky Linux", type: "rpm", versions: ["1:1.0-1.el9"], os: { id: "rocky", version: "9.4" } },
  { family: "npm", type: "npm", versions: ["1.0.0", "4.17.20"] },
  { family: "PyPI", type: "pypi", versions: ["1.0", "2.31.0"] },
  { family: "Maven", type: "maven", versions: ["1.0", "2.14.1"] },
  { family: "Go", type: "golang", versions: ["v1.0.0", "v0.9.1"] },
  { family: "RubyGems", type: "gem", versions: ["1.0.0"] },
  { family: "Packagist", type: "composer", versions: ["1.0.0"] },
  { family: "crates.io", type: "cargo", versions: ["0.1.0"] },
  { family: "NuGet", type: "nuget", versions: ["1.0.0"] },
  { family: "Bitnami", type: "generic", versions: ["1.0.0"] },
];

/** Names in the data by family, at most NAMES of each. */
export function namesIn(directory: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { file, bytes } of readCatalog(directory)?.sources ?? []) {
    const table = new SortedTable(join(directory, TABLES_FOLDER, file), bytes);
    for (const { key } of table.sections()) {
      const kind = KINDS.find(({ family }) => key.startsWith(`a ${family} `));
      if (kind === undefined) continue;
      const known = found.get(kind.family) ?? new Set();
      if (known.size < NAMES) known.add(key.slice(kind.family.length + 3));
      found.set(kind.family, known);
    }
    table.close();
  }
  return new Map([...found].map(([family, held]) => [family, [...held]]));
}

/** Packages of one distribution, and of the languages; the same for a number, whatever runs. */
export function componentsOf(
  image: number,
  names: ReadonlyMap<string, readonly string[]>,
): readonly MatchedComponent[] {
  const systems = KINDS.filter(({ os }) => os !== undefined);
  const system = systems[image % systems.length];
  const kinds = [...KINDS.filter(({ os }) => os === undefined), ...(system === undefined ? [] : [system])];
  const { os } = system ?? {};
  return Array.from({ length: COMPONENTS }, (_, index) => {
    const number = (image * 7919 + index * 104_729) % 1_000_003;
    const kind = (index % 2 === 0 ? system : kinds[index % kinds.length]) ?? system;
    const held = names.get(kind?.family ?? "") ?? [];
    const whole = held[number % Math.max(1, held.length)] ?? `part-${number % NAMES}`;
    const version = kind?.versions[number % kind.versions.length] ?? "1";
    const at = Math.max(whole.lastIndexOf("/"), whole.lastIndexOf(":"));
    const named = at < 0 ? { name: whole } : { namespace: whole.slice(0, at), name: whole.slice(at + 1) };
    const facts: PackageFacts = { type: kind?.type ?? "npm", version, ...named };
    return { facts, ...(os === undefined ? {} : { os }) };
  });
}
