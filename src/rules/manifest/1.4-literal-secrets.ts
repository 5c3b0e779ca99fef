// The manifest contains no secret in plain text (contract 1.4: secrets are injected, preferably as files).
//
// Secrets are searched while the manifest is read, in every field, keys of labels and annotations included. The
// values are masked in evidence and findings.
//
//   a token or key by its content, a password in a URL                          fail
//   a literal value under a secret's name: DB_PASSWORD, --token                 fail
//   the same in a ConfigMap of the manifests that the pod uses                  fail
//   a value of another name that a variable, a file or an option of such a name gets: by
//   $(NAME), from an annotation or label, from a key of a ConfigMap             fail
//   the data of a Secret that the pod names, or that is in its folder           fail
//   a token or key by its content in any other object of its folder: a ConfigMap that no pod uses,
//   an annotation of a Service, a trigger of KEDA, a route, a rule of Prometheus fail
//   mountOptions: [password=x], attributes of a PersistentVolume or StorageClass there   fail
//   a JWT in use under a token's name (ADR 0134)                                fail
//   another JWT (may be public or expired), a key behind a passphrase, a URL to localhost   note
//   a ConfigMap that is not among the judged files                              note: its content was not read
//   no variable, command or argument in any container                            n/a
//   valueFrom.secretKeyRef, DB_PASSWORD_FILE, $(NAME), <path:vault#key>, changeme   no literal secret
//   SealedSecret, ExternalSecret, values encrypted by SOPS, a Secret of certificates or user names   no literal secret

import type { ConfigObjectFacts } from "../../contract/config-object-facts.ts";
import type { Finding } from "../../contract/finding.ts";
import { fingerprint } from "../../contract/fingerprint.ts";
import { type JudgedOne, outcomeOf, sortFindings } from "../../contract/outcome-of.ts";
import { containerName, placements } from "../../contract/pod-containers.ts";
import { defineRule, type Outcome } from "../../contract/rule.ts";
import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import {
  manifestPlace,
  type WorkloadFacts,
  type WorkloadSecretFacts,
  workloadKey,
} from "../../contract/workload-facts.ts";
import { invalidField } from "../../start/invalid-fields.ts";
import { secretKind } from "../image/secret-kinds.ts";
import { exceptElsewhere, notRead } from "./config-maps-elsewhere.ts";
import { unprovenBy } from "./fields/judge-fields.ts";
import { plainObject } from "./plain-object.ts";
import { secretCarrier } from "./secret-carrier.ts";

const ID = "1.4-literal-secrets";
const FIELDS = ["env", "command", "args"] as const;

export const literalSecrets = defineRule({
  id: ID,
  rows: ["env-config"],
  title: {
    fr: "Le manifeste ne contient aucun secret en clair",
    en: "The manifest holds no secret in plain text",
  },
  why: {
    fr: "Un secret écrit dans un manifeste est lisible par quiconque lit le dépôt, son historique ou le workload dans le cluster.",
    en: "A secret written into a manifest can be read by whoever reads the repository, its history, or the workload in the cluster.",
  },
  remedy: {
    fr: "Déplacer la valeur dans un Secret (External Secrets, Vault), la monter comme fichier, puis révoquer celle qui a été publiée.",
    en: "Move the value into a Secret (External Secrets, Vault), mount it as a file, then revoke the one that was published.",
  },
  needs: ["workload"],
  check({ workload }) {
    const own = workload.secrets.map((secret) => ({
      refutes: secretKind(secret.kind).weak !== true,
      finding: finding(workload, secret),
    }));
    const judged = [...own, ...(workload.objects ?? []).flatMap((object) => ofObject(workload, object))];
    const { findings, notes } = sortFindings(judged);
    const sorted = { findings, notes: [...notes, ...notRead(ID, workload)] };
    const containers = placements(workload);
    const paths = containers.map(({ path }) => path);
    const invalid = invalidField(workload, paths, FIELDS);
    if (
      own.length === 0 &&
      invalid === undefined &&
      containers.every(({ spec }) => FIELDS.every((field) => (spec[field] ?? []).length === 0))
    ) {
      return outcomeOf(sorted, NOTHING_GIVEN);
    }
    return outcomeOf(sorted, invalid === undefined ? none(workload) : unprovenBy(invalid));
  },
});

function ofObject(workload: WorkloadFacts, object: ConfigObjectFacts): readonly JudgedOne[] {
  const refuting = object.secrets.filter(({ kind }) => secretKind(kind).weak !== true);
  const secrets = refuting.length > 0 ? refuting : object.secrets;
  if (secrets.length === 0) return [];
  return [{ refutes: refuting.length > 0, finding: plainObject(workload, object, secrets) }];
}

const NOTHING_GIVEN: Outcome = {
  status: "n/a",
  reason: {
    fr: "le manifeste ne donne ni variable ni commande",
    en: "the manifest gives neither variables nor commands",
  },
};

function none(workload: WorkloadFacts): Text {
  const { fr, en } = exceptElsewhere(workload);
  return {
    fr: `aucun secret en clair dans les champs du manifeste, ni dans les ConfigMaps qu'il nomme${fr} et les Secrets qui l'accompagnent ; aucun jeton ni clé reconnu dans les autres objets de son répertoire`,
    en: `no secret in plain text in the manifest's fields, nor in the ConfigMaps that it names${en} and the Secrets beside it; no token or key recognised in the other objects of its folder`,
  };
}

function finding(workload: WorkloadFacts, secret: WorkloadSecretFacts): Finding {
  const {
    name: { fr, en },
    remedy,
  } = secretKind(secret.kind);
  const { name, by, placement } = secretCarrier(workload, secret);
  const [where, value] = [excerpt(name), excerpt(secret.masked)];
  return {
    message: {
      fr: `${fr} en clair dans ${where} : ${value}`,
      en: `${en} in plain text in ${where}: ${value}`,
    },
    ...(remedy !== undefined ? { remedy } : by === "field" ? {} : { remedy: REMEDIES[by](where) }),
    fingerprint: fingerprint(ID, workloadKey(workload), secret.kind, secret.id),
    ...(placement === undefined ? {} : { container: containerName(placement) }),
    at: manifestPlace(workload, secret.path),
  };
}

const REMEDIES = {
  variable: (name: string): Text => ({
    fr: `Déplacer la valeur de ${name} dans un Secret (External Secrets, Vault), la monter comme fichier ou la lire par valueFrom.secretKeyRef, puis révoquer celle qui a été publiée.`,
    en: `Move the value of ${name} into a Secret (External Secrets, Vault), mount it as a file or read it by valueFrom.secretKeyRef, then revoke the one that was published.`,
  }),
  flag: (name: string): Text => ({
    fr: `Déplacer la valeur de ${name} dans un Secret (External Secrets, Vault), la monter comme fichier et donner au programme ce fichier, ou une variable de ce Secret, à la place ; puis révoquer celle qui a été publiée.`,
    en: `Move the value of ${name} into a Secret (External Secrets, Vault), mount it as a file and give the program that file, or a variable of that Secret, instead; then revoke the one that was published.`,
  }),
};
