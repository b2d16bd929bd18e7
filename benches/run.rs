//! The measurement of one catalog.

use std::{fs, io, path::Path, time::Duration};

use entity::vocabulary::Role;
use open_llm_catalog::catalog::token;
use sea_orm::Statement;

use crate::{
    arguments::{Arguments, Backend},
    deep,
    generate::{connect, generate},
    load::Request,
    measure::{Effort, Figure, Outcome, Side, alternate, expect, median},
    place::Place,
    report::Report,
    scenario::{Scenario, scenarios},
    server::{Caches, Server},
    statements::statements,
};

/// A generated catalog, and how to measure on it.
pub struct Run<'a> {
    pub arguments: &'a Arguments,
    pub backend: Backend,
    pub models: usize,
    pub place: Place,
    /// For the answers of bare handlers.
    pub folder: &'a Path,
    /// The secret of an editor.
    secret: String,
}

impl<'a> Run<'a> {
    /// Generates the catalog.
    pub async fn prepare(
        arguments: &'a Arguments,
        backend: Backend,
        models: usize,
        folder: &'a Path,
        report: &mut Report,
    ) -> Result<Self, &'static str> {
        let place = Place::new(backend, &models.to_string()).await?;
        let seconds = generate(models, &place.url).await;
        report.fact("models written through the library, a second", backend, models, models as f64 / seconds, "");
        place.settle().await;
        let database = connect(&place.url).await;
        let (_, secret) = token::create(&database, "bench", Role::Editor, None).await.expect("the name is free");
        database.close().await.expect("the connections close");
        Ok(Self { arguments, backend, models, place, folder, secret: secret.reveal() })
    }

    /// The scenarios that are wanted, each with its request.
    fn scenarios(&self) -> Vec<(Scenario, Request)> {
        let wanted = |scenario: &Scenario| scenario.fits(self.models) && self.arguments.wants(scenario.name);
        let scenarios = scenarios().into_iter().filter(wanted);
        scenarios
            .map(|scenario| (self.request(&scenario), scenario))
            .map(|(request, scenario)| (scenario, request))
            .collect()
    }

    fn request(&self, scenario: &Scenario) -> Request {
        scenario.request(self.models, &self.secret)
    }

    /// How much is measured of each scenario.
    pub fn effort(&self) -> Effort {
        let Arguments { seconds, rounds, .. } = *self.arguments;
        Effort { rounds, round: Duration::from_secs_f64(seconds / f64::from(rounds)) }
    }

    /// Measures every scenario: a server for each state of the caches, and a bare handler for each answer.
    pub async fn measure(&self, report: &mut Report) -> io::Result<()> {
        let scenarios = self.scenarios();
        let requests = scenarios.iter().map(|(_, request)| request.clone()).collect::<Vec<_>>();
        let sent = statements(&self.place.url, &requests).await?;
        let counted = scenarios.iter().zip(&sent).map(|((scenario, request), sent)| (scenario, request, sent.len()));
        let counted = counted.collect::<Vec<_>>();
        for caches in [Caches::Entities, Caches::None, Caches::All] {
            let deep = caches == Caches::Entities && deep::is_wanted(self);
            let mut rest = counted.iter().filter(|(scenario, ..)| scenario.caches == caches).peekable();
            if rest.peek().is_none() && !deep {
                continue;
            }
            let server = Server::program(&self.place.url, caches)?;
            let before = server.memory()?;
            for (scenario, request, statements) in rest {
                self.one(&server, scenario, request, *statements, report).await?;
            }
            if deep {
                deep::measure(self, &server, report).await?;
            }
            let name = |when: &str| format!("memory {when}, {}", caches.words());
            report.fact(&name("after start"), self.backend, self.models, before, "MB");
            report.fact(&name("after its scenarios"), self.backend, self.models, server.memory()?, "MB");
        }
        Ok(())
    }

    async fn one(
        &self,
        server: &Server,
        scenario: &Scenario,
        request: &Request,
        statements: usize,
        report: &mut Report,
    ) -> io::Result<()> {
        let (answer, expected) = expect(server, request).await?;
        let bare = self.bare(&answer)?;
        let same = crate::load::Expected::Same(answer.clone().into());
        let connections = scenario.connections.unwrap_or(self.arguments.connections);
        let sides = [Side { server: &bare, request, expected: same }, Side { server, request, expected }];
        let outcomes = alternate(&sides, connections, self.effort())?;
        report.figure(self.figure(scenario.name, connections, &outcomes[0], &outcomes[1], statements, answer.len()));
        Ok(())
    }

    /// A bare handler that gives an answer.
    pub fn bare(&self, answer: &[u8]) -> io::Result<Server> {
        let file = self.folder.join("answer.json");
        fs::write(&file, answer)?;
        Server::bare(&file)
    }

    /// The row of a scenario.
    pub fn figure(
        &self,
        scenario: &str,
        connections: usize,
        bare: &Outcome,
        server: &Outcome,
        statements: usize,
        answer_bytes: usize,
    ) -> Figure {
        let ratios = server.ratios(bare);
        Figure {
            scenario: scenario.to_owned(),
            backend: self.backend,
            models: self.models,
            connections,
            bare: bare.rate(),
            server: server.rate(),
            ratio: median(ratios.clone()),
            ratios,
            p50: server.latency(50.0),
            p95: server.latency(95.0),
            p99: server.latency(99.0),
            bare_computed: bare.computed,
            server_computed: server.computed,
            statements,
            answer_bytes,
            client_busy: bare.client_busy,
        }
    }

    /// Each scenario's name with the statements of its request.
    pub async fn statements(&self) -> io::Result<Vec<(String, Vec<Statement>)>> {
        let scenarios = self.scenarios();
        let mut names = scenarios.iter().map(|(scenario, _)| scenario.name.to_owned()).collect::<Vec<_>>();
        let mut requests = scenarios.into_iter().map(|(_, request)| request).collect::<Vec<_>>();
        if deep::is_wanted(self) {
            let server = Server::program(&self.place.url, Caches::Entities)?;
            for (field, [first, deep]) in deep::requests(self, &server).await? {
                names.extend([format!("first-{field}"), format!("deep-{field}")]);
                requests.extend([first, deep]);
            }
        }
        Ok(names.into_iter().zip(statements(&self.place.url, &requests).await?).collect())
    }
}
