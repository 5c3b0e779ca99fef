import { quoted } from "../contract/shown.ts";
import type { Text } from "../contract/text.ts";
import { FileRefusal } from "./file-refusal.ts";

/** Explanation of a failed file operation, for users. */
export function unreadable(error: unknown): Text {
  if (error instanceof FileRefusal) return error.text;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return (
    REASONS[code] ?? {
      fr: `lecture impossible (${quoted(code === "" ? String(error) : code)})`,
      en: `cannot be read (${quoted(code === "" ? String(error) : code)})`,
    }
  );
}

const REASONS: Readonly<Record<string, Text>> = {
  ENOENT: { fr: "fichier ou répertoire introuvable", en: "no such file or folder" },
  EACCES: {
    fr: "lecture refusée : vérifier les droits d'accès",
    en: "reading is not permitted: check the permissions",
  },
  ELOOP: { fr: "ce lien symbolique tourne en rond", en: "this symbolic link goes round in circles" },
};
