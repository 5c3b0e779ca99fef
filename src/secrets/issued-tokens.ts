import type { Detector } from "./detector.ts";
import { looksRandom } from "./entropy.ts";

/**
 * Tokens whose issuer marks them, by prefix or by inner letters, and gives them a fixed length. Each entry: the
 * marks, and what precedes and follows the mark, in the order in which the token is written. Sources: the
 * issuers' documentation, and the forms that they publish for the secret scanning of forges.
 */
const MARKED: readonly Marked[] = [
  // Forges, pipelines, artifact stores.
  { marks: ["ATBB"], rest: "[A-Za-z0-9]{28,32}" }, // Bitbucket
  { marks: ["ATATT3"], rest: "[\\w=-]{180,200}" }, // Atlassian
  { marks: ["CCIPAT_", "CCIPRJ_"], rest: "[A-Za-z0-9]{22}_[0-9a-f]{40}" }, // CircleCI
  { marks: ["AKCp"], rest: "[A-Za-z0-9]{69}" }, // Artifactory
  { marks: ["rubygems_"], rest: "[0-9a-f]{48}" },
  { marks: ["oy2"], rest: "[a-z0-9]{43}" }, // NuGet
  { marks: ["CLOJARS_"], rest: "[0-9a-f]{60}" },
  { marks: ["dckr_oat_"], rest: "[\\w-]{32}" }, // Docker Hub, of an organisation
  { marks: ["sgp_"], rest: "(?:[0-9a-f]{16}_)?[0-9a-f]{40}" }, // Sourcegraph
  { marks: ["figd_"], rest: "[\\w-]{40}" }, // Figma
  { marks: ["PMAK-"], rest: "[0-9a-f]{24}-[0-9a-f]{34}" }, // Postman
  { marks: ["lin_api_"], rest: "[A-Za-z0-9]{40}" }, // Linear
  { marks: ["ntn_"], rest: "\\d{11}[A-Za-z0-9]{35}" }, // Notion
  { marks: ["cmVmdGtu"], rest: "[A-Za-z0-9]{56}" }, // Artifactory, reference tokens
  { marks: ["bkua_"], rest: "[0-9a-f]{40}" }, // Buildkite
  { marks: ["AZDO"], before: "[A-Za-z0-9]{76}", rest: "[A-Za-z0-9]{4}", whole: true }, // Azure DevOps
  { marks: ["rdme_"], rest: "[a-z0-9]{70}" }, // ReadMe
  { marks: ["fio-u-"], rest: "[\\w=-]{64}" }, // Frame.io
  // Clouds and platforms.
  { marks: ["dop_v1_", "doo_v1_", "dor_v1_"], rest: "[0-9a-f]{64}" }, // DigitalOcean
  { marks: ["tk-us-"], rest: "[\\w-]{48}" }, // Scalingo
  { marks: ["HRKU-AA"], rest: "[\\w-]{58}" }, // Heroku
  { marks: ["FlyV1 fm1_", "FlyV1 fm2_"], rest: "[A-Za-z0-9+/]{100,2000}={0,2}" },
  { marks: ["v1.0-"], rest: "[0-9a-f]{24}-[0-9a-f]{146}" }, // Cloudflare, Origin CA
  { marks: ["8Q~", "7Q~"], before: "[\\w~.]{3}", rest: "[\\w~.-]{31,34}" }, // Microsoft Entra ID
  { marks: ["1//0"], rest: "[\\w-]{60,150}" }, // Google OAuth
  { marks: ["AQVN"], rest: "[\\w-]{35,38}" }, // Yandex Cloud
  { marks: ["amzn.mws."], rest: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" },
  { marks: [".atlasv1."], before: "[A-Za-z0-9]{14}", rest: "[\\w=-]{60,70}" }, // HCP Terraform
  { marks: ["pul-"], rest: "[0-9a-f]{40}" }, // Pulumi
  { marks: ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."], rest: "(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}" }, // Doppler
  { marks: ["tskey-auth-", "tskey-api-", "tskey-client-"], rest: "[A-Za-z0-9]{8,20}-[A-Za-z0-9]{20,40}" }, // Tailscale
  { marks: ["sha256~"], rest: "[\\w-]{43}" }, // OpenShift
  { marks: ["cfut_", "cfat_", "cfk_"], rest: "[A-Za-z0-9]{44,60}" }, // Cloudflare
  { marks: ["nfp_"], rest: "[A-Za-z0-9]{36}" }, // Netlify
  { marks: ["pnu_"], rest: "[A-Za-z0-9]{36}" }, // Prefect
  { marks: ["ops_eyJ"], rest: "[A-Za-z0-9+/]{200,2000}={0,2}" }, // 1Password, service accounts
  // Data and observability.
  { marks: ["sbp_"], rest: "[0-9a-f]{40}" }, // Supabase
  { marks: ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], rest: "[\\w=.-]{32,64}" }, // PlanetScale
  { marks: ["sb_secret_"], rest: "[\\w-]{22}_[\\w-]{8}" }, // Supabase
  { marks: ["napi_"], rest: "[a-z0-9]{64}" }, // Neon
  { marks: ["AzSe"], before: "[A-Za-z0-9]{42}", rest: "[A-Za-z0-9]{6}", whole: true }, // Azure AI Search
  { marks: ["apify_api_"], rest: "[A-Za-z0-9]{34,38}" },
  { marks: ["dapi"], rest: "[0-9a-f]{32}(?:-\\d)?" }, // Databricks
  { marks: ["glc_eyJ"], rest: "[A-Za-z0-9+/]{32,400}={0,2}" }, // Grafana Cloud
  { marks: ["NRAK-"], rest: "[A-Z0-9]{27}" }, // New Relic
  { marks: ["dt0c01."], rest: "[A-Z0-9]{24}\\.[A-Z0-9]{64}" }, // Dynatrace
  // Payment, mail, messages, content.
  { marks: ["xsmtpsib-"], rest: "[0-9a-f]{64}-[A-Za-z0-9]{16}" }, // Brevo, SMTP
  { marks: ["pat-na1-", "pat-eu1-"], rest: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" }, // HubSpot
  { marks: ["EZAK"], rest: "[A-Za-z0-9]{54}" }, // EasyPost
  { marks: ["FLWSECK-"], rest: "[0-9a-z]{32}-X" }, // Flutterwave
  { marks: ["access-production-"], rest: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}" }, // Plaid
  { marks: ["duffel_live_"], rest: "[\\w=-]{43}" },
  { marks: ["tfp_"], rest: "[\\w=.-]{59}" }, // Typeform
  { marks: ["whsec_"], rest: "[A-Za-z0-9+/]{32,64}={0,2}" }, // Stripe, Svix
  { marks: ["shpat_", "shpca_", "shppa_", "shpss_"], rest: "[0-9a-fA-F]{32}" }, // Shopify
  { marks: ["sq0atp-", "sq0csp-"], rest: "[\\w-]{22,43}" }, // Square
  { marks: ["shippo_live_"], rest: "[0-9a-f]{40}" },
  { marks: ["CFPAT-"], rest: "[\\w-]{43}" }, // Contentful
  { marks: ["sk.eyJ1"], rest: "[\\w-]{40,150}\\.[\\w-]{22}" }, // Mapbox
  { marks: [":AA"], before: "(?:bot)?\\d{8,10}", rest: "[\\w-]{33}" }, // Telegram
  // Providers of language models.
  { marks: ["hf_"], rest: "[A-Za-z0-9]{34}", ai: true },
  { marks: ["gsk_"], rest: "[A-Za-z0-9]{52}", ai: true }, // Groq
  { marks: ["r8_"], rest: "[A-Za-z0-9]{37}", ai: true }, // Replicate
  { marks: ["sk-or-v1-"], rest: "[0-9a-f]{64}", ai: true }, // OpenRouter
  { marks: ["T3BlbkFJ"], before: "sk-[\\w-]{20,80}", rest: "[\\w-]{20,80}", ai: true }, // OpenAI
  { marks: ["xai-"], rest: "[A-Za-z0-9]{80}", ai: true },
  { marks: ["pplx-"], rest: "[A-Za-z0-9]{48}", ai: true }, // Perplexity
  { marks: ["nvapi-"], rest: "[\\w-]{64}", ai: true }, // NVIDIA
  { marks: ["pcsk_"], rest: "[A-Za-z0-9]{5,6}_[A-Za-z0-9]{55,70}", ai: true }, // Pinecone
  { marks: ["lsv2_pt_", "lsv2_sk_"], rest: "[0-9a-f]{32}_[0-9a-f]{10}", ai: true }, // LangSmith
  { marks: ["tvly-"], rest: "(?:(?:dev|prod)-)?[A-Za-z0-9]{32}", ai: true }, // Tavily
  { marks: ["sk-lf-"], rest: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", ai: true }, // Langfuse
];

interface Marked {
  readonly marks: readonly string[];
  /** Pattern of what precedes the mark; absent if the mark begins the token. */
  readonly before?: string;
  /** Pattern of what follows the mark. */
  readonly rest: string;
  /** Whether the issuer provides language models. */
  readonly ai?: true;
  /** Whether what precedes the mark is the random part. */
  readonly whole?: true;
}

/**
 * Tokens whose mark is part of many words, so that they count where the issuer's name precedes them. Each entry: the
 * name's last letters, and the token.
 */
const BY_NAME: readonly (readonly [name: string, token: string])[] = [
  ["irtable", "pat[A-Za-z0-9]{14}\\.(?<body>[0-9a-f]{64})"], // Airtable
  ["ailgun", "key-(?<body>[0-9a-f]{32})"], // Mailgun
];

const detectors: Detector[] = [];
for (const [name, token] of BY_NAME) {
  detectors.push({
    kind: "service-token",
    confidence: "confirmed",
    anchors: [name, name.toUpperCase()],
    isWithinWord: true,
    pattern: new RegExp(`\\w{6,7}[^]{0,400}?(?<![\\w-])(?<secret>${token})(?![\\w-])`, "dy"),
    valid: (_, match) => isDrawn(match.groups?.["body"] ?? ""),
  });
}
for (const { marks, before, rest, ai, whole } of MARKED) {
  const mark = marks.map((text) => text.replace(/[.+/]/g, "\\$&")).join("|");
  const detector: Detector = {
    kind: ai === true ? "ai-provider-key" : "service-token",
    confidence: "confirmed",
    anchors: marks,
    pattern: new RegExp(`${before ?? ""}(?:${mark})(?<body>${rest})(?![\\w-])`, "dy"),
    valid: (secret, match) => isDrawn(whole === true ? secret : (match.groups?.["body"] ?? "")),
  };
  detectors.push(before === undefined ? detector : { ...detector, begin: wordBefore, isWithinWord: true });
}

/** Detectors of tokens that carry their issuer's mark. */
export const ISSUED_TOKENS: readonly Detector[] = detectors;

/** Whether the body is random: neither a filler nor a name of a program. */
function isDrawn(body: string): boolean {
  return looksRandom(body) && (/\d/.test(body) || isMixed(body));
}

/**
 * Whether capitals and small letters alternate as in random letters: one in four pairs is a small letter before
 * a capital, and one in four is two capitals; words written together have the first alone.
 */
function isMixed(letters: string): boolean {
  const rises = letters.match(/[a-z](?=[A-Z])/g)?.length ?? 0;
  const capitals = letters.match(/[A-Z](?=[A-Z])/g)?.length ?? 0;
  return rises * 9 >= letters.length && capitals * 12 >= letters.length;
}

/** Longest part before a mark, in characters. */
const LONGEST_BEFORE = 90;

/** Start of the word that contains the mark. */
function wordBefore(text: string, anchor: number): number {
  let start = anchor;
  while (anchor - start < LONGEST_BEFORE && /[\w~.-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}
