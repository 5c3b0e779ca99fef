import type { Text } from "../contract/text.ts";

export type WriteRefusalCode =
  | "outside"
  | "link"
  | "git"
  | "odd-name"
  | "not-regular"
  | "hard-linked"
  | "not-ours";

/** A file named by a repository that is not written; `text`: the reason. */
export class WriteRefusal extends Error {
  override readonly name = "WriteRefusal";
  readonly code: WriteRefusalCode;
  readonly text: Text;

  constructor(code: WriteRefusalCode) {
    super(REASONS[code].en);
    this.code = code;
    this.text = REASONS[code];
  }
}

const REASONS: Readonly<Record<WriteRefusalCode, Text>> = {
  outside: {
    fr: "il est hors du répertoire des réglages",
    en: "it is outside the settings' folder",
  },
  link: {
    fr: "un lien symbolique est sur son chemin",
    en: "a symbolic link is on the way to it",
  },
  git: {
    fr: "il est dans un répertoire de git",
    en: "it is in a folder of git",
  },
  "odd-name": {
    fr: "son nom contient des caractères de contrôle ou invisibles",
    en: "its name holds control or invisible characters",
  },
  "not-regular": {
    fr: "ce qui porte ce nom n'est pas un fichier ordinaire",
    en: "something other than a regular file has that name",
  },
  "hard-linked": {
    fr: "le fichier a aussi un autre nom (lien physique)",
    en: "the file has another name, too (a hard link)",
  },
  "not-ours": {
    fr: "un fichier qui n'est pas un rapport de douane de ce format porte déjà ce nom. Le supprimer s'il ne sert plus",
    en: "a file that is not a douane report in this format already has that name. Delete it if it is no longer needed",
  },
};
