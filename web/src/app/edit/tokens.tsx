import { useState } from "preact/hooks";
import { request } from "../api/client";
import { graphql } from "../api/graphql";
import { currentViewer, isAdmin, setViewer } from "../api/session";
import { queryCache } from "../api/query-cache";
import { useQuery } from "../api/use-query";
import { formatDateTime } from "../format";
import { t, enumText } from "../i18n";
import { navigate } from "../router";
import { ask } from "../ui/ask";
import { ErrorMessage } from "../ui/error-message";
import { showToast } from "../ui/toast";
import { SignInRequired } from "./sign-in-required";

const tokensDocument = graphql(`
  query Tokens {
    apiTokens { name role createdAt expiresAt revokedAt lastUsedAt }
  }
`);
const createToken = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) { secret token { name } }
  }
`);
const revokeToken = graphql(`
  mutation RevokeApiToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) { token { name revokedAt } }
  }
`);

type TokenRole = "CONTRIBUTOR" | "EDITOR" | "ADMIN";

/** The API tokens, for admins: create, list and revoke. */
export function Tokens() {
  const admin = isAdmin();
  const { data, error } = useQuery(tokensDocument, {}, { skip: !admin });
  const [name, setName] = useState("");
  const [role, setRole] = useState<TokenRole>("EDITOR");
  const [expires, setExpires] = useState("");
  const [made, setMade] = useState<{ name: string; secret: string }>();
  const [failure, setFailure] = useState<Error>();
  if (!admin) return <SignInRequired title={t("tokens.title")} admin />;

  const run = async (work: () => Promise<void>) => {
    setFailure(undefined);
    try {
      await work();
      queryCache.clear();
    } catch (error) {
      setFailure(error as Error);
    }
  };
  const create = () =>
    run(async () => {
      const expiresAt = expires ? new Date(`${expires}T23:59:59Z`).toISOString() : null;
      const { createApiToken } = await request(createToken, { input: { name: name.trim(), role, expiresAt } });
      setMade({ name: createApiToken.token.name, secret: createApiToken.secret ?? "" });
      setName("");
    });
  const own = currentViewer()?.name;
  const revoke = (name: string) =>
    run(async () => {
      const isOwn = name === own;
      const question = {
        title: t("tokens.revokeTitle", { name }),
        text: t(isOwn ? "tokens.revokeOwn" : "tokens.revokeText", { name }),
      };
      if (!(await ask({ ...question, action: t("tokens.revokeNamed", { name }), danger: true }))) return;
      await request(revokeToken, { input: { name } });
      showToast(t("tokens.done", { name }));
      if (!isOwn) return;
      setViewer(undefined);
      await navigate("/");
    });
  const copy = async (secret: string) => {
    await navigator.clipboard.writeText(secret);
    showToast(t("toast.copied"));
  };
  return (
    <div class="page">
      <h1 tabIndex={-1}>{t("tokens.title")}</h1>
      {(error ?? failure) && <ErrorMessage error={(error ?? failure) as Error} />}
      <form class="line" onSubmit={(event) => (event.preventDefault(), void create())}>
        <label class="sub">
          <span>{t("tokens.name")}</span>
          <input
            type="text"
            required
            maxLength={100}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="sub">
          <span>{t("tokens.role")}</span>
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as TokenRole)}>
            <option value="CONTRIBUTOR">{enumText("Role", "CONTRIBUTOR")}</option>
            <option value="EDITOR">{enumText("Role", "EDITOR")}</option>
            <option value="ADMIN">{enumText("Role", "ADMIN")}</option>
          </select>
        </label>
        <label class="sub">
          <span>
            {t("tokens.expires")} ({t("tokens.expiresHint")})
          </span>
          <input
            type="date"
            value={expires}
            min={new Date().toISOString().slice(0, 10)}
            onInput={(event) => setExpires(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary">
          {t("tokens.create")}
        </button>
      </form>
      {made && (
        <div class="card" role="status">
          <p>{t("tokens.made", { name: made.name })}</p>
          <p class="secret">
            <code>{made.secret}</code>
            <button type="button" onClick={() => void copy(made.secret)}>
              {t("tokens.copy")}
            </button>
          </p>
        </div>
      )}
      <div class="scroll" tabIndex={0} role="region" aria-label={t("tokens.title")}>
        <table class="data">
          <thead>
            <tr>
              <th scope="col">{t("tokens.name")}</th>
              <th scope="col">{t("tokens.role")}</th>
              <th scope="col">{t("tokens.since")}</th>
              <th scope="col">{t("tokens.used")}</th>
              <th scope="col">{t("tokens.expires")}</th>
              <th scope="col">
                <span class="hidden">{t("tokens.revoke")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data?.apiTokens.map((token) => (
              <tr key={token.name}>
                <th scope="row">
                  {token.name} {token.name === own && <span class="tag">{t("tokens.own")}</span>}
                </th>
                <td>{enumText("Role", token.role)}</td>
                <td>{formatDateTime(token.createdAt)}</td>
                <td>{token.lastUsedAt ? formatDateTime(token.lastUsedAt) : t("tokens.unused")}</td>
                <td>{token.expiresAt ? formatDateTime(token.expiresAt) : t("tokens.noExpiry")}</td>
                <td>
                  {token.revokedAt ? (
                    <span class="unit">{t("tokens.revoked", { time: formatDateTime(token.revokedAt) })}</span>
                  ) : (
                    <button
                      type="button"
                      class="danger"
                      aria-label={t("tokens.revokeNamed", { name: token.name })}
                      onClick={() => void revoke(token.name)}
                    >
                      {t("tokens.revoke")}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
