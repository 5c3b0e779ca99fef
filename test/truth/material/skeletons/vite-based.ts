import type { Skeleton } from "../skeleton.ts";

const NUXT: Skeleton = {
  name: "nuxt-4",
  npm: ["nuxt@4.5.2", "vue@3.5.45", "vue-router@4.6.3"],
  files: {
    "nuxt.config.ts": `export default defineNuxtConfig({
  compatibilityDate: "2025-07-15",
  telemetry: false,
  runtimeConfig: { apiSecret: "", sessionPassword: "", public: { apiBase: "" } },
});
`,
    "app/app.vue": `<script setup lang="ts">
const { data } = await useFetch("/api/hello");
</script>
<template><p>{{ data }}</p></template>
`,
    "server/api/hello.ts": `export default defineEventHandler((event) => {
  const config = useRuntimeConfig(event);
  return { ok: config.apiSecret === "" };
});
`,
  },
  build: [["nuxt", "build"]],
  environment: { NUXT_TELEMETRY_DISABLED: "1" },
  image: { "/app": ".output" },
};

const SVELTEKIT: Skeleton = {
  name: "sveltekit",
  npm: [
    "@sveltejs/kit@2.49.1",
    "@sveltejs/adapter-node@5.4.0",
    "@sveltejs/vite-plugin-svelte@6.2.1",
    "svelte@5.45.2",
    "vite@7.2.4",
  ],
  files: {
    "svelte.config.js": `import adapter from "@sveltejs/adapter-node";
export default { kit: { adapter: adapter() } };
`,
    "vite.config.js": `import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";
export default defineConfig({ plugins: [sveltekit()] });
`,
    "src/app.html": `<!doctype html>
<html lang="fr"><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>
`,
    "src/routes/+page.svelte": `<form method="POST"><input name="email" /><button>Envoyer</button></form>\n`,
    "src/routes/+page.server.js": `import { env } from "$env/dynamic/private";
import { fail } from "@sveltejs/kit";
export const actions = {
  default: async ({ cookies, request }) => {
    if (env.SESSION_SECRET === undefined) return fail(400, { missing: true });
    cookies.set("session", String((await request.formData()).get("email")), { path: "/" });
    return { success: true };
  },
};
`,
  },
  build: [["vite", "build"]],
  image: { "/app": "build", "/app/package.json": "package.json" },
};

const REACT_ROUTER: Skeleton = {
  name: "react-router",
  npm: [
    "react-router@7.9.6",
    "@react-router/dev@7.9.6",
    "@react-router/node@7.9.6",
    "@react-router/serve@7.9.6",
    "isbot@5.1.32",
    "react@19.2.0",
    "react-dom@19.2.0",
    "vite@7.2.4",
    "typescript@5.9.3",
  ],
  files: {
    "vite.config.ts": `import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";
export default defineConfig({ plugins: [reactRouter()] });
`,
    "react-router.config.ts": "export default { ssr: true };\n",
    "app/routes.ts": `import { index } from "@react-router/dev/routes";
export default [index("routes/home.tsx")];
`,
    "app/root.tsx": `import { Links, Meta, Outlet, Scripts } from "react-router";
export default function App() {
  return <html lang="fr"><head><Meta /><Links /></head><body><Outlet /><Scripts /></body></html>;
}
`,
    "app/session.server.ts": `import { createCookieSessionStorage } from "react-router";
export const sessions = createCookieSessionStorage({
  cookie: { name: "__session", httpOnly: true, secrets: [process.env.SESSION_SECRET ?? ""] },
});
`,
    "app/routes/home.tsx": `import { sessions } from "../session.server";
export async function loader({ request }: { request: Request }) {
  const session = await sessions.getSession(request.headers.get("Cookie"));
  return { user: session.get("user") ?? null };
}
export default function Home() { return <p>accueil</p>; }
`,
  },
  build: [["react-router", "build"]],
  image: { "/app/build": "build", "/app/node_modules": "node_modules", "/app/package.json": "package.json" },
};

const ASTRO: Skeleton = {
  name: "astro",
  npm: ["astro@5.16.3", "@astrojs/node@9.5.1"],
  files: {
    "astro.config.mjs": `import node from "@astrojs/node";
import { defineConfig } from "astro/config";
export default defineConfig({ output: "server", adapter: node({ mode: "standalone" }) });
`,
    "src/components/Avatar.astro": `---
const { name } = Astro.props;
---
<p>{name}</p>
`,
    "src/pages/index.astro": `---
import Avatar from "../components/Avatar.astro";
---
<html lang="fr"><body><Avatar server:defer name="Camille" /></body></html>
`,
    "src/actions/index.ts": `import { defineAction } from "astro:actions";
export const server = { hello: defineAction({ handler: async () => "bonjour" }) };
`,
  },
  build: [["astro", "build"]],
  environment: { ASTRO_TELEMETRY_DISABLED: "1" },
  image: { "/app/dist": "dist", "/app/node_modules": "node_modules" },
};

const VUE: Skeleton = {
  name: "vue-vite",
  npm: ["vue@3.5.25", "vue-router@4.6.3", "pinia@3.0.4", "vite@7.2.4", "@vitejs/plugin-vue@6.0.2"],
  files: {
    "vite.config.js": `import vue from "@vitejs/plugin-vue";
export default { plugins: [vue()] };
`,
    "index.html": `<!doctype html><html lang="fr"><body><div id="app"></div><script type="module" src="/src/main.js"></script></body></html>\n`,
    "src/main.js": `import { createPinia } from "pinia";
import { createApp } from "vue";
import { createRouter, createWebHistory } from "vue-router";
import App from "./App.vue";
const routes = [{ path: "/", component: () => import("./Login.vue") }];
createApp(App).use(createPinia()).use(createRouter({ history: createWebHistory(), routes })).mount("#app");
`,
    "src/App.vue": "<template><RouterView /></template>\n",
    "src/Login.vue": `<script setup>
import { ref } from "vue";
const password = ref("");
const errors = { password: "Mot de passe incorrect", token: "Jeton expiré" };
</script>
<template><label>Mot de passe <input v-model="password" type="password" /></label><p>{{ errors.token }}</p></template>
`,
  },
  build: [["vite", "build"]],
  image: { "/usr/share/nginx/html": "dist" },
};

export const VITE_BASED: readonly Skeleton[] = [NUXT, SVELTEKIT, REACT_ROUTER, ASTRO, VUE];
