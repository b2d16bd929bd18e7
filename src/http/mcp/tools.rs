//! The tools. Each is one GraphQL operation of `operations/`, which passes the limits, the rate limit and the cache of the
//! API; names and repositories are looked up by another one first.

use actix_web::web;
use rmcp::{
    ErrorData, ServerHandler,
    handler::server::wrapper::Parameters,
    model::{CallToolResult, ContentBlock, Implementation, ServerCapabilities, ServerConfig},
    tool, tool_handler, tool_router,
};
use serde_json::{Value as Json, json};
use url::Url;

use crate::domain::slug::Slug;
use crate::http::graphql::anonymous_query::{QueryError, run_anonymous};
use crate::http::limits::rate_limit::RateLimitState;
use crate::http::mcp::arguments::{CompareModels, FindModels, GetModel, LicenseTerms, WhatChanged, WhatFits};
use crate::http::mcp::response::brief;
use crate::http::server::state::State;

/// The instructions that every client receives.
const INSTRUCTIONS: &str = "A catalog of open large language models: sizes, makers, licenses, what a license allows, memory, \
    and the sources of each fact. A fact that is left out is unknown; do not guess it. Say where a fact comes from: `page` is \
    its page, `url` the place in its source. A verdict about a license is no legal advice.";

/// The largest result in bytes. Models read all of it.
const MAX_RESULT: usize = 60_000;

macro_rules! operation {
    ($name:literal) => {
        include_str!(concat!("operations/", $name, ".graphql"))
    };
}

/// The tools as one client may use them.
#[derive(Clone)]
pub struct Tools {
    state: web::Data<State>,
    rate_limit: RateLimitState,
    base: Url,
}

/// A message for the model that called a tool.
struct Problem(String);

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        Self(match error {
            QueryError::Rejected(error) => error.message,
            QueryError::NotFound | QueryError::Moved(_) => "There is no such subject.".to_owned(),
            QueryError::Failed => "The catalog cannot answer just now. Try again in a moment.".to_owned(),
        })
    }
}

type Outcome = Result<CallToolResult, ErrorData>;

#[tool_router]
impl Tools {
    pub fn new(state: web::Data<State>, rate_limit: RateLimitState, base: Url) -> Self {
        Self { state, rate_limit, base }
    }

    /// Find open models. All conditions about sizes hold for one and the same size.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn find_models(&self, Parameters(arguments): Parameters<FindModels>) -> Outcome {
        self.answer(self.query(operation!("find_models"), arguments.variables()).await)
    }

    /// Get one model: its sizes, license, training data, checkpoints, bases, memory in Q4_K_M, and the statements of the
    /// sources about each fact.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn get_model(&self, Parameters(arguments): Parameters<GetModel>) -> Outcome {
        let found = async {
            let slug = self.model_slug(&arguments.model).await?;
            let variables = json!({ "slug": slug, "evidence": arguments.evidence.unwrap_or(true) });
            self.query(operation!("get_model"), variables).await
        };
        self.answer(found.await)
    }

    /// Find the sizes that are known to fit in a memory with a context and a quantization, the largest first.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn what_fits(&self, Parameters(arguments): Parameters<WhatFits>) -> Outcome {
        self.answer(self.query(operation!("what_fits"), arguments.variables()).await)
    }

    /// Read the terms of a license; or ask whether each size of a model permits a use: the verdict, the terms that decide with
    /// their words, obligations, and the facts about the use that are needed to decide.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn license_terms(&self, Parameters(arguments): Parameters<LicenseTerms>) -> Outcome {
        let case = arguments.case.input();
        let found = async {
            match (&arguments.license, &arguments.model) {
                (Some(license), None) => {
                    let slug = self.license_slug(license).await?;
                    self.query(operation!("license_terms"), json!({ "slug": slug })).await
                }
                (None, Some(model)) => {
                    let slug = self.model_slug(model).await?;
                    self.query(operation!("model_use"), json!({ "slug": slug, "case": case })).await
                }
                _ => Err(Problem("Give either `license` or `model`.".to_owned())),
            }
        };
        self.answer(found.await)
    }

    /// Compare two to five models fact by fact.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn compare_models(&self, Parameters(arguments): Parameters<CompareModels>) -> Outcome {
        let found = async {
            if !(2..=5).contains(&arguments.models.len()) {
                return Err(Problem("Give two to five models.".to_owned()));
            }
            let mut slugs = Vec::new();
            for model in &arguments.models {
                slugs.push(self.model_slug(model).await?);
            }
            self.query(operation!("compare_models"), json!({ "slugs": slugs, "first": slugs.len() })).await
        };
        self.answer(found.await)
    }

    /// List the latest changes of the catalog, oldest first, with their reasons.
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    async fn what_changed(&self, Parameters(arguments): Parameters<WhatChanged>) -> Outcome {
        self.answer(self.query(operation!("what_changed"), arguments.variables()).await)
    }
}

impl Tools {
    /// Returns the data of an operation.
    async fn query(&self, operation: &str, variables: Json) -> Result<Json, Problem> {
        let response = run_anonymous(self.rate_limit.clone(), &self.state, operation, &variables).await?;
        let mut response: Json = serde_json::from_slice(&response).map_err(|_| QueryError::Failed)?;
        Ok(response["data"].take())
    }

    /// Finds a model by its slug, by the repository of a checkpoint, or by its name.
    async fn model_slug(&self, named: &str) -> Result<String, Problem> {
        if named.contains('/') {
            let variables = json!({ "repository": named });
            let found = self.query(operation!("model_of_repository"), variables).await;
            let slug = found.ok().and_then(|data| data["checkpoint"]["model"]["slug"].as_str().map(str::to_owned));
            return slug.ok_or_else(|| Problem(format!("No model has a checkpoint {named:?}. Try `find_models`.")));
        }
        let derived = Slug::of(named).map(|slug| slug.as_str().to_owned());
        let variables = json!({ "slug": derived, "name": named });
        let data = self.query(operation!("search_models"), variables).await?;
        let exact = data["bySlug"]["nodes"][0]["slug"].as_str();
        if let Some(slug) = exact {
            return Ok(slug.to_owned());
        }
        let nodes = data["byName"]["nodes"].as_array().map_or(&[][..], Vec::as_slice);
        match nodes {
            [one] => Ok(one["slug"].as_str().unwrap_or_default().to_owned()),
            [] => Err(Problem(format!("No model is called {named:?}. Try `find_models` with fewer words."))),
            several => {
                let slugs = several.iter().filter_map(|node| node["slug"].as_str()).collect::<Vec<_>>();
                Err(Problem(format!("Several models match {named:?}: give one of the slugs {}.", slugs.join(", "))))
            }
        }
    }

    /// Finds a license by its slug, SPDX id, name or alias.
    async fn license_slug(&self, named: &str) -> Result<String, Problem> {
        let derived = Slug::of(named).map(|slug| slug.as_str().to_owned());
        let data = self.query(operation!("search_licenses"), json!({ "slug": derived, "name": named })).await?;
        let found = data["licenses"]["nodes"][0]["slug"].as_str();
        found.map(str::to_owned).ok_or_else(|| Problem(format!("No license is called {named:?}.")))
    }

    fn answer(&self, found: Result<Json, Problem>) -> Outcome {
        let text = found.map(|data| brief(data, &self.base).to_string());
        Ok(match text {
            Ok(text) if text.len() <= MAX_RESULT => CallToolResult::success(vec![ContentBlock::text(text)]),
            Ok(_) => CallToolResult::error(vec![ContentBlock::text("The result is too large. Ask for less.")]),
            Err(Problem(message)) => CallToolResult::error(vec![ContentBlock::text(message)]),
        })
    }
}

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("open-llm-catalog", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}
