import { z } from "zod";
import { described, optional } from "../contract/i18n-meta.ts";
import { NAMESPACE_NAME } from "../contract/namespace-name.ts";
import { gracePeriod } from "./grace-period.ts";
import { HOST, PATH } from "./image-names.ts";
import { countingLabels, namespaceRowsSchema } from "./namespace-rows.ts";
import { observeSchema } from "./observe.ts";

const label = z.string().regex(NAMESPACE_NAME, {
  error:
    "un nom en minuscules, chiffres et tirets, de 63 caractères au plus | a name of lower-case letters, digits and hyphens, 63 at most",
});

const movingTag = z.strictObject({
  container: described(label, {
    fr: "Nom du conteneur : istio-proxy.",
    en: "Name of the container: istio-proxy.",
  }),
  repository: described(
    z.string().regex(new RegExp(`^${HOST}(?:/${PATH})+$`), {
      error:
        "un registre et un dépôt, sans tag (registre.exemple.fr/mesh/proxy) | a registry and a repository, without tag (registry.example/mesh/proxy)",
    }),
    {
      fr: "Dépôt de son image, registre compris, sans tag.",
      en: "Repository of its image, with its registry, without tag.",
    },
  ),
  reason: described(z.string().min(1).max(500), {
    fr: "Pourquoi ce conteneur a besoin de son tag.",
    en: "Why this container needs its tag.",
  }),
});

const release = z.strictObject({
  groups: described(z.array(z.string().min(1).max(256)).min(1), {
    fr: "Groupes, tels que l'API server les connaît, dont les membres peuvent laisser entrer une image qui n'a pas pu être examinée.",
    en: "Groups, as the API server knows them, whose members may release an image that could not be examined.",
  }),
});

const observed = observeSchema(label);
const namespaceRows = namespaceRowsSchema(label);

const fields = z.strictObject({
  registries: optional(
    z
      .array(
        z.string().regex(new RegExp(`^(?:${HOST})$`), {
          error:
            "un registre, avec son port s'il en a un (registre.exemple.fr, registre.interne:5000, docker.io) | a registry, with its port if it has one (registry.example, registry.internal:5000, docker.io)",
        }),
      )
      .min(1),
    {
      fr: "Registres dont les images peuvent entrer, chacun par son hôte, et par son port s'il en a un ; docker.io pour une image sans registre. Une image d'un autre est refusée sans connexion. Un registre nommé ici peut être à une adresse privée. Par défaut : tout registre, pourvu que son adresse soit publique.",
      en: "Registries whose images may enter, each by its host, and by its port if it has one; docker.io for an image without registry. Images from other registries are refused without a connection. A registry named here may have a private address. Default: any registry with a public address.",
    },
  ),
  exemptNamespaces: optional(z.array(label), {
    fr: "Espaces de noms dont les pods ne sont pas jugés, en plus de kube-system, chacun par son nom : celui de douane, ceux de la plateforme. Sans celui de douane, le serveur empêcherait son propre redémarrage.",
    en: "Namespaces whose pods are not judged, besides kube-system, each by its name: douane's own, those of the platform. Without its own, the server would block its own restart.",
  }),
  observe: optional(z.array(observed), {
    fr: "Ce que le serveur n'applique pas encore : il admet, dit dans chaque réponse et dans le journal ce qu'il refuserait, et jusqu'à quand. Une date d'ouverture, non une exception : elle ne dispense d'aucune ligne après sa fin.",
    en: "Parts of the cluster where the server does not enforce yet: it admits, and says in every answer and in the log what it would refuse, and until when. This is an opening date, not an exception: no row is waived after its end.",
  }),
  futureRows: optional(z.array(namespaceRows), {
    fr: "Lignes futures exigées, ou qui avertissent, dans certains espaces de noms. Aucune ligne obligatoire ne s'y met.",
    en: "Future rows that are enforced, or that warn, in some namespaces. No mandatory row is among them.",
  }),
  labelGroups: optional(z.array(z.string().min(1).max(256)).min(1), {
    fr: "Groupes, tels que l'API server les connaît, qui peuvent changer les labels que nomme futureRows ; douane policies --policy en fait une ValidatingAdmissionPolicy.",
    en: "Groups, as the API server knows them, that may change the labels that futureRows names; douane policies --policy makes a ValidatingAdmissionPolicy of them.",
  }),
  release: optional(release, {
    fr: "Qui peut, par « douane release », laisser entrer une image qui n'a pas pu être examinée : pour un espace de noms, une empreinte et quelques jours, jamais malgré une ligne à non. Par défaut, personne.",
    en: "Who may, by `douane release`, release an image that could not be examined: for a namespace, a digest and some days, never in spite of a row answered no. Default: nobody.",
  }),
  gracePeriod: optional(gracePeriod, {
    fr: "Délai pendant lequel un pod admis, que de nouvelles données ou règles refusent, redémarre encore, avec un avertissement. Demande --watch et une base de données. Par défaut : aucun, il est refusé à son prochain redémarrage.",
    en: "Time for which an admitted pod that new data or rules refuse still restarts, with a warning. Needs --watch and a database. Default: none, it is refused at its next restart.",
  }),
  language: optional(z.enum(["fr", "en"]), {
    fr: "Langue des réponses que lisent les équipes dans kubectl. Par défaut : en.",
    en: "Language of the answers that teams read in kubectl. Default: en.",
  }),
  pinTags: optional(z.boolean(), {
    fr: "Si une image nommée par un tag est fixée, dans le pod, à l'empreinte que ce tag désigne alors. Sinon un tag est refusé : il peut désigner une autre image quand le nœud la télécharge. Par défaut : false.",
    en: "Whether an image that is named by a tag is pinned, in the pod, to the digest that the tag means then. Otherwise a tag is refused: it may mean another image when the node pulls it. Default: false.",
  }),
  movingTags: optional(z.array(movingTag), {
    fr: "Conteneurs qui gardent leur tag, chacun avec le dépôt de son image : ceux d'un maillage de services.",
    en: "Containers that keep their tag, each with the repository of its image: those of a service mesh.",
  }),
});

const section = fields.refine(
  ({ futureRows = [], labelGroups }) => countingLabels(futureRows).length === 0 || labelGroups !== undefined,
  {
    error:
      "labelGroups, les groupes qui peuvent changer les labels que nomme futureRows | labelGroups, the groups that may change the labels that futureRows names",
  },
);

/** Section of the policy about admission to a cluster. */
export const admissionSchema = described(section, {
  fr: "Ce que « douane serve » répond à l'API server : espaces de noms exemptés, langue, tags.",
  en: "What `douane serve` answers the API server: exempt namespaces, language, tags.",
});

/** Settings of admission to a cluster. */
export type AdmissionSettings = z.infer<typeof section>;

/** Keys by path, for suggestions in messages. */
export const ADMISSION_KEYS = {
  admission: Object.keys(fields.shape),
  "admission.observe": ["until", "reason", "namespace", "workloads"],
  "admission.futureRows": ["mode", "rows", "namespaces", "labels", "reason"],
  "admission.release": Object.keys(release.shape),
  "admission.gracePeriod": Object.keys(gracePeriod.shape),
  "admission.movingTags": Object.keys(movingTag.shape),
} as const satisfies Readonly<Record<string, readonly string[]>>;
