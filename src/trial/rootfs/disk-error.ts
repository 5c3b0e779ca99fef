import { DouaneError, InvalidInputError, UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { faultOf } from "../../files/write-failure.ts";

/** Error codes for names that no Linux file system accepts. */
const REFUSED = new Set(["ENAMETOOLONG", "ENOENT", "EINVAL"]);

/** A file system error with advice; other errors unchanged. */
export function diskError(error: unknown, directory: string): unknown {
  if (error instanceof DouaneError || !(error instanceof Error) || !("syscall" in error)) return error;
  const seen = quoted(error.message);
  if ("code" in error && REFUSED.has(String(error.code))) {
    const text = {
      fr: `l'image contient un nom que le système de fichiers refuse : ${seen}`,
      en: `the image has a name that the file system refuses: ${seen}`,
    };
    return new InvalidInputError("unpack-name", text, { cause: error });
  }
  return unusable(error, directory);
}

/**
 * Error for the base folder, which is created before any name of the image is used: on a read-only file
 * system the code can also be ENOENT.
 */
export function directoryError(error: unknown, directory: string): unknown {
  if (error instanceof DouaneError || !(error instanceof Error)) return error;
  return unusable(error, directory);
}

function unusable(error: Error, directory: string): UnavailableError {
  const { cause, remedy } = faultOf(error);
  const text = {
    fr: `impossible de déployer l'image dans ${quoted(directory)} : ${cause.fr}. ${remedy.fr} XDG_CACHE_HOME choisit un autre répertoire.`,
    en: `cannot unpack the image into ${quoted(directory)}: ${cause.en}. ${remedy.en} XDG_CACHE_HOME chooses another folder.`,
  };
  return new UnavailableError("unpack-disk", text, { cause: error });
}

/** Refuses to run without root. @throws UnavailableError unpack-not-root */
export function verifyRoot(uid = process.geteuid?.()): void {
  if (uid === 0) return;
  throw new UnavailableError("unpack-not-root", {
    fr: "déployer les couches d'une image demande d'être root, de la machine ou d'un espace de noms utilisateur : sinon aucun fichier ne peut avoir son propriétaire",
    en: "unpacking an image's layers takes root, of the machine or of a user namespace: otherwise no file can have its owner",
  });
}
