import type { Flags } from "./command.ts";

/** Flags by which the server's store is named. */
export const STORE_FLAGS = {
  database: {
    env: true,
    value: { fr: "URL", en: "URL" },
    help: {
      fr: "base PostgreSQL (15 à 18) du serveur : postgres://UTILISATEUR@HÔTE:PORT/BASE ; le mot de passe par PGPASSWORD ou ~/.pgpass ; ou file:FICHIER, qui contient cette adresse",
      en: "PostgreSQL (15 to 18) of the server: postgres://USER@HOST:PORT/DATABASE; the password by PGPASSWORD or ~/.pgpass; or file:FILE, which holds this address",
    },
  },
  dataDir: {
    env: true,
    value: { fr: "RÉPERTOIRE", en: "FOLDER" },
    help: {
      fr: "sans --database : répertoire du PostgreSQL de douane (par défaut $XDG_DATA_HOME/douane/server, ou ~/.local/share/douane/server ; en root /var/lib/douane)",
      en: "without --database: folder of douane's own PostgreSQL (default: $XDG_DATA_HOME/douane/server, or ~/.local/share/douane/server; as root /var/lib/douane)",
    },
  },
} as const satisfies Flags;
