//! The catalog as a whole, and who is asking.

use async_graphql::{Context, Object, SimpleObject};
use chrono::Utc;
use entity::{revision, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, DbErr, QueryResult,
    sea_query::{Expr, Query},
};

use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::DateTime;
use entity::vocabulary::Role;

/// The catalog as a whole.
pub struct Catalog(Option<(i32, chrono::DateTime<Utc>)>);

/// The catalog as a whole.
#[Object]
impl Catalog {
    /// The number of its last revision; 0 while it is empty. Whatever changes, this grows.
    async fn revision(&self) -> i32 {
        self.0.map_or(0, |(number, _)| number)
    }

    /// When it last changed. Null while it is empty.
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
        let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("counts".to_owned()))?;
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

/// Who is asking.
#[derive(SimpleObject)]
pub struct Viewer {
    /// What the caller may do.
    role: Role,
    /// The name of the caller's token. Null without a token.
    name: Option<String>,
}

/// Queries for the whole.
#[derive(Default)]
pub struct CatalogQuery;

#[Object]
impl CatalogQuery {
    /// The catalog as a whole: its version and how much it holds.
    async fn catalog(&self, ctx: &Context<'_>) -> Result<Catalog> {
        let last = revision::Entity::last().one(ctx.db()).await?;
        // Whoever is told of a revision must find it in whatever is asked next.
        ctx.database().revision_tracker().advance(last.map_or(0, |(number, _)| number));
        Ok(Catalog(last))
    }

    /// Who is asking, and what they may do.
    async fn viewer(&self, ctx: &Context<'_>) -> Viewer {
        let actor = ctx.actor();
        Viewer { role: actor.role, name: actor.name.clone() }
    }
}
