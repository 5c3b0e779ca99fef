import type { Clause } from "./rows.ts";
import type { Text } from "./text.ts";

/** The contract's clauses, in its order, under its own headings. */
export const CLAUSES: readonly { readonly id: Clause; readonly title: Text }[] = [
  { id: "1.1", title: { fr: "Sécurité d'exécution", en: "Security at run time" } },
  { id: "1.2", title: { fr: "Comportement du filesystem", en: "Behaviour of the file system" } },
  { id: "1.3", title: { fr: "Réseau et services", en: "Network and services" } },
  {
    id: "1.4",
    title: { fr: "Conformité au modèle 12-Factor App", en: "Conformity with the twelve-factor app" },
  },
  {
    id: "2.1",
    title: {
      fr: "Build process et attestations de provenance",
      en: "Build process and provenance attestations",
    },
  },
  { id: "2.2", title: { fr: "SBOM (Software Bill of Materials)", en: "SBOM (software bill of materials)" } },
  { id: "2.3", title: { fr: "Scans de sécurité pré-build", en: "Security scans before the build" } },
  {
    id: "3.1",
    title: { fr: "Utilisation d'images minimales ou distroless", en: "Minimal or distroless images" },
  },
  { id: "3.2", title: { fr: "Tagging et versioning des images", en: "Tags and versions of images" } },
  {
    id: "3.3",
    title: { fr: "Outils de build automatisé sans Dockerfile", en: "Build tools without a Dockerfile" },
  },
];
