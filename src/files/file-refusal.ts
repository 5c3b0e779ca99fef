import type { Text } from "../contract/text.ts";

export type FileRefusalCode =
  | "folder"
  | "not-regular"
  | "leads-outside"
  | "version-control"
  | "brought-link"
  | "changed"
  | "too-many-entries"
  | "control-in-name";

/** A file or folder that is not read for safety, although the system would allow it; `text`: the reason. */
export class FileRefusal extends Error {
  override readonly name = "FileRefusal";
  readonly code: FileRefusalCode;
  readonly text: Text;

  constructor(code: FileRefusalCode, text: Text = REASONS[code]) {
    super(text.en);
    this.code = code;
    this.text = text;
  }
}

const REASONS: Readonly<Record<FileRefusalCode, Text>> = {
  folder: { fr: "c'est un répertoire, pas un fichier", en: "this is a folder, not a file" },
  "not-regular": {
    fr: "ce n'est pas un fichier ordinaire (tube, périphérique ou socket) : il n'est pas lu",
    en: "this is not a regular file but a FIFO, a device or a socket: it is not read",
  },
  "leads-outside": {
    fr: "le chemin mène hors du répertoire jugé, peut-être par un lien symbolique : il n'est pas suivi. Y mettre le fichier lui-même",
    en: "the path leads out of the folder that is judged, perhaps by a symbolic link: it is not followed. Put the file itself there",
  },
  "version-control": {
    fr: "il est dans un répertoire du gestionnaire de versions (.git), où peut être un jeton : il n'est pas lu",
    en: "it is in a folder of version control (.git), where a token may be: it is not read",
  },
  "brought-link": {
    fr: "un lien symbolique du dépôt mène ailleurs : il n'est pas suivi",
    en: "a symbolic link of the repository leads elsewhere: it is not followed",
  },
  changed: {
    fr: "le fichier a changé pendant sa lecture : recommencer",
    en: "the file changed while it was read: try again",
  },
  "too-many-entries": {
    fr: "le répertoire a trop d'entrées : nommer les fichiers voulus",
    en: "the folder has too many entries: name the files that are meant",
  },
  "control-in-name": {
    fr: "son nom contient un caractère de contrôle, comme un retour à la ligne : il n'est pas lu. Le renommer",
    en: "its name holds a control character, such as a line feed: it is not read. Rename it",
  },
};
