import { createPublicKey } from "node:crypto";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type Key, keyFrom, keyId } from "./key.ts";

/** Public half of a key, with the id that envelopes and bundles contain as a hint. */
export interface PublicKey extends Key {
  readonly id: string;
}

/**
 * Reads a public key (PEM, SPKI or PKCS#1). Refused are: a private key, which must not be stored among public
 * keys; a certificate, since neither its issuer nor its validity would be verified; several keys, of which
 * only the first would count.
 *
 * @throws UsageError public-key-private, public-key-certificate, public-key-several, signing-key-invalid
 */
export function readPublicKey(pem: string, name: string): PublicKey {
  const labels = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]{1,60})-----/g)].map(([, label = ""]) => label);
  if (labels.some((label) => label.includes("PRIVATE KEY"))) throw isPrivate(name);
  if (labels.some((label) => label.includes("CERTIFICATE"))) throw isCertificate(name);
  if (labels.length > 1) throw isSeveral(name);
  const key = keyFrom(() => createPublicKey(pem), name);
  return { ...key, id: keyId(key.key) };
}

function isPrivate(name: string): UsageError {
  return new UsageError("public-key-private", {
    fr: `${quoted(name)} : c'est une clé privée, là où une clé publique est attendue. Donner la clé publique (« openssl pkey -in CLÉ -pubout »), et remplacer cette paire si le fichier est partagé.`,
    en: `${quoted(name)}: a private key, where a public key is expected. Give the public key (\`openssl pkey -in KEY -pubout\`), and replace the pair if this file is shared.`,
  });
}

function isCertificate(name: string): UsageError {
  return new UsageError("public-key-certificate", {
    fr: `${quoted(name)} : c'est un certificat, dont rien ne vérifierait l'émetteur ni la validité. Donner la clé publique seule (« openssl x509 -in CERTIFICAT -pubkey -noout »).`,
    en: `${quoted(name)}: a certificate, whose issuer and validity nothing would verify. Give the public key alone (\`openssl x509 -in CERTIFICATE -pubkey -noout\`).`,
  });
}

function isSeveral(name: string): UsageError {
  return new UsageError("public-key-several", {
    fr: `${quoted(name)} : plusieurs clés publiques, dont seule la première compterait. Donner une clé par fichier, ou par élément de la liste.`,
    en: `${quoted(name)}: several public keys, of which the first alone would count. Give one key per file, or per entry of the list.`,
  });
}
