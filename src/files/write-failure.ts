import { UnavailableError } from "../contract/error.ts";
import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";

/** A file that could not be written: path, cause and remedy. */
export class WriteFailure extends UnavailableError {
  constructor(path: string, cause: unknown) {
    super("output-unwritable", writeFailureText(path, cause), { cause });
  }
}

/** Runs work that writes a file or makes a folder. @throws WriteFailure for errors of the file system */
export function writing<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asWriteFailure(path, error);
  }
}

/** An error of the file system as a WriteFailure; other errors are returned unchanged. */
export function asWriteFailure(path: string, error: unknown): unknown {
  return isSystemError(error) ? new WriteFailure(path, error) : error;
}

function writeFailureText(path: string, error: unknown): Text {
  const { cause, remedy } = faultOf(error);
  return {
    fr: `${quoted(path)} n'a pas pu être écrit : ${cause.fr}. ${remedy.fr}`,
    en: `${quoted(path)} could not be written: ${cause.en}. ${remedy.en}`,
  };
}

/**
 * Error for a file operation that failed for a reason outside douane: permissions, space, descriptors, disk.
 * Undefined for other errors: a missing file that douane expected is a defect of douane.
 */
export function machineFailure(error: unknown): UnavailableError | undefined {
  if (error instanceof UnavailableError || !isSystemError(error)) return undefined;
  const { code = "", syscall = "", path } = error;
  if (!OUTSIDE.has(code) || NETWORK.test(syscall)) return undefined;
  const { cause, remedy } = faultOf(error);
  const where = path === undefined ? quoted(syscall) : `${quoted(syscall)} ${quoted(path)}`;
  return new UnavailableError(
    "file-operation-failed",
    {
      fr: `Une opération sur un fichier a échoué (${where}) : ${cause.fr}. ${remedy.fr}`,
      en: `A file operation failed (${where}): ${cause.en}. ${remedy.en}`,
    },
    { cause: error },
  );
}

/** Causes that are never a defect of douane, whatever the operation. */
const OUTSIDE = new Set(
  "EACCES EPERM EROFS ENOSPC EDQUOT EMFILE ENFILE EIO EFBIG ESTALE EBUSY ETXTBSY ENOMEM".split(" "),
);

/** System calls of the network, whose errors net/ explains. */
const NETWORK = /^(?:connect|bind|listen|accept|shutdown|setsockopt|getaddrinfo|query[A-Z])/;

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

export interface Fault {
  readonly cause: Text;
  readonly remedy: Text;
}

/** Cause of an error, with its code, and its remedy. */
export function faultOf(error: unknown): Fault {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const fault = FAULTS[code];
  if (fault === undefined) {
    const seen = error instanceof Error ? error.message : String(error);
    return { cause: { fr: seen, en: seen }, remedy: CHECK };
  }
  const { cause, remedy } = fault;
  return { cause: { fr: `${cause.fr} (${code})`, en: `${cause.en} (${code})` }, remedy };
}

const CHECK: Text = {
  fr: "Vérifier que son répertoire existe, ses droits et l'espace libre.",
  en: "Check that its folder exists, its permissions and the free space.",
};

const RIGHTS: Fault = {
  cause: { fr: "l'accès est refusé", en: "permission is denied" },
  remedy: {
    fr: "Vérifier les droits de ce compte sur le fichier et sur son répertoire.",
    en: "Check this account's permissions on the file and on its folder.",
  },
};

const FAULTS: Readonly<Record<string, Fault>> = {
  EACCES: RIGHTS,
  EPERM: RIGHTS,
  EROFS: {
    cause: { fr: "le système de fichiers est en lecture seule", en: "the file system is read-only" },
    remedy: {
      fr: "Choisir un autre répertoire, ou monter celui-ci en écriture.",
      en: "Choose another folder, or mount this one writable.",
    },
  },
  ENOSPC: {
    cause: { fr: "il n'y a plus de place", en: "no space is left" },
    remedy: {
      fr: "Libérer de la place ou des inodes (df -h, df -i), ou choisir un autre répertoire.",
      en: "Free space or inodes (df -h, df -i), or choose another folder.",
    },
  },
  EDQUOT: {
    cause: { fr: "le quota de ce compte est épuisé", en: "this account's disk quota is used up" },
    remedy: {
      fr: "Libérer de la place, faire relever le quota ou choisir un autre répertoire.",
      en: "Free space, have the quota raised, or choose another folder.",
    },
  },
  EMFILE: {
    cause: { fr: "ce processus a trop de fichiers ouverts", en: "this process has too many open files" },
    remedy: {
      fr: "Relever la limite (ulimit -n), puis recommencer.",
      en: "Raise the limit (ulimit -n), then try again.",
    },
  },
  ENFILE: {
    cause: { fr: "cette machine a trop de fichiers ouverts", en: "this machine has too many open files" },
    remedy: {
      fr: "Terminer d'autres processus ou relever fs.file-max, puis recommencer.",
      en: "End other processes or raise fs.file-max, then try again.",
    },
  },
  EIO: {
    cause: { fr: "le disque répond par une erreur", en: "the disk reports an input/output error" },
    remedy: {
      fr: "Vérifier le disque (dmesg), puis recommencer ou choisir un autre répertoire.",
      en: "Check the disk (dmesg), then try again or choose another folder.",
    },
  },
  EFBIG: {
    cause: { fr: "le fichier dépasse la taille permise", en: "the file exceeds the size allowed" },
    remedy: {
      fr: "Relever la limite (ulimit -f), ou choisir un autre système de fichiers.",
      en: "Raise the limit (ulimit -f), or choose another file system.",
    },
  },
};
