// Every list of packages in the image could be read (contract 2.2): otherwise neither its SBOM nor a search
// for vulnerabilities is complete.
//
//   every list of packages was read, and the lists cover the executable files         pass, counted
//   a list that is damaged, too long or of a form that is not read; a packed program;
//   a JavaScript bundle that the image starts and no document describes               unproven, named
//   a list of packages that a later layer deleted, emptied or replaced                unproven, named
//   programs, libraries and jars of no package: above 5 % of executable bytes         unproven, the largest named
//   one of these files, of any share, that the image or its workload starts           unproven, named
//   a layer that was not read                                                         unproven
//   such files below that share; archives without an identity; libraries copied beside a wheel;
//   repositories that are not the distribution's                                      note

import { counted } from "../../contract/counted.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts } from "../../contract/image-facts.ts";
import {
  type FoundAt,
  type HidingFacts,
  type ImagePackages,
  type UnownedExecutable,
  type UnreadPackages,
  WHEEL_LIBRARIES,
} from "../../contract/package-facts.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";
import { unlessUnread } from "../image/unread-layers.ts";
import { andOthers } from "./others.ts";

const ID = "2.2-packages-read";

/** Allowed share of unowned files, in percent of executable bytes. */
const UNOWNED_SHARE = 5;
/** Maximum number of places named in one sentence, and of notes listed in a report. */
const NAMED = 3;
const LISTED = 10;

type Doubt = Pick<Extract<Outcome, { status: "unproven" }>, "reason" | "settle">;

export const packagesRead = defineRule({
  id: ID,
  rows: ["sbom"],
  title: {
    fr: "Les paquets de l'image ont tous pu être relevés",
    en: "All packages of the image could be read",
  },
  why: {
    fr: "Ce que rien ne déclare n'entre dans aucun inventaire : une vulnérabilité y reste invisible.",
    en: "Software that nothing declares is missing from every inventory, so its vulnerabilities go unnoticed.",
  },
  remedy: {
    fr: "Laisser dans l'image les bases de données des gestionnaires de paquets, et installer les programmes par ces gestionnaires.",
    en: "Keep the package managers' databases in the image, and install executables through the package managers.",
  },
  needs: ["sbom"],
  uses: ["image"],
  check({ sbom: { packages }, image }) {
    const { components, unread, executables } = packages;
    const notes = notesOf(packages);
    const doubt =
      conflict(packages.osConflict) ??
      unreadLists(unread) ??
      hiddenLists(packages.hidings) ??
      unowned(packages) ??
      unownedStart(packages, image);
    if (doubt !== undefined) return { status: "unproven", ...doubt, notes };
    const count = new Set(
      components.map(({ type, namespace = "", name, version }) => `${type} ${namespace} ${name} ${version}`),
    ).size;
    const proof = {
      fr: `paquets relevés : ${count} ; programmes, bibliothèques et jars rattachés à l'un d'eux : ${executables.count - executables.unowned} sur ${executables.count}`,
      en: `packages read: ${count}; programs, libraries and jars that belong to one of them: ${executables.count - executables.unowned} of ${executables.count}`,
    };
    return unlessUnreadLayers(image, { status: "pass", proof, notes });
  },
});

function unlessUnreadLayers(image: ImageFacts | undefined, outcome: Outcome): Outcome {
  return image === undefined ? outcome : unlessUnread(image, outcome);
}

function conflict(said: ImagePackages["osConflict"]): Doubt | undefined {
  if (said === undefined) return undefined;
  const shown = (word: string) =>
    said
      .map(({ system, path, layer }) => `${excerpt(system)} (${excerpt(path)}, ${word} ${layer + 1})`)
      .join(", ");
  return {
    reason: {
      fr: `la distribution de l'image n'est pas établie, car deux fichiers se contredisent : ${shown("couche")}`,
      en: `the image's distribution is not established, as two files contradict each other: ${shown("layer")}`,
    },
    settle: {
      fr: "Laisser os-release tel que le paquet de la distribution l'a installé, ou partir de l'image de la version voulue.",
      en: "Leave os-release as the distribution's package installed it, or start from the image of the release that is wanted.",
    },
  };
}

function unreadLists(unread: readonly UnreadPackages[]): Doubt | undefined {
  if (unread.length === 0) return undefined;
  const shown = (lang: Lang) =>
    unread
      .slice(0, NAMED)
      .map((one) => `${excerpt(placeOf(one))} (${WHY[one.why][lang]})`)
      .join(", ");
  return {
    reason: {
      fr: `paquets non relevés : ${shown("fr")}${others(unread.length, "fr")}`,
      en: `packages not read: ${shown("en")}${others(unread.length, "en")}`,
    },
    settle: settleOf(unread),
  };
}

function settleOf(unread: readonly UnreadPackages[]): Text {
  if (unread.every(({ why }) => why === "bundle")) return DESCRIBE_BUNDLE;
  return SETTLED.find(([name]) => unread.every(({ cataloger }) => cataloger === name))?.[1] ?? RESTORE;
}

/** Remedies for the case that only one form of packages was not read, by the form's name. */
const SETTLED: readonly (readonly [string, Text])[] = [
  [
    "shaded-jar",
    {
      fr: "Livrer les jars côte à côte (lib/, ou le jar de Spring Boot), ou garder le META-INF/maven de chaque artefact en les fusionnant.",
      en: "Ship the jars side by side (lib/, or Spring Boot's jar), or keep each artifact's META-INF/maven when merging them.",
    },
  ],
];

const RESTORE: Text = {
  fr: "Retirer ces fichiers de l'image, ou les y remettre tels que leur gestionnaire de paquets les a écrits.",
  en: "Remove these files from the image, or restore them as their package manager wrote them.",
};

const DESCRIBE_BUNDLE: Text = {
  fr: "Ajouter à l'image un SBOM qui nomme ce fichier et ses paquets (evidence.occurrences de chacun, ou un composant avec le SHA-256 du fichier qui les contient, en CycloneDX), y laisser la source map d'un build fait avec pnpm ou Yarn, ou installer les paquets dans node_modules au lieu de les assembler.",
  en: "Add to the image an SBOM that names this file and its packages (evidence.occurrences of each, or a component with the file's SHA-256 that contains them, in CycloneDX), keep the source map of a build made with pnpm or Yarn, or install the packages in node_modules instead of bundling them.",
};

function hiddenLists(hidings: readonly HidingFacts[]): Doubt | undefined {
  const [first] = hidings;
  if (first === undefined) return undefined;
  const path = excerpt(first.path);
  const names = first.names.map(excerpt).join(", ");
  const layer = first.by.layer + 1;
  const way = WAYS[first.by.way];
  return {
    reason: {
      fr: `la liste de paquets ${path} (${counted(first.packages, "fr", ["paquet", "paquets"])} : ${names}…) est ${way.fr} par la couche ${layer}, alors que leurs fichiers restent${others(hidings.length, "fr", 1)}`,
      en: `the list of packages ${path} (${counted(first.packages, "en", ["package", "packages"])}: ${names}…) is ${way.en} by layer ${layer}, while their files stay${others(hidings.length, "en", 1)}`,
    },
    settle: {
      fr: "Laisser cette liste en place, ou retirer aussi les fichiers des paquets : partir d'une base qui ne les contient pas.",
      en: "Leave that list in place, or take the packages' files out, too: start from a base that does not have them.",
    },
  };
}

function unowned({ executables }: ImagePackages): Doubt | undefined {
  const { bytes, unowned, unownedBytes, largestUnowned } = executables;
  if (unownedBytes * 100 <= bytes * UNOWNED_SHARE) return undefined;
  const share = Math.ceil((100 * unownedBytes) / bytes);
  const largest = sizes(largestUnowned);
  return {
    reason: {
      fr: `${share} % de ce qui s'exécute n'appartient à aucun paquet : ${largest}${others(unowned, "fr")}`,
      en: `${share} % of the executable bytes are not owned by any package: ${largest}${others(unowned, "en")}`,
    },
    settle: DESCRIBE,
  };
}

/**
 * Doubt about a program that is started and has no owner, whatever its share, since it is the most exposed
 * program.
 */
function unownedStart({ executables }: ImagePackages, image: ImageFacts | undefined): Doubt | undefined {
  if (image === undefined) return undefined;
  const started = startedFiles(image);
  const found = executables.largestUnowned.filter((one) => one.inside === undefined && started.has(one.path));
  if (found.length === 0) return undefined;
  return {
    reason: {
      fr: `ce que l'image lance n'appartient à aucun paquet et ne dit pas de quoi il est fait : ${sizes(found)}${others(found.length, "fr")}`,
      en: `the image starts programs that no package owns and that do not state their own packages: ${sizes(found)}${others(found.length, "en")}`,
    },
    settle: DESCRIBE,
  };
}

/** Files of the start, followed or named by words of the command: `dotnet portal.dll`. */
function startedFiles({ config, program, overridden = [] }: ImageFacts): ReadonlySet<string | undefined> {
  const starts = [{ ...program, workingDir: config.workingDir }, ...overridden];
  return new Set(
    starts.flatMap(({ argv, steps, workingDir }) => [
      ...steps.map(({ file }) => file),
      ...argv.map((word) => (word.startsWith("/") ? word : `${workingDir.replace(/\/$/, "")}/${word}`)),
    ]),
  );
}

function sizes(executables: readonly UnownedExecutable[]): string {
  const first = executables.slice(0, NAMED);
  return first.map(({ path, bytes }) => `${excerpt(path)} (${mebibytes(bytes)})`).join(", ");
}

const DESCRIBE: Text = {
  fr: "Installer ces programmes par un gestionnaire de paquets, ou les construire de sorte qu'ils se décrivent (Rust : cargo auditable ; jars : META-INF/maven).",
  en: "Install these programs by a package manager, or build them so that they describe themselves (Rust: cargo auditable; jars: META-INF/maven).",
};

function notesOf({ unidentified, repositories, executables }: ImagePackages): readonly Finding[] {
  const { unowned: count, largestUnowned } = executables;
  const largest = sizes(largestUnowned);
  return [
    ...(largest === ""
      ? []
      : [
          {
            message: {
              fr: `n'appartient à aucun paquet : ${largest}${others(count, "fr")}`,
              en: `not owned by any package: ${largest}${others(count, "en")}`,
            },
            fingerprint: fingerprint(
              ID,
              "unowned",
              ...largestUnowned.slice(0, NAMED).map(({ path }) => path),
            ),
          },
        ]),
    ...unidentified.slice(0, LISTED).map((one) => ({
      message: one.cataloger === WHEEL_LIBRARIES ? copiedLibraries(one) : namelessArchive(one),
      fingerprint: fingerprint(ID, "unidentified", placeOf(one)),
    })),
    ...repositories.slice(0, LISTED).map(({ address, path, manager }) => ({
      message: {
        fr: `dépôt ${manager} tiers : ${excerpt(address)} (${excerpt(path)}) ; les avis de la distribution ne disent rien de ce qui en vient`,
        en: `third-party ${manager} repository: ${excerpt(address)} (${excerpt(path)}); the distribution's advisories do not cover its packages`,
      },
      fingerprint: fingerprint(ID, "repository", address, path),
    })),
  ];
}

function namelessArchive(one: FoundAt): Text {
  const place = excerpt(placeOf(one));
  return {
    fr: `archive qui ne dit pas ce qu'elle est : ${place}`,
    en: `archive whose content could not be identified: ${place}`,
  };
}

function copiedLibraries({ path }: FoundAt): Text {
  const folder = excerpt(path.slice(0, path.lastIndexOf("/") + 1));
  return {
    fr: `bibliothèques qu'auditwheel a copiées, et dont personne ne suit les versions : ${folder} ; le paquet de la distribution (python3-numpy…) ou pip install --no-binary s'en passent`,
    en: `libraries copied by auditwheel, whose versions are unknown: ${folder}; the distribution's package (python3-numpy…) or pip install --no-binary do without them`,
  };
}

function placeOf({ path, inside }: Pick<UnreadPackages, "path" | "inside">): string {
  return inside === undefined ? path : `${path}!/${inside}`;
}

function others(count: number, lang: Lang, named = NAMED): string {
  return andOthers(count - named, lang);
}

function mebibytes(bytes: number): string {
  return `${Math.max(0.1, bytes / 1024 ** 2).toFixed(1)} MiB`;
}

const WHY = {
  damaged: { fr: "endommagée", en: "damaged" },
  "too-long": { fr: "plus grande que ce qui est lu", en: "too large to be read" },
  form: { fr: "d'une forme qui n'est pas lue", en: "of a form that is not read" },
  packed: { fr: "programme compressé", en: "a packed program" },
  bundle: { fr: "bundle JavaScript que l'image lance", en: "a JavaScript bundle that the image starts" },
  bound: {
    fr: "d'autres listes illisibles, au-delà de la borne unreadListsPerLayer",
    en: "further unreadable lists, beyond the bound unreadListsPerLayer",
  },
} as const satisfies Record<UnreadPackages["why"], Text>;

const WAYS = {
  deleted: { fr: "supprimée", en: "deleted" },
  directory: { fr: "supprimée avec son répertoire", en: "deleted with its directory" },
  replaced: { fr: "remplacée", en: "replaced" },
  linked: { fr: "remplacée par un lien", en: "replaced by a link" },
} as const satisfies Record<HidingFacts["by"]["way"], Text>;
