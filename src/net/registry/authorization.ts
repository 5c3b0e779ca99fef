import { UnavailableError } from "../../contract/error.ts";
import { quoted } from "../../contract/shown.ts";
import type { Text } from "../../contract/text.ts";
import type { Credentials } from "../credentials/config-files.ts";
import type { FoundCredentials } from "../credentials/credentials.ts";
import type { HttpResponse } from "../http/http.ts";
import { formatReference, type Reference } from "../reference.ts";
import { basic, type Connection, fetchToken } from "./bearer-token.ts";
import { type Challenge, parseChallenges } from "./challenge.ts";

/** Authentication of a run for one repository: its header is sent until it is refused. */
export class Authorization {
  readonly #connection: Connection;
  readonly #repository: string;
  readonly #find: () => Promise<FoundCredentials>;
  #found: Promise<FoundCredentials> | undefined;
  #header: string | undefined;
  #renewing: Promise<boolean> | undefined;

  constructor(connection: Connection, repository: string, find: () => Promise<FoundCredentials>) {
    this.#connection = connection;
    this.#repository = repository;
    this.#find = find;
  }

  /** Value of Authorization; undefined until a registry requires one. */
  get header(): string | undefined {
    return this.#header;
  }

  /**
   * Answers a 401: afterwards `header` may be tried again. Concurrent refusals share one renewal. Credentials
   * are looked up only here, since most images need none.
   *
   * @param sent the refused `header`
   * @returns false if the challenge cannot be answered
   * @throws as fetchToken()
   */
  async renew(response: HttpResponse, sent: string | undefined): Promise<boolean> {
    if (this.#header !== sent) return true;
    this.#renewing ??= this.#renewed(response).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #renewed(response: HttpResponse): Promise<boolean> {
    const challenges = parseChallenges(response.headers("www-authenticate"));
    this.#found ??= this.#find();
    const { credentials } = await this.#found;
    const header = await this.#headerFor(challenges, credentials);
    this.#header = header ?? this.#header;
    return header !== undefined;
  }

  async #headerFor(challenges: readonly Challenge[], credentials?: Credentials): Promise<string | undefined> {
    if (credentials?.kind === "registry-token") return `Bearer ${credentials.token}`;
    const bearer = challenges.find(({ scheme }) => scheme === "bearer");
    if (bearer !== undefined) {
      const token = await fetchToken(this.#connection, bearer, this.#repository, credentials);
      return token === undefined ? undefined : `Bearer ${token}`;
    }
    const isBasic = challenges.some(({ scheme }) => scheme === "basic") && credentials?.kind === "password";
    return isBasic ? basic(credentials.username, credentials.password) : undefined;
  }

  /** Error for a registry that refuses the available credentials. */
  async refused(reference: Reference): Promise<UnavailableError> {
    const { credentials, problems = [] } = (await this.#found) ?? {};
    const image = quoted(formatReference(reference));
    const { registry } = reference;
    const host = quoted(registry);
    const login = registry === "docker.io" ? "docker login" : `docker login ${registry}`;
    const aside = (lang: keyof Text) => problems.map((problem) => ` (${problem[lang]})`).join("");
    return new UnavailableError(
      "registry-unauthorized",
      credentials === undefined
        ? {
            fr: `${host} refuse l'accès anonyme à ${image} : l'image est privée ou n'existe pas${aside("fr")}. Vérifier la référence ou s'authentifier avec « ${login} ».`,
            en: `${host} refuses anonymous access to ${image}: the image is private, or does not exist${aside("en")}. Check the reference, or log in with \`${login}\`.`,
          }
        : {
            fr: `${host} refuse les identifiants enregistrés pour ${image}${aside("fr")}. Vérifier les droits du compte ou les renouveler avec « ${login} ».`,
            en: `${host} refuses the credentials stored for ${image}${aside("en")}. Check the account's rights, or renew them with \`${login}\`.`,
          },
    );
  }
}
