import type { Text } from "../../contract/text.ts";

export const WRITE_ELSEWHERE: Text = {
  fr: "Écrire dans /tmp ou dans un volume emptyDir.",
  en: "Write to /tmp or to an emptyDir volume.",
};

/**
 * Remedy for writes to this path.
 *
 * @param ready whether the application came up on the read-only root
 * @param isSet whether the manifest already mounts the root read-only
 */
export function mountAt(path: string, ready: boolean, isSet: boolean): Text {
  if (isSet) {
    return { fr: `Monter un volume emptyDir sur ${path}.`, en: `Mount an emptyDir volume at ${path}.` };
  }
  if (ready) {
    return {
      fr: `L'image fonctionne sur une racine en lecture seule : fixer « readOnlyRootFilesystem: true », et monter un volume emptyDir sur ${path} pour ce qu'elle y écrit.`,
      en: `The image works on a read-only root: set \`readOnlyRootFilesystem: true\`, and mount an emptyDir volume at ${path} for what it writes there.`,
    };
  }
  return {
    fr: `Monter un volume emptyDir sur ${path}, et fixer « readOnlyRootFilesystem: true ».`,
    en: `Mount an emptyDir volume at ${path}, and set \`readOnlyRootFilesystem: true\`.`,
  };
}

/** Remedy for a directory where a volume would hide files of the image. */
export function elsewhere(path: string): Text {
  return {
    fr: `Faire écrire l'application dans /tmp ou dans un volume emptyDir : en monter un sur ${path} masquerait des fichiers de l'image.`,
    en: `Make the application write to /tmp or to an emptyDir volume: one mounted at ${path} would hide files of the image.`,
  };
}
