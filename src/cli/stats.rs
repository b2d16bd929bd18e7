//! The command `stats`: how much of the catalog is filled in.

use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};

use async_graphql::Request;
use clap::Args;
use sea_orm::DbErr;
use serde_json::{Map, Value as Json, json};

use crate::auth::actor::Actor;
use crate::cli::{Failure, print_stdout};
use crate::db::database::Database;
use crate::db::url::DatabaseUrl;
use crate::domain::facts::response_budget::ResponseBudget;
use crate::error::Error;
use crate::graphql::context::RequestLoaders;
use crate::graphql::schema;
use crate::graphql::types::proposal::ProposalSettings;
use crate::query::cache::EntityCache;
use crate::query::change_log::ChangeLog;
use crate::query::statistics::Statistics;

/// Print how much of the catalog is filled in: facts of sizes, subjects, evidence, conflicts
#[derive(Args)]
pub struct Stats {
    /// Write the numbers as JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the numbers as tables in Markdown
    #[arg(long)]
    markdown: bool,
}

/// The query of the numbers of sizes. Anyone can send it to a server.
const FILL_RATES: &str = include_str!("fill-rates.graphql");

/// The fields of [`FILL_RATES`] with their descriptions.
const FACTS: [(&str, &str); 16] = [
    ("parameters", "Parameters"),
    ("parametersBeyondLabel", "Parameters, not only those of the label"),
    ("releaseDate", "Release date"),
    ("releaseMonth", "Release date, month or better"),
    ("maker", "Maker"),
    ("makerCountry", "Maker with country"),
    ("license", "License"),
    ("commercialUse", "Commercial use"),
    ("contextLength", "Context length"),
    ("knowledgeCutoff", "Knowledge cutoff"),
    ("weights", "Address of the weights"),
    ("dimensions", "Layers, hidden size and attention heads"),
    ("attention", "Key-value cache of the layers"),
    ("vocabulary", "Size of the vocabulary"),
    ("trainingTokens", "Training tokens"),
    ("trainingTokensWithBasis", "Training tokens with their basis"),
];

/// The numbers of a catalog.
struct Numbers {
    sizes: i64,
    /// The number of sizes with each of [`FACTS`].
    filled: Vec<i64>,
    statistics: Statistics,
}

impl Stats {
    /// Checks the arguments before the database is opened, because that would create a missing SQLite file.
    pub fn check(&self, database: &DatabaseUrl) -> Result<(), Failure> {
        match database {
            DatabaseUrl::Sqlite(path) if !path.exists() => Err(Failure::NoCatalog(database.clone())),
            _ => Ok(()),
        }
    }

    pub async fn run(&self, database: &Database) -> Result<(), Failure> {
        let numbers = Numbers::read(database).await?;
        let text = match self {
            Self { json: true, .. } => format!("{:#}", numbers.json()),
            Self { markdown: true, .. } => numbers.markdown(),
            _ => numbers.text(),
        };
        print_stdout(text.trim_end());
        Ok(())
    }
}

impl Numbers {
    async fn read(database: &Database) -> Result<Self, Error> {
        let statistics = Statistics::read(database.read()).await?;
        let cache = EntityCache::new(0, ChangeLog::new(database.revision_tracker().clone()));
        let loaders = RequestLoaders::new(database.clone(), cache, 0, Arc::default());
        let budget = Arc::new(ResponseBudget::new(1 << 20));
        let request = Request::new(FILL_RATES).data(loaders).data(budget).data(Actor::ANONYMOUS);
        let response = schema(false, ProposalSettings::default()).execute(request).await;
        if let Some(error) = response.errors.into_iter().next() {
            return Err(Error::internal(DbErr::Custom(error.message)));
        }
        let data = response.data.into_json().map_err(Error::internal)?;
        let count = |field: &str| data[field]["totalCount"].as_i64().unwrap_or_default();
        let filled = FACTS.iter().map(|(field, _)| count(field)).collect();
        Ok(Self { sizes: count("sizes"), filled, statistics })
    }

    fn json(&self) -> Json {
        let filled = FACTS.iter().zip(&self.filled).map(|((field, _), count)| ((*field).to_owned(), json!(count)));
        let Statistics { counts, evidence, unsourced, conflicts } = &self.statistics;
        json!({
            "counts": counts,
            "sizes": { "total": self.sizes, "filled": Map::from_iter(filled) },
            "evidence": evidence.iter().map(|(confidence, count)| (confidence.word(), count)).collect::<BTreeMap<_, _>>(),
            "unsourced": unsourced,
            "conflicts": conflicts,
        })
    }

    /// Returns the rows of the tables: name and value.
    fn rows(&self) -> [(&'static str, Vec<(String, String)>); 3] {
        let Statistics { counts, evidence, unsourced, conflicts } = &self.statistics;
        let filled = FACTS
            .iter()
            .zip(&self.filled)
            .map(|((_, name), count)| ((*name).to_owned(), format!("{count} ({})", percent(*count, self.sizes))));
        let counts = counts.iter().map(|(plural, count)| ((*plural).to_owned(), count.to_string()));
        let statements =
            evidence.iter().map(|(confidence, count)| (confidence.word().to_lowercase(), count.to_string()));
        let rest = [("facts without evidence", unsourced), ("facts on which sources disagree", conflicts)];
        let rest = rest.map(|(name, count)| (name.to_owned(), count.to_string()));
        [
            ("Facts of sizes", filled.collect()),
            ("Documents", counts.collect()),
            ("Statements of sources", statements.chain(rest).collect()),
        ]
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (title, rows) in self.rows() {
            let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
            let _ = writeln!(text, "{title}");
            for (name, value) in rows {
                let _ = writeln!(text, "  {name:width$}  {value}");
            }
        }
        text
    }

    fn markdown(&self) -> String {
        let mut text = String::new();
        for (title, rows) in self.rows() {
            let _ = writeln!(text, "| {title} | |\n|---|---:|");
            for (name, value) in rows {
                let _ = writeln!(text, "| {name} | {value} |");
            }
            text.push('\n');
        }
        text
    }
}

/// Returns a share in percent, rounded down, so that 100 % means all.
fn percent(count: i64, total: i64) -> String {
    if total == 0 { "–".to_owned() } else { format!("{} %", 100 * count / total) }
}
