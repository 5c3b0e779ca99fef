/**
 * Key meant for browsers, recognised by its name together with its issuer's form, never by only one of them.
 */
interface PublishableKey {
  /** Matches the name, in upper case with underscores: `STRIPE_PUBLISHABLE_KEY`. */
  readonly name: RegExp;
  readonly value: RegExp;
  /** A further condition on the same text, if the issuer's other keys have the same form. */
  readonly beside?: RegExp;
}

/** Sources: the issuers' own documentation of keys for clients. */
const KEYS: readonly PublishableKey[] = [
  // Stripe, Clerk.
  {
    name: /STRIPE|CLERK|PUBLISHABLE|^(?:API_)?KEY$|^P_?K$/,
    value: /^pk_(?:live|test)_[\w=$-]{16,250}$/,
  },
  // PostHog: a project's key; a person's begins with phx_.
  { name: /POST_?HOG|^(?:API_)?(?:KEY|TOKEN)$/, value: /^phc_[A-Za-z0-9]{30,60}$/ },
  // Firebase: security rules protect the data behind a web key; other keys of Google have the same form.
  { name: /FIREBASE/, value: /^AIza[\w-]{35}$/ },
  {
    name: /^(?:API|CURRENT)_KEY$/,
    value: /^AIza[\w-]{35}$/,
    beside: /messagingSenderId|authDomain|mobilesdk_app_id/,
  },
  // Search-only keys; admin keys have the same form, but another name.
  {
    name: /^(?:\w{0,30}_)?(?:ALGOLIA|DOC_?SEARCH|MEILI(?:SEARCH)?|TYPESENSE)_SEARCH(?:_ONLY)?(?:_API)?_KEY$/,
    value: /^(?:[0-9a-f]{32}|[0-9a-f]{64}|[A-Za-z0-9]{32})$/,
  },
  { name: /^SEARCH(?:_ONLY)?(?:_API)?_KEY$/, value: /^[0-9a-f]{32}$/, beside: /algolia/i },
  // Pusher: the application's key; its secret has another name.
  { name: /PUSHER_(?:APP_)?KEY$/, value: /^[0-9a-f]{20}$/ },
  // Unleash: tokens of a backend have the same form.
  {
    name: /UNLEASH_(?:\w{0,20}_)?(?:FRONTEND|FRONT|PROXY)_/,
    value: /^[\w*-]{1,60}:[\w-]{1,60}\.[0-9a-f]{24,100}$/,
  },
  // Mapbox: secret tokens begin with sk.
  { name: /MAPBOX/, value: /^pk\.eyJ[\w-]{10,300}\.[\w-]{20,60}$/ },
];
const NEVER = /PASS|PWD|MDP|SECRET|PRIVATE|ADMIN|SERVER/;

/** Whether a value is meant for browsers. @param text the text around the value */
export function isPublishableKey(name: string, value: string, text: string): boolean {
  const words = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replace(/[^A-Z0-9]{1,200}/g, "_");
  if (NEVER.test(words)) return false;
  return KEYS.some(
    (key) => key.name.test(words) && key.value.test(value) && (key.beside?.test(text) ?? true),
  );
}
