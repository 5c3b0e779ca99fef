import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Pair {
  readonly cert: string;
  readonly key: string;
}

/** A certificate authority, with servers' certificates for 127.0.0.1 and those of two clients; PEM. */
export interface Certificates {
  readonly ca: string;
  readonly server: Pair;
  /** Of a webhook beside the API server. */
  readonly webhook: Pair;
  readonly client: Pair;
  readonly controllerManager: Pair;
}

/** Makes the certificates by openssl in a folder. */
export function certificates(folder: string): Certificates {
  const openssl = (...argv: readonly string[]): void => {
    execFileSync("openssl", argv, { cwd: folder, stdio: "pipe" });
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=fake-ca");
  const pair = (name: string, subject: string, extensions: string): Pair => {
    writeFileSync(join(folder, `${name}.ext`), extensions);
    const signer = ["-CA", "ca.pem", "-CAkey", "ca.key"];
    const cert = ["-x509", ...signer, "-copy_extensions", "none", "-addext", extensions];
    openssl("req", ...cert, ...key, "-keyout", `${name}.key`, "-out", `${name}.pem`, "-subj", subject);
    const [pem, secret] = [`${name}.pem`, `${name}.key`].map((file) =>
      readFileSync(join(folder, file), "utf8"),
    );
    return { cert: pem ?? "", key: secret ?? "" };
  };
  return {
    ca: readFileSync(join(folder, "ca.pem"), "utf8"),
    server: pair("server", "/CN=fake-api", "subjectAltName=IP:127.0.0.1"),
    webhook: pair("webhook", "/CN=webhook", "subjectAltName=IP:127.0.0.1"),
    client: pair("client", "/O=system:masters/CN=admin", "extendedKeyUsage=clientAuth"),
    controllerManager: pair(
      "controller-manager",
      "/O=system:masters/CN=system:kube-controller-manager",
      "extendedKeyUsage=clientAuth",
    ),
  };
}
