import type { ConfigObjectFacts, ConfigSecretFacts } from "../../contract/config-object-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { type WorkloadFacts, workloadKey } from "../../contract/workload-facts.ts";
import { secretId } from "../../secrets/mask.ts";
import { secretKind } from "../image/secret-kinds.ts";

/** Maximum number of keys named in a finding; the others are counted. */
const NAMED = 3;

/** Finding for a ConfigMap, Secret or storage object with these values in plain text. */
export function plainObject(
  workload: WorkloadFacts,
  { kind, name, at, injected }: ConfigObjectFacts,
  secrets: readonly ConfigSecretFacts[],
): Finding {
  const object = `${kind} ${excerpt(name)}`;
  const shown = secrets.slice(0, NAMED).map((secret) => [excerpt(secret.key), secret] as const);
  const more = secrets.length - shown.length;
  const list = (lang: "fr" | "en") =>
    shown
      .map(([key, { kind: id, masked }]) => `${key} (${secretKind(id).name[lang]}, ${excerpt(masked)})`)
      .join(", ");
  const beside = injected
    ? { fr: "", en: "" }
    : { fr: ", dans le même répertoire", en: ", in the same folder" };
  return {
    message: {
      fr: `${object} en clair parmi les manifestes${beside.fr} : ${list("fr")}${more > 0 ? `, et ${more} de plus` : ""}`,
      en: `${object} in plain text among the manifests${beside.en}: ${list("en")}${more > 0 ? `, and ${more} more` : ""}`,
    },
    remedy: REMEDY.get(kind) ?? OF_OTHERS,
    fingerprint: fingerprint(
      "1.4-literal-secrets",
      workloadKey(workload),
      kind,
      name,
      secretId(kind, name, secrets.map(({ id }) => id).join()),
    ),
    at: at.in === "file" ? { file: at.file, line: at.line } : { uid: at.uid },
  };
}

const OF_STORAGE = {
  fr: "Donner ces identifiants au pilote par un Secret (nodeStageSecretRef d'un PersistentVolume, csi.storage.k8s.io/node-stage-secret-name d'une StorageClass) que le dépôt ne contient pas en clair, puis révoquer ceux qui ont été publiés.",
  en: "Give these credentials to the driver in a Secret (nodeStageSecretRef of a PersistentVolume, csi.storage.k8s.io/node-stage-secret-name of a StorageClass) that the repository does not hold in plain text, then revoke those that were published.",
};

const OF_OTHERS = {
  fr: "Remplacer cette valeur par une référence à un Secret (secretKeyRef, secretRef, authenticationRef…) que le dépôt ne contient pas en clair, puis révoquer celle qui a été publiée.",
  en: "Replace this value by a reference to a Secret (secretKeyRef, secretRef, authenticationRef…) that the repository does not hold in plain text, then revoke the one that was published.",
};

const REMEDY: ReadonlyMap<string, Text> = new Map([
  ["PersistentVolume", OF_STORAGE],
  ["StorageClass", OF_STORAGE],
  [
    "ConfigMap",
    {
      fr: "Déplacer ces valeurs dans un Secret que le dépôt ne contient pas en clair (ExternalSecret, SealedSecret, SOPS), le monter comme fichier, puis révoquer celles qui ont été publiées.",
      en: "Move these values into a Secret that the repository does not hold in plain text (ExternalSecret, SealedSecret, SOPS), mount it as files, then revoke those that were published.",
    },
  ],
  [
    "Secret",
    {
      fr: "Remplacer ce Secret par un ExternalSecret, un SealedSecret ou un fichier chiffré par SOPS, puis révoquer les valeurs publiées : base64 ne chiffre rien.",
      en: "Replace this Secret by an ExternalSecret, a SealedSecret or a file encrypted by SOPS, then revoke the published values: base64 encrypts nothing.",
    },
  ],
]);
