//! API tokens, for those who manage them.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use entity::{api_token, vocabulary};

use crate::auth::token;
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::DateTime;
use entity::vocabulary::Role;

/// What lets somebody change the catalog. Its secret is shown once, when it is made.
pub struct ApiToken(api_token::Model);

/// What lets somebody change the catalog. Its secret is shown once, when it is made.
#[Object]
impl ApiToken {
    /// The bearer's name, which revisions carry as their actor. No other token has or had it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What the bearer may do.
    async fn role(&self) -> Role {
        self.0.role
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it stops working, or has stopped. Null if never.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }

    /// When it was taken back. Null unless it was.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }

    /// When it was last used, which is written down within a minute. Null while it has not been.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }
}

/// Queries for tokens.
#[derive(Default)]
pub struct TokenQuery;

#[Object]
impl TokenQuery {
    /// Every API token there ever was, the oldest first; expired and revoked ones too. Needs the role ADMIN.
    async fn api_tokens(&self, ctx: &Context<'_>) -> Result<Vec<ApiToken>> {
        ctx.require(vocabulary::Role::Admin)?;
        Ok(token::list(ctx.database()).await?.into_iter().map(ApiToken).collect())
    }
}

/// The token to make.
#[derive(InputObject)]
pub struct CreateApiTokenInput {
    /// The bearer's name: 1 to 100 printable characters that no other token has or had.
    name: String,
    /// What the bearer may do: EDITOR or ADMIN.
    role: Role,
    /// When it is to stop working. Null or left out for never.
    expires_at: Option<DateTime>,
}

/// A new token.
#[derive(SimpleObject)]
pub struct CreateApiTokenPayload {
    /// The token.
    token: ApiToken,
    /// Its secret, to be sent as `Authorization: Bearer SECRET`. The catalog does not keep it: this is the only time it is
    /// shown.
    secret: String,
}

/// The token to take back.
#[derive(InputObject)]
pub struct RevokeApiTokenInput {
    /// Its name.
    name: String,
}

/// A token that was taken back.
#[derive(SimpleObject)]
pub struct RevokeApiTokenPayload {
    /// The token.
    token: ApiToken,
}

/// Changes to tokens.
#[derive(Default)]
pub struct TokenMutation;

#[Object]
impl TokenMutation {
    /// Makes an API token. Needs the role ADMIN. NAME_TAKEN where another token has or had the name.
    async fn create_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to make.")] input: CreateApiTokenInput,
    ) -> Result<CreateApiTokenPayload> {
        ctx.require(vocabulary::Role::Admin)?;
        let expires_at = input.expires_at.map(|time| time.0);
        let (token, secret) = token::create(ctx.database(), &input.name, input.role, expires_at).await?;
        Ok(CreateApiTokenPayload { token: ApiToken(token), secret: secret.reveal() })
    }

    /// Takes an API token back, at once and for good; one that was taken back before stays as it is. Needs the role ADMIN.
    /// NOT_FOUND where no token has the name.
    async fn revoke_api_token(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token to take back.")] input: RevokeApiTokenInput,
    ) -> Result<RevokeApiTokenPayload> {
        ctx.require(vocabulary::Role::Admin)?;
        Ok(RevokeApiTokenPayload { token: ApiToken(token::revoke(ctx.database(), &input.name).await?) })
    }
}
