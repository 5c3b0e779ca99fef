import { describe, expect, test } from "vitest";
import { inPrograms, programBefore } from "./program-secrets.ts";

const PW = "Kj8vQ2xW9z";

function found(text: string) {
  return inPrograms(text).map(({ value }) => value);
}

describe("a program is given a secret", () => {
  test.each([
    `curl -u ci:${PW} https://x`,
    `curl -s --user ci:${PW}`,
    `curl --user=ci:${PW}`,
    `curl --proxy-user 'a.b@c:${PW}'`,
    `mysql -h db -p${PW} app`,
    `mysqldump -p"${PW}"`,
    `mariadb-admin -p'${PW}'`,
    `redis-cli -h x -a ${PW}`,
    `sshpass -p ${PW} ssh x`,
    `sshpass -p${PW} ssh x`,
    `mongo -u a -p ${PW}`,
    `mongosh -p '${PW}'`,
    `docker login -u a -p ${PW}`,
    `podman login --password=${PW}`,
    `nerdctl login -p ${PW}`,
    `buildah login -p ${PW}`,
    `skopeo login -p ${PW}`,
    `crane auth login -p ${PW}`,
    `oras login -p ${PW}`,
    `helm registry login -p ${PW}`,
    `az login --password ${PW}`,
    `oc login -p ${PW}`,
    `app --db-password ${PW}`,
    `app --pass ${PW}`,
    `app --my-passwd ${PW}`,
    `app --token ${PW}`,
    `app --client-secret ${PW}`,
    `app --api-key ${PW}`,
    `skopeo copy --src-creds a:${PW} x`,
    `skopeo copy --dest-creds=a:${PW} x`,
    `skopeo inspect --creds a:${PW} x`,
    `ldapsearch -D x -w ${PW}`,
    `htpasswd -b file app ${PW}`,
    `htpasswd -nbB app ${PW}`,
    `npm config set //r/:_authToken ${PW}`,
    `npm set //r/:_auth=${PW}`,
    `pnpm config set _password=${PW}`,
    `openssl rsa -passin pass:${PW}`,
    `openssl rsa -passout pass:${PW}`,
    `openssl enc -pass pass:${PW}`,
    `keytool -storepass ${PW}`,
    `keytool -keypass ${PW}`,
    `keytool -srcstorepass ${PW}`,
    `keytool -deststorepass ${PW}`,
    `echo "app:${PW}" | chpasswd`,
    `echo -n app:${PW}|sudo chpasswd`,
    `proxy_set_header Authorization "Bearer ${PW}"`,
    `proxy_set_header authorization Basic ${PW}`,
    `proxy_set_header X-Api-Key ${PW}`,
    `Authorization: Bearer ${PW}`,
    `"authorization": "token ${PW}"`,
    `Proxy-Authorization: Basic ${PW}`,
    `authorization=apikey ${PW}`,
    `X-API-Key: ${PW}`,
    `x-auth-token: ${PW}`,
    `x-vault-token: ${PW}`,
    `X-Access-Token: ${PW}`,
    `PRIVATE-TOKEN: ${PW}`,
    `job-token: ${PW}`,
    `"Deploy-Token": ${PW}`,
  ])("%s", (text) => {
    expect(found(text)).toContain(PW);
  });
});

describe("traps: none", () => {
  test.each([
    `mycurl -u ci:${PW}`,
    `curl -U ci:${PW}`,
    `curl | app -u ci:${PW}`,
    "curl -u ci:$TOKEN",
    "curl -u ci:changeme",
    `curl -u ${PW}`,
    `mysql -P${PW}`,
    `mysql; app -p${PW}`,
    `mysql -p ${PW}`,
    `redis-cli -b ${PW}`,
    `xsshpass -p ${PW}`,
    `docker run -p ${PW}`,
    `docker login -x ${PW}`,
    "app --token abcdefghij",
    `app --tokens ${PW}`,
    `app -token ${PW}`,
    `app --credsx a:${PW}`,
    `ldapsearch -W ${PW}`,
    `htpasswd -c file app ${PW}`,
    `npm config get _authToken ${PW}`,
    `openssl -passin env:${PW}`,
    `keytool -storetype ${PW}`,
    `echo app:${PW} | passwd`,
    `Authorization: Digest ${PW}`,
    `my-token: ${PW}`,
    `app --password /run/secrets/pw1`,
    `app --password ./pw1`,
    `app --password ~/pw1`,
    `app --password %pw1%x`,
    `app --password @pw1file`,
    `app --password -pw1`,
    "",
    PW,
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("what stands before a word", () => {
  test.each([
    [["curl", "-u", "x"], 2, "curl -u "],
    [["/usr/bin/curl", "-s", "x"], 2, "/usr/bin/curl -s "],
    [["curl", "https://x", "x"], 2, "curl "],
    [["curl", "--user", "x"], 2, "curl "],
    [["sh", "redis-cli", "-a", "x"], 3, "redis-cli -a "],
    [["sshpass", "-p", "x"], 2, "sshpass -p "],
    [["mysqldump", "-p", "x"], 2, "mysqldump -p "],
    [["mariadb", "x"], 1, "mariadb "],
    [["mongosh", "x"], 1, "mongosh "],
    [["ldap-search", "x"], 1, "ldap-search "],
    [["curl", 5, "x"], 2, "curl "],
    [["app", "-u", "x"], 2, ""],
    [["mycurl", "-u", "x"], 2, ""],
    [["curls", "-u", "x"], 2, ""],
    [["x", "curl"], 1, ""],
    [["curl", "-uu", "x"], 2, "curl "],
    [["curl", "x-u", "x"], 2, "curl "],
  ])("%j at %d: %j", (argv, index, before) => {
    expect(programBefore(argv, index)).toBe(before);
  });
});
