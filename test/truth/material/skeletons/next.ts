import type { Skeleton } from "../skeleton.ts";

const FILES = {
  "app/layout.tsx": `export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="fr"><body>{children}</body></html>;
}
`,
  "app/page.tsx": `import { send } from "./actions";
export default function Page() {
  return <form action={send}><input name="name" /><button>Envoyer</button></form>;
}
`,
  "app/actions.ts": `"use server";
export async function send(form: FormData) { console.log(form.get("name")); }
`,
  "app/account/page.tsx": `export const dynamic = "force-dynamic";
export default function Page() {
  async function save() { "use server"; console.log("saved"); }
  return <form action={save}><button>Enregistrer</button></form>;
}
`,
  "app/api/draft/route.ts": `import { draftMode } from "next/headers";
export async function GET() { (await draftMode()).enable(); return new Response("ok"); }
`,
  "app/api/edge/route.ts": `export const runtime = "edge";
export function GET() { return new Response("ok"); }
`,
  "middleware.ts": `import { NextResponse } from "next/server";
export function middleware() { return NextResponse.next(); }
export const config = { matcher: "/account" };
`,
  "pages/old.tsx": `export function getStaticProps() { return { props: {}, revalidate: 60 }; }
export default function Old() { return <p>ancien</p>; }
`,
} as const;

const CONFIG = `export default { output: "standalone" };\n`;

function next(version: string): Pick<Skeleton, "npm" | "build" | "environment"> {
  return {
    npm: [
      `next@${version}`,
      "react@19.2.0",
      "react-dom@19.2.0",
      "typescript@5.9.3",
      "@types/react@19.2.2",
      "@types/node@24.10.0",
    ],
    build: [["next", "build"]],
    environment: { NEXT_TELEMETRY_DISABLED: "1" },
  };
}

const STANDALONE = { "/app": ".next/standalone", "/app/.next/static": ".next/static" };

export const NEXT: readonly Skeleton[] = [
  { name: "next-15", ...next("15.5.29"), files: { ...FILES, "next.config.mjs": CONFIG }, image: STANDALONE },
  { name: "next-16", ...next("16.4.6"), files: { ...FILES, "next.config.mjs": CONFIG }, image: STANDALONE },
  // A careless image: everything that the build left, its cache included.
  {
    name: "next-15-whole",
    ...next("15.5.29"),
    files: { ...FILES, "next.config.mjs": "export default {};\n" },
    image: { "/app": "." },
  },
  // A folder of another name.
  {
    name: "next-16-dist-dir",
    ...next("16.4.6"),
    files: { ...FILES, "next.config.mjs": `export default { output: "standalone", distDir: "build" };\n` },
    image: { "/app": "build/standalone", "/app/build/static": "build/static" },
  },
];
