//! The catalog as a whole, and the caller of the request.

use async_graphql::{Context, Object, SimpleObject};
use chrono::Utc;
use entity::{
    revision,
    vocabulary::{Role, SubjectType},
};
use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    sea_query::{Expr, Query},
};

use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::DateTime;

/// The catalog as a whole.
pub struct Catalog(Option<(i32, chrono::DateTime<Utc>)>);

impl Catalog {
    async fn read(ctx: &Context<'_>) -> Result<Self> {
        let last = revision::Entity::last().one(ctx.db()).await?;
        // After a client has received this revision, no later response may come from an older state: see `advance`.
        ctx.database().revision_tracker().advance(last.map_or(0, |(number, _)| number));
        Ok(Self(last))
    }
}

/// The catalog as a whole.
#[Object]
impl Catalog {
    /// The number of the latest revision, which is the version of the catalog: every change increases it. 0 if there is none.
    async fn revision(&self) -> i32 {
        self.0.map_or(0, |(number, _)| number)
    }

    /// The time of the latest revision. Null if there is none.
    async fn updated_at(&self) -> Option<DateTime> {
        self.0.map(|(_, time)| DateTime(time))
    }

    /// The number of subjects of each type, and of sizes.
    async fn counts(&self, ctx: &Context<'_>) -> Result<CatalogCounts> {
        let mut select = Query::select();
        for table in SubjectType::ALL.iter().map(|subject| subject.table()).chain(["model_size"]) {
            let count = Query::select().expr(Expr::cust("COUNT(*)")).from(table).take();
            select.expr_as(Expr::from(count), table);
        }
        let row = ctx.db().query_one(&select).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("counts".to_owned()))?;
        Ok(CatalogCounts::read(&row)?)
    }
}

/// Declares [`CatalogCounts`].
macro_rules! catalog_counts {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// The number of subjects of each type, and of sizes.
        #[derive(SimpleObject)]
        pub struct CatalogCounts {
            $(
                #[doc = concat!("The number of ", stringify!($plural), ".")]
                $plural: i64,
            )+
            /// The number of sizes of all models.
            sizes: i64,
        }

        impl CatalogCounts {
            fn read(row: &QueryResult) -> Result<Self, DbErr> {
                Ok(Self {
                    $($plural: row.try_get("", stringify!($table))?,)+
                    sizes: row.try_get("", "model_size")?,
                })
            }
        }
    };
}

entity::subjects!([catalog_counts]);

/// The caller of the request.
#[derive(SimpleObject)]
pub struct Viewer {
    /// The role of the caller: that of its token, or READER without a token.
    role: Role,
    /// The name of the caller's token. Null without a token.
    name: Option<String>,
}

/// The queries of the catalog as a whole.
#[derive(Default)]
pub struct CatalogQuery;

#[Object]
impl CatalogQuery {
    /// The catalog as a whole: its version and the number of its subjects.
    async fn catalog(&self, ctx: &Context<'_>) -> Option<Result<Catalog>> {
        Some(Catalog::read(ctx).await)
    }

    /// The caller of the request, with its role.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        let actor = ctx.actor();
        Some(Viewer { role: actor.role, name: actor.name.clone() })
    }
}
