import { counted } from "../../contract/counted.ts";
import type { ImagePackages } from "../../contract/package-facts.ts";
import type { Text } from "../../contract/text.ts";
import type { SbomContent } from "../../sbom/documents/document.ts";

/** Maximum number of repositories and programs named; the document and `check` list all. */
const NAMED = 3;

/** Notes beside the counts: missing, hidden and unowned parts. */
export function tableNotes({ gaps, packages }: SbomContent): readonly Text[] {
  return [
    ...(gaps.length === 0 ? [] : [incomplete(gaps.length)]),
    ...packages.hidings.map(hidden),
    ...unowned(packages),
    ...foreign(packages),
  ];
}

function incomplete(count: number): Text {
  return {
    fr: `Incomplet : lectures impossibles : ${count} (nommées sur stderr) ; les paquets concernés manquent.`,
    en: `Incomplete: ${count} unread, named on stderr; the packages in them are missing.`,
  };
}

function hidden({ path, layer, packages, by }: ImagePackages["hidings"][number]): Text {
  return {
    fr: `Caché : ${counted(packages, "fr", ["paquet", "paquets"])} de ${path} (couche ${layer + 1}), que la couche ${by.layer + 1} a fait disparaître ; leurs fichiers sont là.`,
    en: `Hidden: ${counted(packages, "en", ["package", "packages"])} of ${path} (layer ${layer + 1}), which layer ${by.layer + 1} took away; their files are there.`,
  };
}

function unowned({ executables }: ImagePackages): readonly Text[] {
  if (executables.unowned === 0) return [];
  const { unowned: count, unownedBytes, bytes, largestUnowned } = executables;
  const share = Math.max(1, Math.round((100 * unownedBytes) / Math.max(1, bytes)));
  const largest = largestUnowned.slice(0, NAMED).map(({ path }) => path);
  return [
    {
      fr: `Sans paquet : ${count} programmes ou bibliothèques, ${share} % de leurs octets ; les plus grands : ${largest.join(", ")}.`,
      en: `Without a package: ${count} programs or libraries, ${share} % of their bytes; the largest: ${largest.join(", ")}.`,
    },
  ];
}

function foreign({ repositories }: ImagePackages): readonly Text[] {
  if (repositories.length === 0) return [];
  const named = repositories.slice(0, NAMED).map(({ manager, address }) => `${manager} ${address}`);
  const more = repositories.length > NAMED ? ", …" : "";
  return [
    {
      fr: `Dépôts d'un tiers : ${named.join(", ")}${more}.`,
      en: `Repositories of others: ${named.join(", ")}${more}.`,
    },
  ];
}
