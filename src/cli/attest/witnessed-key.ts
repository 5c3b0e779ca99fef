import { resolve } from "node:path";
import type { OpenSigner, Signer } from "../../attest/witness/signer.ts";
import { createWitness } from "../../attest/witness/witness.ts";
import { type Certificate, CODE_SIGNING } from "../../attest/x509/certificate.ts";
import { pemAuthorities } from "../../attest/x509/pem.ts";
import { UsageError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { hostPolicy } from "../../net/http/hosts.ts";
import { createHttp } from "../../net/http/http.ts";
import type { Context } from "../process/context.ts";
import { readInputFile } from "../process/input-file.ts";
import type { AttestValues } from "./flags.ts";

/**
 * The key, with the certificate that its organisation issued for it, and a timestamp authority.
 *
 * @throws UsageError tsa-address, certificate-other-key, certificate-usage, certificate-ended; as pemAuthorities()
 */
export async function withWitness(
  context: Context,
  { certificate: file, tsa, caFile }: AttestValues,
  { key, close }: OpenSigner,
): Promise<OpenSigner> {
  const { env, cwd, signal } = context;
  const chain =
    file === undefined
      ? []
      : pemAuthorities(await readInputFile(resolve(cwd, file), file, "settingsBytes"), file);
  const [leaf] = chain;
  if (file !== undefined && leaf !== undefined) verifyLeaf(leaf, key, file, context.now());
  const http = createHttp(hostPolicy([]), { env, signal, ...(caFile === undefined ? {} : { caFile }) });
  const witness = createWitness(http, {
    keyId: key.id,
    // The root is omitted: verifiers know it, and bundles must not contain it.
    certificates: chain.filter(({ subject, issuer }) => !subject.equals(issuer)).map(({ der }) => der),
    hasChain: true,
    logs: [],
    timestampAuthorities: tsa === undefined ? [] : [addressOf(tsa)],
  });
  const identity = leaf === undefined ? {} : { identity: leaf.names[0] ?? "?" };
  const signer: Signer = {
    id: key.id,
    algorithm: key.algorithm,
    sign: async (bytes) => key.sign(bytes),
    ...identity,
    witness,
  };
  return {
    key: signer,
    close: async () => {
      await http.close();
      await close();
    },
  };
}

function verifyLeaf(
  { id, extendedUsage = [], notAfter }: Certificate,
  key: Signer,
  file: string,
  now: Date,
): void {
  const name = quoted(file);
  if (id !== key.id) {
    throw new UsageError("certificate-other-key", {
      fr: `${name} : le premier certificat est celui d'une autre clé que celle de --key. Donner d'abord le certificat de cette clé, puis ceux de ses autorités.`,
      en: `${name}: the first certificate is of another key than that of --key. Give the certificate of this key first, then those of its authorities.`,
    });
  }
  if (!extendedUsage.includes(CODE_SIGNING)) {
    throw new UsageError("certificate-usage", {
      fr: `${name} : ce certificat n'est pas émis pour signer du code (extendedKeyUsage codeSigning), et personne n'accepterait la signature. En demander un à l'autorité.`,
      en: `${name}: this certificate is not issued for code signing (extendedKeyUsage codeSigning), and nobody would accept the signature. Ask the authority for one.`,
    });
  }
  if (now.getTime() <= notAfter) return;
  const [end, clock] = [new Date(notAfter).toISOString(), now.toISOString()];
  throw new UsageError("certificate-ended", {
    fr: `${name} : ce certificat a expiré le ${end} (l'horloge de cette machine indique ${clock}). Le faire renouveler.`,
    en: `${name}: this certificate expired on ${end} (this machine's clock says ${clock}). Have it renewed.`,
  });
}

function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url !== undefined && isWeb && url.username === "" && url.hash === "") return url;
  throw new UsageError("tsa-address", {
    fr: `--tsa ${quoted(text)} : ce n'est pas l'adresse d'une autorité d'horodatage (http ou https, sans identifiant).`,
    en: `--tsa ${quoted(text)}: not the address of a timestamp authority (http or https, without user).`,
  });
}
