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
    `gpg --batch --passphrase ${PW} -d x.gpg`,
    `./srv --secret-key ${PW}`,
    `mc alias set s3 https://s3.corp.fr portail ${PW}`,
    `mc config host add s3 https://s3.corp.fr portail ${PW}`,
    `smbclient -U "app%${PW}" //nas/share`,
    `lftp -u app,${PW} sftp://host`,
    `curl --oauth2-bearer ${PW} https://x`,
    `aws configure set aws_secret_access_key ${PW}`,
    `aws configure set default.aws_session_token ${PW} --profile x`,
    `crudini --set /etc/app.conf db password ${PW}`,
    `composer config http-basic.site.fr app ${PW}`,
    `bundle config gems.site.fr app:${PW}`,
    `bundle config set --global gems.site.fr app:${PW}`,
    `psql -c "ALTER ROLE app PASSWORD '${PW}'"`,
    `mysql -e "CREATE USER app IDENTIFIED BY '${PW}'"`,
    `openssl enc -aes-256-cbc -k ${PW}`,
    `zip -r -P ${PW} a.zip a`,
    `unzip -P${PW} a.zip`,
    `7z a -p${PW} a.7z a`,
    `7za x -p${PW} a.7z`,
    `ConvertTo-SecureString "${PW}" -AsPlainText`,
    `ConvertTo-SecureString -String '${PW}' -AsPlainText -Force`,
    `sqlplus app/${PW}@db`,
    `expdp app/${PW}@db full=y`,
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

test("it is likely one, whatever signs stand within", () => {
  expect(inPrograms(`mysql -p${PW}/~%-.@x`)).toEqual([
    { kind: "named-secret", confidence: "likely", start: 8, end: 25, value: `${PW}/~%-.@x` },
  ]);
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
