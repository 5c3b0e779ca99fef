import type { Skeleton } from "../skeleton.ts";

const ANGULAR: Skeleton = {
  name: "angular-ssr",
  npm: [
    "@angular/core@20.3.14",
    "@angular/common@20.3.14",
    "@angular/compiler@20.3.14",
    "@angular/compiler-cli@20.3.14",
    "@angular/platform-browser@20.3.14",
    "@angular/platform-server@20.3.14",
    "@angular/router@20.3.14",
    "@angular/ssr@20.3.12",
    "@angular/build@20.3.12",
    "@angular/cli@20.3.12",
    "express@5.1.0",
    "rxjs@7.8.2",
    "tslib@2.8.1",
    "typescript@5.9.3",
  ],
  files: {
    "angular.json": `{ "version": 1, "projects": { "portail": { "projectType": "application", "root": "", "sourceRoot": "src", "architect": { "build": { "builder": "@angular/build:application", "options": { "outputPath": "dist/portail", "browser": "src/main.ts", "server": "src/main.server.ts", "ssr": { "entry": "src/server.ts" }, "outputMode": "server", "index": "src/index.html", "tsConfig": "tsconfig.json" }, "configurations": { "production": { "fileReplacements": [{ "replace": "src/environments/environment.ts", "with": "src/environments/environment.production.ts" }] } }, "defaultConfiguration": "production" } } } }, "cli": { "analytics": false } }\n`,
    "tsconfig.json": `{ "compilerOptions": { "strict": true, "experimentalDecorators": true, "target": "ES2022", "module": "preserve", "moduleResolution": "bundler", "skipLibCheck": true, "types": [] }, "include": ["src/**/*.ts"] }\n`,
    "src/index.html": `<!doctype html><html lang="fr"><head><base href="/" /></head><body><app-root></app-root></body></html>\n`,
    "src/environments/environment.ts": `export const environment = { production: false, apiBase: "/api" };\n`,
    "src/environments/environment.production.ts": `export const environment = { production: true, apiBase: "/api" };\n`,
    "src/app.ts": `import { Component } from "@angular/core";
import { environment } from "./environments/environment";
@Component({ selector: "app-root", template: "<p>{{ base }}</p><input type='password' placeholder='Mot de passe'>" })
export class App { base = environment.apiBase; }
`,
    "src/main.ts": `import { provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication, provideClientHydration } from "@angular/platform-browser";
import { App } from "./app";
void bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), provideClientHydration()] });
`,
    "src/main.server.ts": `import { provideZonelessChangeDetection } from "@angular/core";
import { bootstrapApplication, type BootstrapContext } from "@angular/platform-browser";
import { provideServerRendering, withRoutes, RenderMode } from "@angular/ssr";
import { App } from "./app";
const routes = [{ path: "**", renderMode: RenderMode.Server as const }];
export default (context: BootstrapContext) => bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), provideServerRendering(withRoutes(routes))] }, context);
`,
    "src/server.ts": `import { AngularNodeAppEngine, createNodeRequestHandler, writeResponseToNodeResponse } from "@angular/ssr/node";
// @ts-ignore
import express from "express";
const app = express();
const engine = new AngularNodeAppEngine();
app.use((req: any, res: any, next: any) => { engine.handle(req).then((r) => (r ? writeResponseToNodeResponse(r, res) : next())).catch(next); });
app.listen(4000);
export const reqHandler = createNodeRequestHandler(app);
`,
  },
  build: [["ng", "build"]],
  environment: { NG_CLI_ANALYTICS: "false" },
  image: { "/app/dist": "dist" },
};

const GATSBY: Skeleton = {
  name: "gatsby",
  npm: ["gatsby@5.15.0", "react@18.3.1", "react-dom@18.3.1"],
  files: {
    "gatsby-config.js": `module.exports = { siteMetadata: { title: "Portail", siteUrl: "https://www.example.fr" } };\n`,
    "src/pages/index.js": `import * as React from "react";
export default function Home() { return <p>accueil</p>; }
`,
  },
  build: [["gatsby", "build"]],
  environment: { GATSBY_TELEMETRY_DISABLED: "1", CI: "true" },
  image: { "/usr/share/nginx/html": "public" },
};

export const SITES: readonly Skeleton[] = [ANGULAR, GATSBY];
