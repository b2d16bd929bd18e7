//! API tokens, which administrators manage.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::{api_token, vocabulary::Role};

use crate::auth::token;
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::mutation::run_mutation;
use crate::graphql::scalars::DateTime;
use crate::store::idempotency::IdempotencyKey;

/// The largest number of tokens in the list of tokens.
pub const MAX_TOKENS: usize = 1000;

/// A token that permits changes of the catalog. Its secret is returned only once, by the mutation that creates it.
pub struct ApiToken(api_token::Model);

/// A token that permits changes of the catalog. Its secret is returned only once, by the mutation that creates it.
#[Object]
impl ApiToken {
    /// The name of the token: the `actor` of the revisions that are made with it. Unique among all tokens, expired and revoked
    /// ones included.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The role that the token grants.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// The time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// The time from which the token is not valid any more. Null if it does not expire.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// The time of revocation. Null if the token has not been revoked.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// The time of the last request with the token, stored with a delay of up to a minute. Null if it has not been used.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }
}

/// The queries of API tokens.
#[derive(Default)]
pub struct TokenQuery;

#[Object]
impl TokenQuery {
    /// The API tokens, expired and revoked ones included, the oldest first: the latest 1000. Requires ADMIN.
    async fn api_tokens(&self, ctx: &Context<'_>) -> Option<Result<Vec<ApiToken>>> {
        Some(list(ctx).await)
    }
}

async fn list(ctx: &Context<'_>) -> Result<Vec<ApiToken>> {
    ctx.require(Role::Admin)?;
    let tokens = token::list(ctx.database()).await?;
    let older = tokens.len().saturating_sub(MAX_TOKENS);
    Ok(tokens.into_iter().skip(older).map(ApiToken).collect())
}

/// The API token to create.
#[derive(InputObject)]
pub struct CreateApiTokenInput {
    /// The name: 1 to 100 printable characters without leading or trailing white space. No other token, expired and revoked ones
    /// included, may have it; nor may it be "import" or "seed", the actors of commands.
    name: String,
    /// The role that the token grants: CONTRIBUTOR, EDITOR or ADMIN.
    role: Role,
    /// The time from which the token is not valid any more: in the future, before the year 10000. Null or absent if it does not
    /// expire.
    expires_at: Option<DateTime>,
}

/// The result of creating an API token.
#[derive(SimpleObject)]
pub struct CreateApiTokenPayload {
    /// The token.
    token: ApiToken,
    /// The secret, for the request header `Authorization: Bearer SECRET`. The catalog stores only a hash of it, so it cannot
    /// be read again. Null in the response to a retry with the same `Idempotency-Key`, which returns the token that the first
    /// request created: if its secret was lost, revoke the token and create another one.
    secret: Option<String>,
}

/// The API token to revoke.
#[derive(InputObject)]
pub struct RevokeApiTokenInput {
    /// The name of the token.
    name: String,
}

/// The result of revoking an API token.
#[derive(SimpleObject)]
pub struct RevokeApiTokenPayload {
    /// The token.
    token: ApiToken,
}

/// The mutations of API tokens.
#[derive(Default)]
pub struct TokenMutation;

#[Object]
impl TokenMutation {
    /// Creates an API token. Requires ADMIN. Errors: NAME_TAKEN if another token, expired and revoked ones included, or a
    /// command has the name; INVALID_ARGUMENT if the name, the role or the time of expiry is not valid.
    async fn create_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: CreateApiTokenInput,
    ) -> Option<Result<CreateApiTokenPayload>> {
        Some(create(ctx, input).await)
    }

    /// Revokes an API token, with immediate effect and permanently. A token that is revoked already keeps its time of
    /// revocation. Requires ADMIN. Errors: NOT_FOUND if no token has the name.
    async fn revoke_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token.")] input: RevokeApiTokenInput,
    ) -> Option<Result<RevokeApiTokenPayload>> {
        Some(revoke(ctx, &input.name).await)
    }
}

async fn create(ctx: &Context<'_>, input: CreateApiTokenInput) -> Result<CreateApiTokenPayload> {
    let mut secret = None;
    run_mutation(ctx, Role::Admin, None, async |change| {
        let expires_at = input.expires_at.as_ref().map(|time| time.0);
        let created = token::create_in(change.transaction(), &input.name, input.role, expires_at).await?;
        secret = Some(created.1.reveal());
        Ok(())
    })
    .await?;
    // The secret must not be stored with the response.
    ctx.data_opt::<IdempotencyKey>().into_iter().for_each(IdempotencyKey::mark_secret);
    Ok(CreateApiTokenPayload { token: ApiToken(token::find(ctx.database(), &input.name).await?), secret })
}

async fn revoke(ctx: &Context<'_>, name: &str) -> Result<RevokeApiTokenPayload> {
    ctx.require(Role::Admin)?;
    Ok(RevokeApiTokenPayload { token: ApiToken(token::revoke(ctx.database(), name).await?) })
}
