import type { ImageFacts, UnsearchedFile } from "../../contract/image-facts.ts";
import type { Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Lang, Text } from "../../contract/text.ts";

/** Maximum number of files named in a sentence. */
const NAMED = 5;

const REASONS: Readonly<Record<string, Text>> = {
  encrypted: { fr: "chiffré", en: "encrypted" },
  damaged: { fr: "endommagé, ou lu autrement par d'autres", en: "damaged, or read otherwise by others" },
  method: { fr: "méthode de compression inconnue", en: "unknown method of compression" },
  appended: { fr: "archive zip à la suite d'un programme", en: "a zip behind a program" },
  linked: {
    fr: "lien physique vers le fichier d'un paquet : le copier",
    en: "a hard link to a package's file: copy it",
  },
  unlisted: {
    fr: "ressemble à un secret, là où rpm installe : sa base, qui dirait si un paquet l'apporte, n'est pas lue",
    en: "looks like a secret, where rpm installs: its database, which would tell whether a package brought it, is not read",
  },
  "too-deep": {
    fr: "archives trop imbriquées (borne packedDepth)",
    en: "archives nested too deeply (bound packedDepth)",
  },
  "too-much": {
    fr: "trop de contenu (bornes packedBytesPerLayer, packedMembersPerLayer, heldPackageBytes)",
    en: "too much content (bounds packedBytesPerLayer, packedMembersPerLayer, heldPackageBytes)",
  },
  "too-many-matches": {
    fr: "la couche contient trop de textes qui ressemblent à des secrets (borne secretMatchesPerLayer)",
    en: "the layer holds too many texts that look like secrets (bound secretMatchesPerLayer)",
  },
};

const UNNAMED: Text = {
  fr: "au-delà de la borne unsearchedPerLayer",
  en: "beyond the bound unsearchedPerLayer",
};

/** Outcome in place of a pass if files were not searched; undefined if all were. */
export function unsearchedFiles({
  unsearched,
  config,
}: Pick<ImageFacts, "unsearched" | "config">): Outcome | undefined {
  if (unsearched === undefined) return OLDER;
  const { others } = unsearched;
  const files = unsearched.files.filter((file) => !isPinned(file, config.env));
  // Files that are only counted have no hash here, so they cannot be recognised as pinned.
  if (files.length + others === 0) return undefined;
  const list = (lang: Lang) =>
    files
      .slice(0, NAMED)
      .map((file) => shown(file, lang))
      .join(", ") || UNNAMED[lang];
  const more = files.length + others - Math.min(files.length, NAMED);
  return {
    status: "unproven",
    reason: {
      fr: `fichiers dans lesquels aucun secret n'a pu être cherché : ${list("fr")}${more > 0 ? ` et ${more} autres` : ""}`,
      en: `files in which no secret could be looked for: ${list("en")}${more > 0 ? ` and ${more} others` : ""}`,
    },
    settle: {
      fr: "Retirer ces fichiers de l'image, ou les y placer décompressés, ou au format zip, tar, gzip ou zstd, sans mot de passe, et répartis sur plusieurs couches s'il y en a trop.",
      en: "Take these files out of the image, or put them there unpacked, or as zip, tar, gzip or zstd, without a password, and spread over several layers if they are too many.",
    },
  };
}

/**
 * Whether the image declares a file's hash and its download address, as images of Docker's library do
 * (PHP_URL and PHP_SHA256 of /usr/src/php.tar.xz): the file is then a public download. A hash alone does not
 * suffice, since anyone can declare the hash of their own file.
 */
function isPinned({ sha256, path }: UnsearchedFile, env: readonly string[]): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return env.some((entry) => {
    const [, of = "", hash] = /^([A-Z]\w{0,60})_SHA256=([0-9a-f]{64})$/.exec(entry) ?? [];
    if (hash === undefined || hash !== sha256 || !name.startsWith(`${of.toLowerCase()}.`)) return false;
    return env.some((other) => other.startsWith(`${of}_URL=https://`) && other.endsWith(".xz"));
  });
}

function shown({ path, inside, why }: UnsearchedFile, lang: Lang): string {
  const reason = (Object.hasOwn(REASONS, why) ? REASONS[why] : undefined)?.[lang] ?? excerpt(why);
  return `${excerpt(path)}${inside === undefined ? "" : ` (${excerpt(inside)})`} [${reason}]`;
}

/** Outcome for evidence older than the current search in archives. */
export const OLDER: Outcome = {
  status: "unproven",
  reason: {
    fr: "ces preuves viennent d'une version qui ne regardait pas dans les archives",
    en: "this evidence is from a version that did not look into archives",
  },
  settle: {
    fr: "Lire l'image à nouveau : douane check IMAGE",
    en: "Read the image again: douane check IMAGE",
  },
};
