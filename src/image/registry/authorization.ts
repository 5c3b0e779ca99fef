import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import { formatReference, type Reference } from "../reference.ts";
import { type Challenge, parseChallenges } from "./challenge.ts";
import type { Credentials } from "./config-files.ts";
import { type FoundCredentials, findCredentials } from "./credentials.ts";
import type { HostPolicy } from "./hosts.ts";
import type { Http, HttpResponse } from "./http.ts";
import { basic, fetchToken } from "./token.ts";

/** How the client of one repository authenticates: its header is kept and sent until it is refused. */
export class Authorization {
  readonly #connection: { readonly http: Http; readonly hosts: HostPolicy };
  readonly #reference: Reference;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #found: Promise<FoundCredentials> | undefined;
  #header: string | undefined;

  constructor(
    connection: { readonly http: Http; readonly hosts: HostPolicy },
    reference: Reference,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    this.#connection = connection;
    this.#reference = reference;
    this.#env = env;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#header === undefined ? {} : { authorization: this.#header };
  }

  /**
   * Answers a 401: afterwards `headers` may be tried once more. Credentials are looked for only
   * now, since most images need none.
   *
   * @throws UnavailableError registry-unauthorized, those of fetchToken()
   */
  async renew(response: HttpResponse): Promise<void> {
    const challenges = parseChallenges(response.headers("www-authenticate"));
    this.#found ??= findCredentials(this.#reference, this.#env);
    const { credentials } = await this.#found;
    const header = await this.#headerFor(challenges, credentials);
    if (header === undefined) throw await this.refused();
    this.#header = header;
  }

  async #headerFor(challenges: readonly Challenge[], credentials?: Credentials): Promise<string | undefined> {
    if (credentials?.kind === "registry-token") return `Bearer ${credentials.token}`;
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (bearer !== undefined) {
      const token = await fetchToken(this.#connection, bearer, this.#reference.repository, credentials);
      return token === undefined ? undefined : `Bearer ${token}`;
    }
    const isBasic = challenges.some(({ scheme }) => scheme === "basic") && credentials?.kind === "password";
    return isBasic ? basic(credentials.username, credentials.password) : undefined;
  }

  /** The registry wants other credentials than there are. */
  async refused(): Promise<UnavailableError> {
    const { credentials, problems = [] } = (await this.#found) ?? {};
    const image = quoted(formatReference(this.#reference));
    const { registry } = this.#reference;
    const host = quoted(registry);
    const login = registry === "docker.io" ? "docker login" : `docker login ${registry}`;
    const aside = (lang: keyof Text) => problems.map((problem) => ` (${problem[lang]})`).join("");
    return new UnavailableError(
      "registry-unauthorized",
      credentials === undefined
        ? {
            fr: `${host} refuse l'accès anonyme à ${image} : l'image est privée ou n'existe pas${aside("fr")}. Vérifiez la référence ou authentifiez-vous avec « ${login} ».`,
            en: `${host} refuses anonymous access to ${image}: the image is private, or does not exist${aside("en")}. Check the reference, or log in with \`${login}\`.`,
          }
        : {
            fr: `${host} refuse les identifiants enregistrés pour ${image}${aside("fr")}. Vérifiez les droits du compte ou renouvelez-les avec « ${login} ».`,
            en: `${host} refuses the credentials stored for ${image}${aside("en")}. Check the account's rights, or renew them with \`${login}\`.`,
          },
    );
  }
}
