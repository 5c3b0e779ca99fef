import { resolve } from "node:path";
import { UsageError } from "../../contract/error.ts";
import { type ServerCertificate, serverCertificate } from "../../server/http/certificate.ts";
import { errorFields, type Log } from "../../server/log.ts";
import { readInputFile } from "../process/input-file.ts";
import type { ServeValues } from "./flags.ts";

/**
 * Milliseconds between two checks of the files: a renewed certificate is written long before the old
 * certificate expires.
 */
const LOOK_MS = 10_000;

/**
 * The server's certificate from its files.
 *
 * @throws UsageError tls-files, file-unreadable; as serverCertificate()
 */
export async function certificateOf(
  cwd: string,
  { tlsCert, tlsKey }: Pick<ServeValues, "tlsCert" | "tlsKey">,
): Promise<ServerCertificate> {
  if (tlsCert === undefined || tlsKey === undefined) throw withoutFiles();
  const read = (file: string) => readInputFile(resolve(cwd, file), file, "settingsBytes");
  const [cert, key] = [await read(tlsCert), await read(tlsKey)];
  return serverCertificate({ cert, certFile: tlsCert, key, keyFile: tlsKey });
}

/**
 * Reads the files again periodically, and reports changes. An unusable pair is logged once, and the previous
 * pair stays in use.
 *
 * @returns a function that stops the watching
 */
export function watchCertificate(
  first: ServerCertificate,
  read: () => Promise<ServerCertificate>,
  use: (certificate: ServerCertificate) => void,
  log: Log,
  lookMs = LOOK_MS,
): () => void {
  let current = first;
  let problem = "";
  async function look(): Promise<void> {
    try {
      const certificate = await read();
      problem = "";
      if (certificate.cert === current.cert && certificate.key === current.key) return;
      use(certificate);
      current = certificate;
      log("info", "certificate changed", { until: new Date(certificate.until).toISOString() });
    } catch (error) {
      const text = String(error);
      if (text !== problem)
        log("error", "certificate not read again, the one before is used", errorFields(error));
      problem = text;
    }
  }
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}

function withoutFiles(): UsageError {
  return new UsageError("tls-files", {
    fr: "un API server ne parle à un webhook qu'en HTTPS : donner --tls-cert et --tls-key, ou laisser le serveur faire son certificat (--tls-dir RÉPERTOIRE).",
    en: "an API server speaks HTTPS only to a webhook: give --tls-cert and --tls-key, or let the server make its certificate (--tls-dir FOLDER).",
  });
}
