import { createPrivateKey, X509Certificate } from "node:crypto";

const KEY = "/etc/ssl/private/ssl-cert-snakeoil.key";
const CERTIFICATE = "/etc/ssl/certs/ssl-cert-snakeoil.pem";
/** Longest certificate or key, in bytes. */
const LONGEST = 16 * 1024;

/**
 * Key pair that Debian's package ssl-cert generates during installation, within one layer: a key, and a
 * self-signed certificate for the machine's name. Any other key at that path is treated as a secret.
 */
export class SnakeoilPair {
  #key: Buffer | undefined;
  #certificate: Buffer | undefined;

  /** @param bytes the whole file, valid during the call */
  see(path: string, bytes: Uint8Array): void {
    if (bytes.length > LONGEST) return;
    if (path === KEY) this.#key = Buffer.from(bytes);
    else if (path === CERTIFICATE) this.#certificate = Buffer.from(bytes);
  }

  /** Package that installed the key at this path; undefined for another key. */
  ownerOf(path: string): string | undefined {
    return path === KEY && isOwnPair(this.#key, this.#certificate) ? "ssl-cert" : undefined;
  }
}

function isOwnPair(key: Buffer | undefined, certificate: Buffer | undefined): boolean {
  if (key === undefined || certificate === undefined) return false;
  try {
    const read = new X509Certificate(certificate);
    // make-ssl-cert(8): the subject is the machine's name alone; that of a site has dots.
    const isOfMachine = /^CN=[\w-]{1,64}$/.test(read.subject) && read.issuer === read.subject;
    return isOfMachine && read.checkPrivateKey(createPrivateKey(key)) && read.verify(read.publicKey);
  } catch {
    return false;
  }
}
