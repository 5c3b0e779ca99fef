import { z } from "zod";
import { described, optional } from "../contract/i18n-meta.ts";
import { HOST, PATH } from "./image-names.ts";

const ADDRESS = {
  error:
    "une adresse https sans paramètres ; http pour cette machine seule | an https address without parameters; http for this machine alone",
};

/**
 * Address of an issuer, exactly as in its tokens. Plain HTTP is refused, since an attacker could send other
 * keys.
 */
const issuerUrl = z
  .string()
  .regex(/^(?:https:\/\/[^\s?#@]{1,500}|http:\/\/127\.0\.0\.1:\d{1,5}(?:\/[^\s?#@]{0,400})?)$/, ADDRESS);

const issuer = z.strictObject({
  kind: described(z.enum(["gitlab", "github"]), {
    fr: "La sorte de forge, qui dit où sont ses clés et ce que disent ses jetons.",
    en: "Kind of forge, which says where its keys are and what its tokens state.",
  }),
  url: described(issuerUrl, {
    fr: "Champ iss de ses jetons, au caractère près : https://gitlab.exemple.fr, https://token.actions.githubusercontent.com.",
    en: "Claim iss of its tokens, to the character: https://gitlab.example, https://token.actions.githubusercontent.com.",
  }),
  audience: described(z.string().min(1).max(500), {
    fr: "Champ aud que les jetons doivent avoir, et lui seul : l'adresse du notaire.",
    en: "Claim aud that tokens must have, and no other: the notary's address.",
  }),
});

const application = z.strictObject({
  issuer: described(z.string(), {
    fr: "L'adresse (url) de l'un des émetteurs.",
    en: "Address (url) of one of the issuers.",
  }),
  project: described(
    z
      .string()
      .max(2_000)
      .regex(/^[^\s/]+(?:\/[^\s/]+)+$/, {
        error: "un chemin de projet (groupe/projet) | a project's path (group/project)",
      }),
    { fr: "Chemin du projet : social/portail.", en: "Path of the project: social/portal." },
  ),
  repository: described(
    z.string().regex(new RegExp(`^${HOST}(?:/${PATH})+$`), {
      error:
        "un registre et un dépôt, sans tag (registre.exemple.fr/social/portail) | a registry and a repository, without tag (registry.example/social/portal)",
    }),
    {
      fr: "Dépôt d'images dont ce projet peut parler, registre compris, sans tag.",
      en: "Image repository that this project may speak of, with its registry, without tag.",
    },
  ),
  predicates: described(z.array(z.string().regex(/^[a-z][a-z0-9+.-]*:\S+$/)).min(1), {
    fr: "Types des prédicats qu'il peut déclarer, en URI : https://slsa.dev/provenance/v1…",
    en: "Types of the predicates that it may state, as URIs: https://slsa.dev/provenance/v1…",
  }),
  source: optional(z.boolean(), {
    fr: "Si ce projet contient les sources de l'image, ce qui est le cas par défaut : un rapport d'un autre commit que celui du job est refusé. false pour un dépôt de déploiement, dont le pipeline analyse une image construite ailleurs.",
    en: "Whether this project holds the image's source, which is the default: a report of another commit than the job's is refused. false for a deployment repository, whose pipeline scans an image that was built elsewhere.",
  }),
});

const section = z.strictObject({
  issuers: described(z.array(issuer).min(1), {
    fr: "Forges dont les jetons d'identité sont acceptés.",
    en: "Forges whose identity tokens are accepted.",
  }),
  applications: described(z.array(application), {
    fr: "Quel projet peut faire signer quoi, sur quel dépôt d'images, pour une politique sans la liste applications du premier niveau. Un projet sans entrée n'obtient rien.",
    en: "Which project may have what signed about which image repository, for a policy without the list applications at its top level. A project without an entry gets nothing.",
  }).default([]),
});

/** Settings of the platform's notary. */
export const notarySchema = described(
  section
    .refine(({ issuers }) => new Set(issuers.map(({ url }) => url)).size === issuers.length, {
      path: ["issuers"],
      error: "une liste dont chaque url diffère | a list in which every url differs",
    })
    .refine(
      ({ issuers, applications }) =>
        applications.every((one) => issuers.some(({ url }) => url === one.issuer)),
      {
        path: ["applications"],
        error:
          "une liste dont chaque issuer est l'url d'un émetteur | a list in which every issuer is an issuer's url",
      },
    )
    .refine(({ applications }) => areDistinct(applications), {
      path: ["applications"],
      error:
        "une liste où chaque projet n'a qu'une entrée par dépôt | a list in which every project has one entry for a repository",
    }),
  {
    fr: "Le notaire (« douane notary ») : à qui il fait confiance, et qui peut déclarer quoi de quelle image.",
    en: "The notary (`douane notary`): whom it trusts, and who may state what of which image.",
  },
);

type NotarySettings = z.infer<typeof section>;

function areDistinct(applications: NotarySettings["applications"]): boolean {
  const names = applications.map((one) => `${one.issuer} ${one.project} ${one.repository}`);
  return new Set(names).size === names.length;
}

/** Keys by path, for suggestions in messages. */
export const NOTARY_KEYS = {
  notary: Object.keys(section.shape),
  "notary.issuers": Object.keys(issuer.shape),
  "notary.applications": Object.keys(application.shape),
} as const satisfies Readonly<Record<string, readonly string[]>>;
