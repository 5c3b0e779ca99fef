import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import type { ImageFacts, SecretFacts } from "../../contract/image-facts.ts";
import { excerpt } from "../../contract/shown.ts";
import { secretKind } from "./secret-kinds.ts";
import { secretPlace } from "./secret-place.ts";

const ID = "1.4-no-secrets";

/**
 * A secret in a file that a package installs everywhere: a test, an example, documentation, a compiled
 * library.
 */
interface PackagedSecret extends SecretFacts {
  readonly at: Extract<SecretFacts["at"], { readonly in: "file" }> & { readonly testOf: string };
}

export function isPackaged(secret: SecretFacts): secret is PackagedSecret {
  return secret.at.in === "file" && secret.at.testOf !== undefined;
}

/** One note per package, however many of its files contain keys of this kind. */
export function packagedSecrets(image: ImageFacts, secrets: readonly PackagedSecret[]): readonly Finding[] {
  const firsts = new Map<string, PackagedSecret>();
  for (const secret of secrets) if (!firsts.has(secret.at.testOf)) firsts.set(secret.at.testOf, secret);
  return [...firsts].map(([name, first]) => note(image, first, countFiles(secrets, name) - 1));
}

/** Number of files of a package, counting a file in several layers once. */
function countFiles(secrets: readonly PackagedSecret[], name: string): number {
  const own = secrets.filter(({ at }) => at.testOf === name);
  return new Set(own.map(({ at }) => `${at.path}!/${at.inside}`)).size;
}

function note(image: ImageFacts, first: PackagedSecret, others: number): Finding {
  const { name: kind } = secretKind(first.kind);
  const place = secretPlace(image, first);
  const [shown, masked] = [excerpt(first.at.testOf), excerpt(first.masked)];
  const more =
    others === 0
      ? { fr: "", en: "" }
      : {
          fr:
            others === 1
              ? " ; un autre de ses fichiers de même"
              : ` ; ${others} autres de ses fichiers de même`,
          en: others === 1 ? "; so does another of its files" : `; so do ${others} other files of it`,
        };
  return {
    message: {
      fr: `${kind.fr} ${place.name.fr} : ${masked}${more.fr}`,
      en: `${kind.en} ${place.name.en}: ${masked}${more.en}`,
    },
    remedy: {
      fr: `Rien à révoquer : tous ceux qui installent ${shown} ont cette clé. Pour alléger l'image, installer le paquet sans ses tests ni ses exemples.`,
      en: `Nothing to revoke: everybody who installs ${shown} has this key. To make the image smaller, install the package without its tests and examples.`,
    },
    fingerprint: fingerprint(ID, "package", first.at.testOf),
    at: place.at,
  };
}
