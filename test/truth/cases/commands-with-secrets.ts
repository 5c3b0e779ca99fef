// Rows 7 and 11: secrets in commands of other programs than the shell, and files that a build chooses by an environment.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { written } from "../given/baked.ts";
import { image } from "../given/image.ts";

const SECRETS: readonly string[] = [
  "RUN openssl enc -aes-256-cbc -k Hiver2024 -in a.env -out a.enc",
  "RUN openssl enc -d -aes-256-cbc -pbkdf2 -in a.enc -out .env -k 'Hiver2024'",
  "RUN openssl aes-256-cbc -d -in a.enc -pass pass:Hiver2024",
  "RUN openssl enc -aes-256-cbc -K 00112233445566778899aabbccddeeff00112233445566778899aabbccddeefe -iv 0 -in a",
  "RUN gpg --batch --passphrase Hiver2024 -d a.gpg > .env",
  "RUN unzip -P Hiver2024 a.zip",
  "RUN 7z x -pHiver2024 a.7z",
  `RUN php -r 'define("DB_PASSWORD","Hiver2024!");'`,
  `RUN php -r "file_put_contents('.env', 'DB_PASSWORD=Hiver2024!');"`,
  `RUN python3 -c "open('/app/.env','w').write('DB_PASSWORD=Hiver2024!')"`,
  `RUN node -e 'require("fs").writeFileSync(".env", "DB_PASSWORD=Hiver2024!")'`,
  "RUN python3 <<EOF\nwith open('/app/config.json', 'w') as f:\n    f.write('{\"password\": \"Hiver2024!\"}')\nEOF",
  "RUN <<EOF python3\nimport json\njson.dump({'db_password': 'Hiver2024!'}, open('/app/c.json', 'w'))\nEOF",
  "RUN node <<'EOF'\nconst fs = require('fs');\nfs.writeFileSync('/app/.env', 'API_TOKEN=4f9a7c1e2b8d6035\\n');\nEOF",
  "RUN ruby <<EOF\nFile.write('/app/config.yml', \"password: Hiver2024!\\n\")\nEOF",
  "RUN <<EOF\n#!/usr/bin/env python3\npassword = 'Hiver2024!'\nopen('/app/p', 'w').write(password)\nEOF",
  "RUN --mount=type=secret,id=x cp /run/secrets/x /app/",
  "RUN --mount=type=secret,id=x,target=/tmp/x.env cp /tmp/x.env /app/.env",
  "RUN --mount=type=secret,id=x,dst=/root/.npmrc cp /root/.npmrc /app/.npmrc",
  "RUN --mount=type=secret,id=x install -m 600 /run/secrets/x /app/x",
  "RUN --mount=type=secret,id=x mv /run/secrets/x /app/x",
  "RUN --mount=type=secret,id=x cat /run/secrets/x | tee /app/x",
  'RUN --mount=type=secret,id=x,env=TOKEN echo "token=$TOKEN" > /app/.env',
  "RUN --mount=type=ssh cp -r /root/.ssh /app/ssh",
];

const TRAPS: readonly string[] = [
  'RUN openssl enc -aes-256-cbc -k "$KEY" -in a -out a.enc',
  "RUN openssl enc -aes-256-cbc -kfile /run/secrets/k -in a -out b",
  "RUN openssl req -x509 -newkey rsa:2048 -keyout /dev/null -out a.pem -subj /CN=a",
  "RUN php -r 'echo PHP_VERSION;'",
  `RUN php -r "copy('https://getcomposer.org/installer', 'composer-setup.php');"`,
  "RUN python3 <<EOF\nimport os\nprint(os.environ.get('DB_PASSWORD'))\nEOF",
  "RUN node -e 'console.log(process.version)'",
  "RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci",
  "RUN --mount=type=secret,id=x TOKEN=$(cat /run/secrets/x) npm ci",
  "RUN --mount=type=secret,id=x cp /run/secrets/x /tmp/x && use /tmp/x && rm /tmp/x",
  "RUN --mount=type=secret,id=x --mount=type=tmpfs,target=/tmp cp /run/secrets/x /tmp/x && use /tmp/x",
  'RUN unzip -P "$(cat /run/secrets/p)" a.zip',
];

const ENVIRONMENTS: readonly string[] = [
  "ARG ENV\nRUN cp config/$ENV.yaml /app/config.yaml",
  "ARG ENV=prod\nRUN cp config/${ENV}.yaml config.yaml",
  "ARG APP_ENV\nRUN mv config/config.$APP_ENV.json config/config.json",
  "ARG ENVIRONMENT\nRUN ln -sf /app/envs/$ENVIRONMENT/app.yaml /app/app.yaml",
  "ARG ENV\nCOPY config/$ENV.yaml /app/config.yaml",
  "RUN cp config/prod.yaml /app/config.yaml",
];

const SAME: readonly string[] = [
  "ARG VERSION\nRUN cp config/$VERSION.yaml /app/config.yaml",
  "RUN cp config/default.yaml /app/config.yaml",
  "ARG TARGETARCH\nRUN cp bin/$TARGETARCH/server /app/server",
  "ARG LOCALE\nRUN cp i18n/$LOCALE.json /app/messages.json",
];

export const cases: Cases = [
  ...SECRETS.map((line) => written(line, "no", "1.4: the history, or the layer, keeps it.")),
  ...TRAPS.map((line) => written(line, "unproven", "Nothing of a secret stays.")),
  ...ENVIRONMENTS.map((line) =>
    written(line, "no", "1.4: a configuration of one environment is no part of the image."),
  ),
  ...SAME.map((line) => written(line, "unproven", "Nothing of it varies with the environment.")),
  script(
    "a script without an ending that writes a password",
    "app/setup",
    "cat > /tmp/a.yml <<EOF\npassword: Hiver2024!\nEOF\n",
    "no",
  ),
  script(
    "a script without an ending that asks for one",
    "app/setup",
    'read -r PASSWORD\necho "password: $PASSWORD" > /tmp/a.yml\n',
    "yes",
  ),
];

function script(name: string, path: string, body: string, answer: Answer): Case {
  return {
    name: `in an image: ${name}`,
    given: image({ files: { [path]: { content: `#!/bin/sh\n${body}`, mode: 0o755 } } }),
    expect: { "no-baked-state": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why: "1.4: the script holds what it writes.",
  };
}
