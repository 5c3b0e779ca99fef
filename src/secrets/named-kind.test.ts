import { describe, expect, test } from "vitest";
import { HEX, noise } from "../../test/fixtures/secrets.ts";
import { maskConfig } from "./config.ts";
import { secretsOfConfigMap } from "./config-object.ts";
import { scanFile } from "./scan.ts";

function kinds(content: string, path = "/app/config.env"): readonly string[] {
  return scanFile(path, Buffer.from(content)).map(({ kind }) => kind);
}

const STRIPE = `pk_live_51H${noise(40)}`;
const GOOGLE = `AIza${noise(35)}`;
const [HEX20, HEX32] = [noise(20, HEX), noise(32, HEX)];
const UNLEASH = `default:production.${noise(56, HEX)}`;
const MAPBOX = `pk.eyJ1${noise(40)}.4${noise(21)}`;

describe("made to be published, by its name and the issuer's form", () => {
  test.each([
    `STRIPE_PUBLISHABLE_KEY=${STRIPE}`,
    `stripeKey=${STRIPE}`,
    `CLERK_PUBLISHABLE_KEY=pk_test_${noise(44)}`,
    `POSTHOG_KEY=phc_${noise(40)}`,
    `POSTHOG_API_KEY=phc_${noise(43)}`,
    `FIREBASE_API_KEY=${GOOGLE}`,
    `ALGOLIA_SEARCH_KEY=${HEX32}`,
    `ALGOLIA_SEARCH_API_KEY=${HEX32}`,
    `TYPESENSE_SEARCH_ONLY_API_KEY=${noise(32)}`,
    `MEILISEARCH_SEARCH_KEY=${noise(32)}`,
    `PUSHER_APP_KEY=${HEX20}`,
    `UNLEASH_FRONTEND_TOKEN=${UNLEASH}`,
    `UNLEASH_PROXY_CLIENT_KEY=${UNLEASH}`,
    `MAPBOX_ACCESS_TOKEN=${MAPBOX}`,
  ])("%s", (line) => {
    expect(kinds(line)).toEqual(["publishable-key"]);
  });

  test("by what stands beside it", () => {
    const firebase = JSON.stringify({ apiKey: GOOGLE, authDomain: "portail.firebaseapp.com" });
    const algolia = JSON.stringify({ algolia: { appId: "Q7K2MZ4XPA", searchApiKey: HEX32 } });
    expect([kinds(firebase, "/app/config.json"), kinds(algolia, "/app/config.json")]).toEqual([
      ["publishable-key"],
      ["publishable-key"],
    ]);
  });
});

describe("a secret whatever it begins like, or is called", () => {
  test.each([
    `DB_PASSWORD=${STRIPE}`,
    `STRIPE_SECRET_KEY=${STRIPE}`,
    `SESSION_KEY=${STRIPE}`,
    `JWT_KEY=phc_${noise(40)}`,
    `GEMINI_API_KEY=${GOOGLE}`,
    `API_KEY=${GOOGLE}`,
    `ALGOLIA_ADMIN_KEY=${HEX32}`,
    `ALGOLIA_API_KEY=${HEX32}`,
    `SEARCH_KEY_SECRET=${HEX32}`,
    `ALGOLIA_SEARCH_KEY=${noise(33, HEX)}`,
    `ELASTIC_SEARCH_API_KEY=${HEX32}`,
    `PUSHER_APP_SECRET=${HEX20}`,
    `UNLEASH_API_TOKEN=${UNLEASH}`,
    `UNLEASH_CLIENT_KEY=${UNLEASH}`,
    `MAPBOX_ACCESS_TOKEN=${MAPBOX.replace("pk.", "sk.")}`,
    `PUBLISHABLE_KEY=sk_live_${noise(40)}`,
    `POSTHOG_API_KEY=phx_${noise(40)}`,
  ])("%s", (line) => {
    expect(kinds(line)).not.toContain("publishable-key");
    expect(kinds(line)).toHaveLength(1);
  });

  test("and where one stands within another", () => {
    const both = JSON.stringify({ stripeKey: `${STRIPE} sk_live_${noise(40)}` });
    expect(kinds(both, "/app/config.json")).toEqual(["stripe-live-key"]);
  });
});

describe("a product's default password", () => {
  test.each(["postgres", "minioadmin", "minio123", "strapi", "guest"])("%s, in a file", (value) => {
    expect(kinds(`DB_PASSWORD: ${value}\n`, "/app/docker-compose.yml")).toEqual(["published-default"]);
  });

  test.each(["Postgres1", "postgres2024", "minioadmin!", "strapi-portail"])("trap: %s", (value) => {
    expect(kinds(`DB_PASSWORD: ${value}\n`, "/app/docker-compose.yml")).toEqual(["named-secret"]);
  });

  test("in a file of credentials", () => {
    expect(kinds("localhost:5432:*:postgres:postgres\n", "/app/.pgpass")).toEqual(["published-default"]);
    expect(kinds("pg.portail.fr:5432:*:portail:Hiver2024!\n", "/app/.pgpass")).toEqual(["pgpass-password"]);
  });

  test("is a secret where a container is given it", () => {
    const { secrets } = maskConfig({
      env: ["POSTGRES_PASSWORD=postgres"],
      labels: {},
      history: [],
      entrypoint: [],
      cmd: [],
      healthcheck: [],
      others: {},
    });
    const files = secretsOfConfigMap("web", [["app.yml", Buffer.from("db:\n  password: postgres\n")]]);
    expect([...secrets, ...files].map(({ kind }) => kind)).toEqual(["named-secret", "named-secret"]);
  });
});
