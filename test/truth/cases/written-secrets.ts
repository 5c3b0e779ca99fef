// Rows 7 and 11: secrets that a command writes into a file, or hands to a program, where no `=` betrays them.

import type { Answer } from "../../../src/contract/verdict.ts";
import type { Case, Cases } from "../case.ts";
import { written } from "../given/baked.ts";
import { manifests, web } from "../given/folder.ts";
import { image } from "../given/image.ts";

/** Instructions of a Dockerfile that leave a secret in a layer or in the history. */
const SECRETS: readonly string[] = [
  'RUN echo "password: S3cretHiver24" > app.yml',
  "RUN echo 'db_password: Hiver2024!' >> /etc/aides/config.yaml",
  'RUN echo "mot_de_passe: Hiver2024!" | tee /etc/aides/config.yml',
  'RUN echo -e "user: portal\\npassword: Hiver2024!" > app.yml',
  'RUN { echo "user: portal"; echo "password: Hiver2024!"; } > /etc/aides/config.yml',
  "RUN printf 'user: %s\\npassword: %s\\n' portal Hiver2024! > app.yml",
  "RUN printf '%s\\n' 'user: portal' 'password: Hiver2024!' > app.yml",
  'RUN echo "{\\"db\\":{\\"password\\":\\"Hiver2024!\\"}}" > config.json',
  `RUN echo '{"db": {"password": "Hiver2024!"}}' > config.json`,
  "RUN mkdir -p /etc/aides && \\\n    echo 'api_key: 4f9a7c1e2b8d6035' > /etc/aides/config.yaml",
  "RUN echo 'machine git.gouv.fr login robot password Hiver2024' > /root/.netrc",
  "RUN echo Hiver2024! > /run/secrets/db_password",
  'RUN cat > app.json <<EOF\n{"db": {"password": "Hiver2024!"}}\nEOF',
  "RUN cat <<'EOF' > /etc/aides/config.yaml\ndatabase:\n  password: Hiver2024!\nEOF",
  "RUN tee /etc/aides/config.yml <<EOF\npassword: Hiver2024!\nEOF",
  "RUN <<EOF\nset -e\ncat > /app/config.yml <<YAML\npassword: Hiver2024!\nYAML\nEOF",
  "RUN <<EOF\necho 'password: Hiver2024!' > /app/config.yml\nEOF",
  "COPY <<EOF /app/config.yaml\npassword: Hiver2024!\nEOF",
  'COPY <<"EOF" /app/config.json\n{\n  "password": "Hiver2024!"\n}\nEOF',
  "COPY <<a.yml <<b.yml /etc/aides/\nlevel: info\na.yml\npassword: Hiver2024!\nb.yml",
  "ADD <<-EOF /app/application.properties\n\tspring.datasource.password=Hiver2024!\n\tEOF",
  "RUN sed -i 's/password:.*/password: Hiver2024!/' app.yml",
  "RUN sed -i -e 's|__DB_PASSWORD__|Hiver2024!|' /app/config.yml",
  'RUN curl -H "Authorization: Bearer a1b2c3d4e5f6" https://api.gouv.fr/x',
  "RUN curl -H'Authorization: Token a1b2c3d4e5f6' https://api.gouv.fr/x",
  "RUN curl '-HX-Api-Key: a1b2c3d4e5f6' https://api.gouv.fr/x",
  "RUN curl -uci:Hiver2024 https://api.gouv.fr/x",
  "RUN curl --oauth2-bearer a1b2c3d4e5f6 https://api.gouv.fr/x",
  `RUN curl -d '{"client_id":"portal","client_secret":"a1b2c3d4e5f6"}' https://sso.gouv.fr/token`,
  "RUN aws configure set aws_secret_access_key wJalrXUtnFEMI7K9MDENGbPxRfiCYzA1B2C3D4E5",
  "RUN composer config --global http-basic.repo.gouv.fr robot Hiver2024",
  "RUN bundle config set --global gems.gouv.fr robot:Hiver2024",
  "RUN poetry config http-basic.interne robot Hiver2024",
  `RUN mysql -e "CREATE USER 'portal'@'%' IDENTIFIED BY 'Hiver2024!'"`,
  `RUN psql -c "ALTER USER portal WITH PASSWORD 'Hiver2024!'"`,
  "RUN kubectl create secret generic db --from-literal=password=Hiver2024",
  `ENV SPRING_APPLICATION_JSON='{"spring":{"datasource":{"password":"Hiver2024!"}}}'`,
  "RUN git clone https://robot:Hiver2024@git.example.fr/aides/web.git",
  "RUN --mount=type=secret,id=t cp /run/secrets/t /app/token",
  "RUN --mount=type=secret,id=t cat /run/secrets/t > /app/token",
  'ENV "DB_PASSWORD"=Hiver2024',
  "ENV A=1 \\\n  # comment\n  DB_PASSWORD=Hiver2024",
  "ONBUILD RUN echo 'password: Hiver2024!' > /a.yml",
  "HEALTHCHECK CMD curl -u admin:Hiver2024 http://localhost",
  "RUN useradd -m portal && echo portal:Hiver2024 | chpasswd",
  "RUN git config --global http.extraheader 'Authorization: Basic cm9ib3Q6SGl2ZXIyMDI0IQ=='",
  "RUN yq -i '.db.password = \"Hiver2024!\"' app.yml",
  "RUN crudini --set /etc/app.ini db password Hiver2024!",
  'CMD ["app", "--db-password", "Hiver2024!"]',
  'ENTRYPOINT ["redis-server", "--requirepass", "Hiver2024"]',
  'RUN ["curl", "-u", "ci:Hiver2024", "https://x.gouv.fr"]',
];

/** The same forms with nothing secret in them. */
const TRAPS: readonly string[] = [
  "RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci",
  "RUN --mount=type=secret,id=t TOKEN=$(cat /run/secrets/t) npm ci",
  "RUN --mount=type=secret,id=t cat /run/secrets/t | docker login --password-stdin -u x r.gouv.fr",
  'CMD ["app", "--db-password", "$DB_PASSWORD", "--token-file", "/run/secrets/t"]',
  'CMD ["app", "--password", "--verbose"]',
  "RUN yq -i '.db.password = \"${DB_PASSWORD}\"' app.yml",
  "RUN echo 'PasswordAuthentication no' >> /etc/ssh/sshd_config",
  "RUN echo 'password_min_length: 12' > /app/a.yml && echo 'secretName: portal-db' > /app/b.yml",
  "RUN cat > /etc/pam.d/x <<EOF\nauth required pam_unix.so\npassword required pam_unix.so sha512\nEOF",
  'RUN echo \'{"token": null, "password": ""}\' > /app/a.json',
  'RUN echo "password: ${DB_PASSWORD}" > app.yml',
  'RUN echo "password: changeme" > app.yml',
  'RUN echo "Enter your password: 8 characters" && echo "token: done"',
  'RUN echo "Password: see the documentation" > /app/README.txt',
  'RUN echo "password_file: /run/secrets/db" > app.yml',
  "RUN printf 'password: %s\\n' \"$DB_PASSWORD\" > app.yml",
  "RUN printf '%s' \"$(cat /run/secrets/db)\" > /dev/null",
  "RUN cat > app.yml <<EOF\npassword: ${DB_PASSWORD}\ntoken_url: https://sso.gouv.fr/token\nEOF",
  "COPY <<EOF /app/config.yaml\nlevel: info\npassword: {{ db_password }}\nEOF",
  'COPY <<EOF /usr/share/nginx/html/fr.json\n{"password": "Mot de passe", "token": "Jeton"}\nEOF',
  "RUN sed -i 's/nullok_secure/nullok/; s/password requisite/#password requisite/' /etc/pam.d/common-password",
  "RUN sed -i 's/PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config",
  'RUN sed -i "s/__DB_PASSWORD__/$DB_PASSWORD/" app.yml',
  'RUN curl -H "Authorization: Bearer $TOKEN" https://api.gouv.fr/x',
  'RUN curl -H "Authorization: Bearer $(cat /run/secrets/token)" -H "Accept: application/json" https://x.gouv.fr',
  "RUN curl -u $CI_USER:$CI_PASSWORD https://x.gouv.fr",
  `RUN curl -d '{"client_secret":"'$CLIENT_SECRET'"}' https://sso.gouv.fr/token`,
  "RUN aws configure set aws_secret_access_key $AWS_SECRET && aws configure set region eu-west-3",
  "RUN composer config --global http-basic.repo.gouv.fr $LOGIN $PASSWORD",
  "RUN bundle config set --local without development:test && bundle config set path vendor/bundle",
  `RUN psql -c "ALTER USER portal WITH PASSWORD '$DB_PASSWORD'"`,
  "RUN kubectl create secret generic db --from-literal=password=$DB_PASSWORD",
  "RUN git clone https://robot:Hiver2024@git.example.com/aides/web.git",
  "RUN echo 'deb [signed-by=/usr/share/keyrings/x.gpg] https://apt.gouv.fr stable main' > /etc/apt/sources.list.d/x.list",
];

export const cases: Cases = [
  ...SECRETS.map((line) =>
    written(line, "no", "1.4: whoever pulls the image reads it in its layer or its history."),
  ),
  ...TRAPS.map((line) =>
    written(line, "unproven", "A reference, a placeholder, a rule or words: nothing is opened."),
  ),
  ...inManifest(
    [
      `cat > /tmp/app.yml <<EOF\npassword: Hiver2024!\nEOF\nexec app`,
      `echo 'password: Hiver2024!' > /tmp/app.yml && exec app`,
      `curl -d '{"password":"Hiver2024!"}' http://sso/token`,
    ],
    "no",
    "1.4: the manifest is read by whoever reads the repository.",
  ),
  ...inManifest(
    [
      `cat > /tmp/app.yml <<EOF\npassword: $DB_PASSWORD\nEOF\nexec app`,
      `echo "password: $DB_PASSWORD" > /tmp/app.yml && exec app`,
    ],
    "yes",
    "A variable of the container.",
  ),
  header(
    ["curl", "-HAuthorization: Bearer a1b2c3d4e5f6", "http://x"],
    "no",
    "A header in one word with its flag.",
  ),
  header(
    ["curl", "-uci:Hiver2024!", "http://x"],
    "no",
    "A user's name and password in one word with the flag.",
  ),
  header(["curl", "-HAuthorization: Bearer $(API_TOKEN)", "http://x"], "yes", "A variable of the container."),
  header(["curl", "-HAccept: application/json", "-uci:$(PASSWORD)", "http://x"], "yes", "Nothing secret."),
  {
    name: "JSON in a variable of the manifest",
    given: manifests(
      web({
        env: [
          { name: "SPRING_APPLICATION_JSON", value: '{"spring":{"datasource":{"password":"Hiver2024!"}}}' },
        ],
      }),
    ),
    expect: { "env-config": "no" },
    why: "Settings in one variable, whatever it is called.",
  },
  {
    name: "a URL with a password to git.example.fr in a manifest",
    given: manifests(web({ args: ["--repo=https://robot:Hiver2024@git.example.fr/aides/web.git"] })),
    expect: { "env-config": "no" },
    why: "RFC 2606 reserves example.com, .net and .org, no name under .fr: the host can be real.",
  },
  {
    name: "a URL with a password to a reserved name in a manifest",
    given: manifests(web({ args: ["--repo=https://robot:Hiver2024@git.example.org/aides/web.git"] })),
    expect: { "env-config": "yes" },
    trap: true,
    why: "RFC 2606: the host leads nowhere.",
  },
  {
    name: "in an image: a script that writes a password",
    given: image({
      files: {
        "app/setup.sh":
          '#!/bin/sh\necho \'password: Hiver2024!\' > /tmp/app.yml\ncat > /tmp/a.json <<EOF\n{"token": "a1b2c3d4e5f6a7b8"}\nEOF\n',
      },
    }),
    expect: { "no-baked-state": "no" },
    why: "1.4: the script holds the password.",
  },
  {
    name: "in an image: a step of the history that writes a password",
    given: image({ steps: ["RUN /bin/sh -c echo 'password: Hiver2024!' > /tmp/app.yml # buildkit"] }),
    expect: { "no-baked-state": "no" },
    why: "1.4: the history keeps the command, whatever became of the file.",
  },
  {
    name: "in an image: a script that asks for a password",
    given: image({
      files: {
        "app/setup.sh":
          '#!/bin/sh\necho "Password: "\nread -r PASSWORD\necho "password: $PASSWORD" > /tmp/app.yml\n',
      },
    }),
    expect: { "no-baked-state": "yes" },
    trap: true,
    why: "It holds none.",
  },
];

function inManifest(scripts: readonly string[], answer: Answer, why: string): Cases {
  return scripts.map((script) => ({
    name: `sh -c in a manifest: ${script.replaceAll("\n", " ⏎ ")}`,
    given: manifests(web({ command: ["sh", "-c"], args: [script] })),
    expect: { "env-config": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  }));
}

function header(command: readonly string[], answer: Answer, why: string): Case {
  return {
    name: `a preStop of ${command.slice(0, 2).join(" ")}`,
    given: manifests(web({ lifecycle: { preStop: { exec: { command } } } })),
    expect: { "env-config": answer },
    ...(answer === "no" ? {} : { trap: true }),
    why,
  };
}
