// The configuration is injected when the container starts (contract 1.4: by variables or files).
//
//   env, envFrom; volumes from a ConfigMap, Secret, projected, downwardAPI or secrets-store.csi   pass
//   nothing injected: the image has no configuration of its own                        n/a, once it was read
//   a secret as a variable (secretKeyRef, secretRef)                                    note: files are preferred

import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { containerName, type PlacementFacts } from "../../contract/pod-containers.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { VolumeFacts } from "../../contract/volume-facts.ts";
import {
  invalidAt,
  manifestPlace,
  podField,
  type WorkloadFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { unlessUnread } from "../image/unread-layers.ts";
import { unprovenBy } from "./fields/judge-fields.ts";

const ID = "1.4-injected-config";
const INJECTED = new Set(["configMap", "secret", "projected", "downwardAPI"]);
const SECRETS_STORE = "secrets-store.csi.k8s.io";

export const injectedConfig = defineRule({
  id: ID,
  rows: ["env-config"],
  title: {
    fr: "La configuration est injectée au lancement du conteneur",
    en: "The configuration is injected when the container starts",
  },
  why: {
    fr: "La même image doit passer d'un environnement à l'autre : ce qui varie lui est donné au lancement, par des variables d'environnement ou des fichiers montés.",
    en: "The same image has to move from one environment to the next: what varies is given to it at start, by environment variables or mounted files.",
  },
  remedy: {
    fr: "Injecter la configuration par env, envFrom ou des volumes configMap et secret.",
    en: "Inject the configuration with env, envFrom, or configMap and secret volumes.",
  },
  needs: ["workload", "placement"],
  uses: ["image"],
  check({ workload, placement, image }) {
    const invalid =
      invalidField(workload, [placement.path], ["env", "envFrom", "volumeMounts"]) ??
      invalidAt(workload, podField(workload, "spec.volumes"));
    if (invalid !== undefined) return unprovenBy(invalid);
    const injected = [...variables(placement), ...files(workload, placement)];
    if (injected.length > 0) {
      const list = injected.map(excerpt).join(", ");
      return {
        status: "pass",
        proof: { fr: `injecté par le manifeste : ${list}`, en: `injected by the manifest: ${list}` },
        notes: secretVariables(workload, placement),
      };
    }
    if (image === undefined) return UNREAD;
    const read = unlessUnread(image, { status: "pass", proof: NOTHING });
    return read.status === "pass" ? { status: "n/a", reason: NOTHING } : read;
  },
});

const NOTHING = {
  fr: "le manifeste n'injecte aucune configuration dans ce conteneur",
  en: "the manifest injects no configuration into this container",
};

const UNREAD: Outcome = {
  status: "unproven",
  reason: {
    fr: `${NOTHING.fr}, et l'image n'a pas été lue : rien ne montre qu'elle n'en contient pas`,
    en: `${NOTHING.en}, and the image was not read: nothing shows that it holds none`,
  },
  settle: {
    fr: "Lire aussi l'image : douane check MANIFESTE, sans --no-images.",
    en: "Read the image, too: douane check MANIFEST, without --no-images.",
  },
};

/** Fields that set variables, each with the number of its entries. */
function variables({ spec: { env = [], envFrom = [] } }: PlacementFacts): readonly string[] {
  const named = env.filter(({ name = "" }) => name !== "").length;
  return [
    ...(named === 0 ? [] : [`env (${named})`]),
    ...(envFrom.length === 0 ? [] : [`envFrom (${envFrom.length})`]),
  ];
}

function files(workload: WorkloadFacts, { spec: { volumeMounts = [] } }: PlacementFacts): readonly string[] {
  const volumes = workload.pod.spec.volumes.filter(isInjected).map(({ name }) => name);
  return volumeMounts.flatMap(({ name, mountPath = "" }) =>
    name !== undefined && volumes.includes(name) ? [mountPath] : [],
  );
}

function isInjected({ sources, csi }: VolumeFacts): boolean {
  return sources.some((source) => INJECTED.has(source)) || csi?.driver === SECRETS_STORE;
}

/**
 * Notes about secrets in variables. The contract: "les secrets doivent notamment privilégier le choix des
 * fichiers injectés".
 */
function secretVariables(workload: WorkloadFacts, placement: PlacementFacts): readonly Finding[] {
  const { env = [], envFrom = [] } = placement.spec;
  const single = env.flatMap(({ name = "", valueFrom }, index) =>
    valueFrom?.secretKeyRef === undefined ? [] : [{ field: `env[${index}]`, name }],
  );
  const whole = envFrom.flatMap(({ secretRef }, index) =>
    secretRef === undefined ? [] : [{ field: `envFrom[${index}]`, name: secretRef.name ?? "" }],
  );
  return [...single, ...whole].map(({ field, name }) => {
    const shown = excerpt(name);
    return {
      message: {
        fr: `le secret ${shown} est injecté par variable d'environnement : le contrat préfère un fichier monté`,
        en: `the secret ${shown} is injected as an environment variable: the contract prefers a mounted file`,
      },
      remedy: {
        fr: `Monter le Secret comme volume en lecture seule et donner son chemin à l'application, par exemple ${shown}_FILE.`,
        en: `Mount the Secret as a read-only volume and give its path to the application, for example ${shown}_FILE.`,
      },
      fingerprint: fingerprint(ID, workloadKey(workload), containerName(placement), name),
      at: manifestPlace(workload, `${placement.path}.${field}`),
    };
  });
}
