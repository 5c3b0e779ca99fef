import { excerpt } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";

/** Proof that a standalone Next.js server, which listens on HOSTNAME, listens on every address. */
export function listensEverywhere(hostname: string): Text {
  return {
    fr: `serveur autonome de Next.js, HOSTNAME=${hostname}`,
    en: `standalone server of Next.js, HOSTNAME=${hostname}`,
  };
}

/**
 * Finding for a standalone server that listens on one address: Kubernetes sets HOSTNAME to the pod's name.
 */
export function listensOnOneAddress(hostname: string | undefined): Text {
  const seen: Text =
    hostname === undefined
      ? { fr: "n'est pas défini", en: "is not set" }
      : { fr: `vaut ${excerpt(hostname)}`, en: `is ${excerpt(hostname)}` };
  return {
    fr: `serveur autonome de Next.js, mais HOSTNAME ${seen.fr} : sous Kubernetes, il n'écoute pas sur toutes les adresses`,
    en: `standalone server of Next.js, but HOSTNAME ${seen.en}: under Kubernetes it does not listen on every address`,
  };
}
