// Rows 7 and 11: configuration and build arguments of one environment, by French and English names.

import type { Case, Cases } from "../case.ts";
import { bakedFiles } from "../given/baked.ts";
import { image } from "../given/image.ts";

const URL = "api: https://api.portail-interne.fr\n";
const HOST = "hote: pg1.portail-interne.fr\n";

const OF_ONE: Readonly<Record<string, string>> = {
  "app/environnements/production/parametres.yml": URL,
  "app/environnements/production/base.yml": HOST,
  "app/environnement/recette/serveur.properties": "serveur.adresse=pg1.portail-interne.fr\n",
  "app/environnements/prod.yml": URL,
  "app/environnements/developpement/parametres.yml": URL,
  "app/environnements/preproduction/base/parametres.yml": URL,
  "app/parametres/prod/base.yml": URL,
  "app/parametrage/recette.properties": "api.url=https://api.portail-interne.fr\n",
  "app/profils/integration/parametres.yml": URL,
  "app/plateformes/pprod/parametres.yml": URL,
  "app/deploiement/qualif/valeurs.yaml": URL,
  "app/deployment/prod/values.yaml": URL,
  "app/instances/production/config.json": '{"api":"https://api.portail-interne.fr"}',
  "app/stages/staging/app.toml": 'api = "https://api.portail-interne.fr"\n',
  "app/cibles/homol/app.ini": "api=https://api.portail-interne.fr\n",
  "etc/aides/production/config.yaml": URL,
  "app/production/config.yaml": URL,
  "app/env/production/db/base.yaml": URL,
  "app/parametres-production.yml": URL,
  "app/parametres_prod.yml": URL,
  "app/config_production.json": '{"api":"https://api.portail-interne.fr"}',
  "app/prod/.env": "API_URL=https://api.portail-interne.fr\n",
};

const OF_NONE: Readonly<Record<string, string>> = {
  "app/environnements/production/LISEZMOI.md": "La production est sur https://api.portail-interne.fr\n",
  "app/environnements/production/parametres.yml": "api: ${API_URL}\nniveau: info\n",
  "app/environnements/liste.yml": "noms: [recette, production]\n",
  "app/src/production/index.ts": 'export const docs = "https://docs.portail.fr";\n',
  "app/public/images/production/carte.svg": "<svg><a href='https://docs.portail.fr'/></svg>",
  "app/data/production/communes.json": '[{"site":"https://www.mairie-lyon.fr"}]',
  "app/public/demo/data.json": '{"site":"https://www.portail.fr"}',
  "app/dist/review/manifest.json": '{"start_url":"https://www.portail.fr"}',
  "app/i18n/formation.json": '{"lien":"https://www.portail.fr"}',
  "app/environnements/exemple/parametres.yml": URL,
  "app/themes/dev/theme.json": '{"homepage":"https://www.portail.fr"}',
  "app/content/formation/index.yml": "lien: https://www.portail.fr\n",
};

function argument(given: string, answer: "yes" | "no", why: string): Case {
  return {
    name: `a build argument ${given}`,
    given: image({ steps: [`RUN |1 ${given} /bin/sh -c npm run build # buildkit`] }),
    expect: { "no-baked-state": answer },
    why,
    ...(answer === "yes" ? { trap: true } : {}),
  };
}

function variable(given: string, answer: "yes" | "no", why: string): Case {
  return {
    name: `ENV ${given}`,
    given: image({ config: { Env: [given] } }),
    expect: { "no-baked-state": answer },
    why,
    ...(answer === "yes" ? { trap: true } : {}),
  };
}

const ONE = "An image built for one environment.";
const MODE = "How frameworks are told to be fast, in every environment.";

export const cases: Cases = [
  ...bakedFiles(OF_ONE, "no", "1.4: what varies by environment is injected."),
  ...bakedFiles(OF_NONE, "yes", "No address of one environment, or no configuration."),
  argument("ENVIRONNEMENT=production", "no", ONE),
  argument("ENVIRONNEMENT=recette", "no", ONE),
  argument("PLATEFORME=recette", "no", ONE),
  argument("CIBLE=preprod", "no", ONE),
  argument("APP_ENVIRONNEMENT=prod", "no", ONE),
  argument("DEPLOY_ENV=production", "no", ONE),
  argument("TARGET_ENVIRONMENT=production", "no", ONE),
  argument("PROFIL=recette", "no", ONE),
  argument("SPRING_PROFILE=recette", "no", ONE),
  argument("HOTE_API=api.recette.portail-interne.fr", "no", ONE),
  argument("NODE_ENV=production", "yes", MODE),
  argument("APP_ENV=prod", "yes", MODE),
  argument("ENVIRONMENT=production", "yes", MODE),
  argument("CIBLE=linux", "yes", "A platform."),
  argument("PLATEFORME=amd64", "yes", "A platform."),
  argument("PROFIL=release", "yes", "How the code is compiled."),
  variable("AUTH=Basic cG9ydGFpbDpIaXZlcjIwMjQh", "no", "RFC 7617: a user and a password."),
  variable("UPSTREAM_HEADER=Authorization: Basic cG9ydGFpbDpIaXZlcjIwMjQh", "no", "RFC 7617."),
  variable("AUTH=Bearer 4f9a7c1e2b8d60354f9a7c1e", "no", "RFC 6750: a token."),
  variable("AUTH=Basic ${BASIC_AUTH}", "yes", "A reference."),
  variable("AUTH_SCHEME=Basic authentication", "yes", "Words."),
];
