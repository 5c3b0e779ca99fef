import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import { type ServerCertificate, serverCertificate } from "../http/certificate.ts";
import { type ReadKey, readMaterial, type TlsMaterial, type TlsTexts, writeMaterial } from "./material.ts";
import { renewed } from "./renew.ts";

/** Stored texts, with their version for a compare-and-swap. */
interface KeptTexts {
  /** Stored texts; empty before the first write. */
  readonly texts: Readonly<Record<string, string>>;
  /** Version of the texts; a write replaces only this version. */
  readonly version: string;
  /** Current time in milliseconds as Date.now(), by the clock of the clients that verify the certificate. */
  readonly now: number;
  /** Certificates (DER, base64) that every webhook trusts; absent if the webhooks are unknown. */
  readonly trusted?: ReadonlySet<string>;
}

/** Place of the server's authority and certificate, shared by all replicas. */
export interface TlsStore {
  /** Name of the place, for messages. */
  readonly name: string;
  read(): Promise<KeptTexts>;
  /**
   * Replaces the texts if they still have this version.
   *
   * @returns whether the texts were replaced
   */
  replace(texts: TlsTexts, version: string): Promise<boolean>;
  /** Publishes the certificates of the authorities, PEM, for clients. */
  publish(authorities: string): Promise<void>;
}

/** The server's own certificate. */
export interface OwnCertificate extends ServerCertificate {
  readonly authority: {
    /** Certificates of the authorities, PEM: of both, if there are two. */
    readonly certs: string;
    /** End of the newest authority, in milliseconds as Date.now(). */
    readonly until: number;
    /** Whether every webhook trusts the issuer of the certificate, and its successor; absent if that is not known. */
    readonly trust?: "trusted" | "successor-untrusted" | "untrusted";
  };
}

/** Maximum number of attempts while other replicas write at the same time. */
const ATTEMPTS = 10;

/**
 * Certificate of the server, signed by the server's own authority; both are created, published and renewed
 * when needed. Replicas that do this at the same time end with the same authority and certificate.
 *
 * @param names DNS names and IP addresses of the certificate
 * @throws UnavailableError tls-store-busy; InvalidInputError tls-material; as the store
 */
export async function ownCertificate(store: TlsStore, names: readonly string[]): Promise<OwnCertificate> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { texts, version, now, trusted } = await store.read();
    const material = readMaterial(texts, store.name);
    const next = renewed(material, { names, now, ...(trusted === undefined ? {} : { trusted }) });
    const isKept = next === material || (await store.replace(writeMaterial(next), version));
    if (!isKept) continue;
    await store.publish(writeMaterial(next)["ca.crt"]);
    return certificateOf(next, store.name, trusted);
  }
  throw busy(store.name);
}

/**
 * Stored certificate; undefined if no certificate was made yet.
 *
 * @throws InvalidInputError tls-material; as the store
 */
export async function keptCertificate(store: TlsStore): Promise<OwnCertificate | undefined> {
  const { texts, trusted } = await store.read();
  const material = readMaterial(texts, store.name);
  return material.leaf && certificateOf(material, store.name, trusted);
}

function certificateOf(
  { authorities, leaf }: TlsMaterial,
  place: string,
  trusted: ReadonlySet<string> | undefined,
): OwnCertificate {
  const { cert = "", key = "", x509 } = leaf ?? {};
  const issuer = authorities.find((one) => x509?.verify(one.x509.publicKey));
  const isTrusted = (one: ReadKey | undefined) =>
    one !== undefined && trusted?.has(one.x509.raw.toString("base64")) === true;
  const successor = isTrusted(authorities.at(-1)) ? "trusted" : "successor-untrusted";
  const trust = isTrusted(issuer) ? successor : "untrusted";
  return {
    ...serverCertificate({ cert, key, certFile: place, keyFile: place }),
    authority: {
      certs: authorities.map((one) => one.cert).join(""),
      until: authorities.at(-1)?.until ?? 0,
      ...(trusted === undefined ? {} : { trust }),
    },
  };
}

function busy(place: string): UnavailableError {
  return new UnavailableError("tls-store-busy", {
    fr: `${quoted(place)} : d'autres processus le modifient sans cesse, et le certificat du serveur n'a pas pu y être gardé. Vérifier qu'aucun autre outil n'y écrit.`,
    en: `${quoted(place)}: other processes keep changing it, so the server's certificate could not be stored there. Check that no other tool writes to it.`,
  });
}
