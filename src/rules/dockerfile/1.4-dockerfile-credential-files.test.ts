import { expect, test } from "vitest";
import { summary } from "../../../test/fixtures/dockerfile.ts";
import { dockerfileCredentialFiles } from "./1.4-dockerfile-credential-files.ts";

test.each([
  [
    "a private key",
    "COPY id_rsa /root/.ssh/id_rsa",
    { answer: "presumed", at: ["2:1"], says: expect.stringContaining("id_rsa") },
  ],
  ["a deploy key", "COPY deploy_rsa /tmp/", { answer: "presumed", at: ["2:1"] }],
  ["the folder of keys", "COPY --chown=1000 .ssh /home/app/.ssh", { answer: "presumed", at: ["2:1"] }],
  ["by a pattern", "COPY keys/id_ed25519* /app/keys/", { answer: "presumed", at: ["2:1"] }],
  [
    "from a stage",
    "COPY --from=build /root/.aws/credentials /root/.aws/",
    { answer: "presumed", at: ["2:1"] },
  ],
  ["under another name", "COPY netrc /root/.netrc", { answer: "presumed", at: ["2:1"] }],
  ["a TLS key", "ADD certs/server.key certs/server.crt /etc/app/", { answer: "presumed", at: ["2:1"] }],
  ["a key in PEM", "COPY tls/privkey.pem /etc/app/", { answer: "presumed", at: ["2:1"] }],
  ["a key store", "COPY keystore.p12 /app/", { answer: "presumed", at: ["2:1"] }],
  ["a service account", "COPY service-account-prod.json /app/", { answer: "presumed", at: ["2:1"] }],
  ["Rails' master key", "COPY config/master.key config/", { answer: "presumed", at: ["2:1"] }],
  ["Terraform's state", "COPY terraform.tfstate /app/", { answer: "presumed", at: ["2:1"] }],
  [
    "written by RUN",
    'RUN mkdir -p ~/.ssh && echo "$SSH_KEY" > ~/.ssh/id_ed25519 && chmod 600 ~/.ssh/id_ed25519',
    { answer: "presumed", at: ["2:24"] },
  ],
  [
    "written by a shell of RUN's",
    'RUN bash -c "echo $X > /root/.netrc"',
    { answer: "presumed", at: ["2:5"] },
  ],
  ["made by openssl", "RUN openssl req -x509 -nodes -keyout /etc/tls/app.pem -out a.crt", { answer: "pass" }],
  [
    "a key made by openssl",
    "RUN openssl req -x509 -nodes -keyout /etc/tls.key -out a.crt",
    { answer: "presumed" },
  ],
  ["removed by a later layer only", "COPY id_rsa /k\nRUN rm /k", { answer: "presumed", at: ["2:1"] }],
  ["often without a secret", "COPY package.json .npmrc ./", { answer: "pass", notes: ["2:1"] }],
  ["trap: public keys and certificates", "COPY id_rsa.pub ca.pem cert.pem public.key truststore.jks /k/", {}],
  ["trap: the same RUN removes it", 'RUN echo "$T" > ~/.netrc && npm ci && rm -f ~/.netrc', {}],
  ["trap: and its folder", "RUN cp /run/secrets/k ~/.ssh/id_rsa && npm ci && rm -rf ~/.ssh", {}],
  ["trap: given by a mount", "RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci", {}],
  [
    "trap: examples, encrypted, fixtures",
    "COPY credentials.json.example config/credentials.yml.enc tests/id_rsa /x/",
    {},
  ],
  ["trap: code", "COPY src/keys.ts src/private/ docs/key.md keyboard.json /x/", {}],
  ["trap: empty", "RUN touch /home/app/.netrc", {}],
])("%s", (_, text, expected) => {
  const facts = `FROM node:22\n${text}`;
  expect(summary(dockerfileCredentialFiles, facts)).toMatchObject({ answer: "pass", notes: [], ...expected });
});

test.each([
  ["RUN --mount=type=secret,id=t cp /run/secrets/t /app/t", "presumed"],
  ["RUN --mount=type=secret,id=t cat /run/secrets/t > /app/t", "presumed"],
  ["RUN --mount=type=secret,id=t cat /run/secrets/t > /dev/null", "pass"],
  ["RUN --mount=type=secret,id=t cat /run/secrets/t | login --stdin", "pass"],
])("a copy of a mounted secret: %s: %s", (line, answer) => {
  expect(summary(dockerfileCredentialFiles, `FROM node:22\n${line}`).answer).toBe(answer);
});

test("in a discarded stage it is worth a note", () => {
  const text = "FROM node:22 AS b\nCOPY id_rsa /root/.ssh/\nFROM node:22";
  expect(summary(dockerfileCredentialFiles, text)).toMatchObject({ answer: "pass", notes: ["2:1"] });
});

function answerTo(path: string) {
  const { answer, notes } = summary(dockerfileCredentialFiles, `FROM node:22\nCOPY x /app/${path}`);
  return notes.length > 0 ? "note" : answer;
}

test.each([
  ..."id_rsa id_dsa id_ecdsa id_ed25519 id_ed25519_sk id_ecdsa_sk deploy_rsa my-key_ed25519 .ssh .ssh/x/../id_rsa".split(
    " ",
  ),
  ..."_netrc .netrc .git-credentials .pgpass .my.cnf .aws .aws/credentials .kube .kube/config kubeconfig".split(
    " ",
  ),
  ..."prod-kubeconfig prod.kubeconfig.yaml kubeconfig.yml .docker .docker/config.json .dockercfg".split(" "),
  ..."kubeconfig.yaml .dockerconfigjson .htpasswd master.key private.pem privkey.pem key.pem server-key.pem".split(
    " ",
  ),
  ..."app.key.pem my-private-1.pem server.key SERVER.KEY app.p12 app.pfx app.ppk app.kdbx app.jceks".split(
    " ",
  ),
  ..."app.keystore terraform.tfstate app.jks service-account.json serviceaccount.json service_account-dev.json".split(
    " ",
  ),
  ..."sa-key.json sa_key.json gcp-key.json my-gcp_key_x.json credentials credentials.json aws-credentials.yaml".split(
    " ",
  ),
  ..."db.credentials.yml credentials.xml credentials.properties credentials.toml credentials.csv".split(" "),
  ..."credentials.ini wg0.conf".split(" "),
])("%s holds credentials", (path) => {
  expect(answerTo(path.replace("x/../", ""))).toBe("presumed");
});

test.each([
  ..."id_rsa.pub id_rsax xid_rs my_rsa.pub .sshd .netrc.md my.netrc .pgpassx my.cnf .aws/config .awsx".split(
    " ",
  ),
  ..."public.key my-public.key app.pub.key app-pub.key keys key keyboard.json server.keys".split(" "),
  ..."cacerts.jks truststore.jks my-trust.jks ca.pem cert.pem keys.pem pubkey.pem".split(" "),
  ..."credential.json credentials.ts my-credentials.txt credentials.json.enc accounts.json service.json".split(
    " ",
  ),
  ..."wg.conf wgx.conf wg00.conf kubeconfig.txt kubeconfigs .docker/x .dockerignore xhtpasswd".split(" "),
  ..."app.p12x app.tfstates service-account.jsonx sa-keys.json".split(" "),
])("%s does not", (path) => {
  expect(answerTo(path)).toBe("pass");
});

test.each([
  ..."conf/.npmrc .yarnrc.yml .pypirc .condarc secret.json secrets.json secrets.yml secret.yaml".split(" "),
  ..."secrets.toml secrets.env secrets.properties auth.json settings.xml SETTINGS.XML".split(" "),
])("%s may hold some", (path) => {
  expect(answerTo(path)).toBe("note");
});

test.each("my.npmrc .npmrcx xsecrets.json secrets.jsonx secrets.ts my-auth.json settings.xml.md".split(" "))(
  "%s is no such file",
  (path) => {
    expect(answerTo(path)).toBe("pass");
  },
);

test("what only may hold some says nothing of a stage that the image does not keep", () => {
  const text = "FROM node:22 AS b\nCOPY .npmrc /x/\nFROM node:22";
  expect(summary(dockerfileCredentialFiles, text)).toMatchObject({ answer: "pass", notes: [] });
});
