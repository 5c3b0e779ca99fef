import type { Flags, Values } from "../command-line/command.ts";

export const RELEASE_FLAGS = {
  server: {
    env: true,
    value: { fr: "URL", en: "URL" },
    help: {
      fr: "adresse de douane serve : https://douane.douane.svc:8443",
      en: "address of douane serve: https://douane.douane.svc:8443",
    },
  },
  tokenFile: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "fichier du jeton par lequel l'API server connaît l'utilisateur (kubectl create token)",
      en: "file with the token by which the API server knows the user (kubectl create token)",
    },
  },
  namespace: {
    value: { fr: "NOM", en: "NAME" },
    help: { fr: "espace de noms où l'image peut entrer", en: "namespace that the image may enter" },
  },
  until: {
    value: { fr: "INSTANT|DURÉE", en: "TIME|DURATION" },
    help: {
      fr: "fin, dans sept jours au plus : 2026-12-01T18:00Z, 8h",
      en: "end, within seven days: 2026-12-01T18:00Z, 8h",
    },
  },
  reason: {
    value: { fr: "TEXTE", en: "TEXT" },
    help: {
      fr: "pourquoi ; chaque réponse et le journal d'audit le montrent",
      en: "why; every answer and the audit log show it",
    },
  },
  list: {
    help: {
      fr: "montrer ce qui peut entrer dans l'espace de noms, sans rien y ajouter",
      en: "show what may enter the namespace, and add nothing",
    },
  },
  caFile: {
    env: true,
    value: { fr: "FICHIER", en: "FILE" },
    help: {
      fr: "autorités de certification à accepter en plus, au format PEM",
      en: "certificate authorities to accept besides the usual ones, PEM",
    },
  },
} as const satisfies Flags;

export type ReleaseValues = Values<typeof RELEASE_FLAGS>;
