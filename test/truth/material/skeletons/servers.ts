import type { Skeleton } from "../skeleton.ts";

const WHOLE = { "/app": "." };

const EXPRESS: Skeleton = {
  name: "express",
  npm: [
    "express@5.1.0",
    "express-session@1.18.2",
    "connect-redis@9.0.0",
    "passport@0.7.0",
    "passport-local@1.0.0",
    "passport-jwt@4.0.1",
    "jsonwebtoken@9.0.2",
    "pg@8.16.3",
    "mysql2@3.15.3",
    "mongodb@7.0.0",
    "ioredis@5.8.2",
    "nodemailer@7.0.10",
    "dotenv@17.2.3",
    "helmet@8.1.0",
    "aws-sdk@2.1692.0",
    "stripe@20.0.0",
    "firebase-admin@13.6.0",
    "@sentry/node@10.26.0",
    "openid-client@6.8.1",
    "winston@3.18.3",
    "swagger-ui-express@5.0.1",
    "puppeteer-core@24.31.0",
  ],
  files: {
    "server.js": `import express from "express";
import session from "express-session";
const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false }));
app.get("/", (_, res) => res.send("ok"));
app.listen(3000);
`,
    ".env.example": `DATABASE_URL=postgres://user:password@localhost:5432/app
SESSION_SECRET=change-me
SMTP_URL=smtp://user:pass@smtp.example.com:587
`,
  },
  build: [],
  image: WHOLE,
};

const FASTIFY: Skeleton = {
  name: "fastify",
  npm: [
    "fastify@5.6.2",
    "@fastify/secure-session@8.2.0",
    "@fastify/jwt@10.0.0",
    "@fastify/oauth2@8.1.2",
    "@fastify/postgres@6.0.2",
    "@fastify/swagger-ui@5.2.3",
    "prisma@6.19.0",
    "@prisma/client@6.19.0",
  ],
  files: {
    "server.js": `import Fastify from "fastify";
import jwt from "@fastify/jwt";
const app = Fastify({ logger: true });
app.register(jwt, { secret: process.env.JWT_SECRET });
app.listen({ port: 3000, host: "0.0.0.0" });
`,
    "prisma/schema.prisma": `generator client { provider = "prisma-client-js" }
datasource db { provider = "postgresql" url = env("DATABASE_URL") }
model User { id Int @id passwordHash String resetToken String? }
`,
  },
  build: [],
  image: WHOLE,
};

const NEST: Skeleton = {
  name: "nestjs",
  npm: [
    "@nestjs/core@11.1.9",
    "@nestjs/common@11.1.9",
    "@nestjs/platform-express@11.1.9",
    "@nestjs/config@4.0.2",
    "@nestjs/jwt@11.0.1",
    "@nestjs/passport@11.0.5",
    "@nestjs/typeorm@11.0.0",
    "@nestjs/swagger@11.2.3",
    "@nestjs/microservices@11.1.9",
    "typeorm@0.3.27",
    "pg@8.16.3",
    "passport@0.7.0",
    "reflect-metadata@0.2.2",
    "rxjs@7.8.2",
    "typescript@5.9.3",
  ],
  files: {
    "tsconfig.json": `{ "compilerOptions": { "module": "commonjs", "target": "es2022", "outDir": "dist", "experimentalDecorators": true, "emitDecoratorMetadata": true, "skipLibCheck": true, "sourceMap": true }, "include": ["src"] }\n`,
    "src/config/configuration.ts": `export default () => ({
  database: { host: process.env.DATABASE_HOST, password: process.env.DATABASE_PASSWORD },
  jwt: { secret: process.env.JWT_SECRET, expiresIn: "15m" },
});
`,
    "src/auth/constants.ts": `export const jwtConstants = { secret: process.env.JWT_SECRET };
export const PASSWORD_MIN_LENGTH = 12;
export const INJECTION_TOKENS = { AUTH_TOKEN: "AUTH_TOKEN", passwordReset: "password-reset" };
`,
    "src/main.ts": `import "reflect-metadata";
import { Module } from "@nestjs/common";
import { ConfigModule } from "@nestjs/config";
import { NestFactory } from "@nestjs/core";
import { JwtModule } from "@nestjs/jwt";
import { jwtConstants } from "./auth/constants";
import configuration from "./config/configuration";
@Module({ imports: [ConfigModule.forRoot({ load: [configuration] }), JwtModule.register(jwtConstants)] })
class AppModule {}
void NestFactory.create(AppModule).then((app) => app.listen(3000));
`,
  },
  build: [["tsc"]],
  image: { "/app/dist": "dist", "/app/node_modules": "node_modules", "/app/package.json": "package.json" },
};

const ADONIS: Skeleton = {
  name: "adonisjs",
  npm: [
    "@adonisjs/core@6.19.1",
    "@adonisjs/auth@9.5.1",
    "@adonisjs/session@7.5.1",
    "@adonisjs/lucid@21.8.1",
    "@adonisjs/shield@8.2.0",
    "@adonisjs/mail@9.2.2",
    "@adonisjs/ally@5.1.1",
  ],
  files: {
    "config/app.js": `import env from "#start/env";
import { Secret } from "@adonisjs/core/helpers";
import { defineConfig } from "@adonisjs/core/http";
export const appKey = new Secret(env.get("APP_KEY"));
export const http = defineConfig({ generateRequestId: true, cookie: { httpOnly: true } });
`,
    "config/hash.js": `import { defineConfig, drivers } from "@adonisjs/core/hash";
export default defineConfig({ default: "scrypt", list: { scrypt: drivers.scrypt({ cost: 16384 }) } });
`,
    "config/auth.js": `import { defineConfig } from "@adonisjs/auth";
import { sessionGuard, sessionUserProvider } from "@adonisjs/auth/session";
export default defineConfig({
  default: "web",
  guards: { web: sessionGuard({ useRememberMeTokens: false, provider: sessionUserProvider({ model: () => import("#models/user") }) }) },
});
`,
    "config/database.js": `import env from "#start/env";
import { defineConfig } from "@adonisjs/lucid";
export default defineConfig({
  connection: "postgres",
  connections: { postgres: { client: "pg", connection: { host: env.get("DB_HOST"), user: env.get("DB_USER"), password: env.get("DB_PASSWORD") } } },
});
`,
    "start/env.js": `import { Env } from "@adonisjs/core/env";
export default await Env.create(new URL("../", import.meta.url), {
  APP_KEY: Env.schema.string(),
  DB_PASSWORD: Env.schema.string.optional(),
  SMTP_PASSWORD: Env.schema.string.optional(),
});
`,
    ".env.example":
      "TZ=UTC\nPORT=3333\nHOST=localhost\nLOG_LEVEL=info\nAPP_KEY=\nNODE_ENV=development\nSESSION_DRIVER=cookie\n",
  },
  build: [],
  image: WHOLE,
};

const STRAPI: Skeleton = {
  name: "strapi",
  npm: [
    "@strapi/strapi@5.31.2",
    "@strapi/plugin-users-permissions@5.31.2",
    "pg@8.16.3",
    "react@18.3.1",
    "react-dom@18.3.1",
    "react-router-dom@6.30.2",
    "styled-components@6.1.19",
  ],
  files: {
    "config/server.js": `module.exports = ({ env }) => ({
  host: env("HOST", "0.0.0.0"),
  port: env.int("PORT", 1337),
  app: { keys: env.array("APP_KEYS") },
});
`,
    "config/admin.js": `module.exports = ({ env }) => ({
  auth: { secret: env("ADMIN_JWT_SECRET") },
  apiToken: { salt: env("API_TOKEN_SALT") },
  transfer: { token: { salt: env("TRANSFER_TOKEN_SALT") } },
  secrets: { encryptionKey: env("ENCRYPTION_KEY") },
});
`,
    "config/database.js": `module.exports = ({ env }) => ({
  connection: {
    client: env("DATABASE_CLIENT", "postgres"),
    connection: {
      host: env("DATABASE_HOST", "localhost"),
      port: env.int("DATABASE_PORT", 5432),
      database: env("DATABASE_NAME", "strapi"),
      user: env("DATABASE_USERNAME", "strapi"),
      password: env("DATABASE_PASSWORD", "strapi"),
      ssl: env.bool("DATABASE_SSL", false) && { key: env("DATABASE_SSL_KEY", undefined) },
    },
  },
});
`,
    ".env.example": `HOST=0.0.0.0
PORT=1337
APP_KEYS="toBeModified1,toBeModified2"
API_TOKEN_SALT=tobemodified
ADMIN_JWT_SECRET=tobemodified
TRANSFER_TOKEN_SALT=tobemodified
JWT_SECRET=tobemodified
ENCRYPTION_KEY=tobemodified
`,
  },
  build: [],
  image: WHOLE,
};

export const SERVERS: readonly Skeleton[] = [EXPRESS, FASTIFY, NEST, ADONIS, STRAPI];
