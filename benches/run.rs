//! The measurement of one generated catalog.

use std::{fs, io, path::Path, time::Duration};

use entity::vocabulary::Role;
use open_llm_catalog::auth::token;
use sea_orm::Statement;

use crate::{
    arguments::{Arguments, Backend},
    database::TemporaryDatabase,
    deep_pages,
    generate::{connect, generate},
    load::{Expected, Request, send_once},
    measurement::{Measurement, Rounds, ScenarioResult, Target, fetch_expected, measure_in_turns, median},
    program::Program,
    random_pages,
    report::Report,
    scenario::{Scenario, scenarios},
    server::{Caches, Server},
    statements::record_statements,
};

/// A generated catalog with everything needed to measure on it.
pub struct Run<'a> {
    pub arguments: &'a Arguments,
    pub program: &'a Program,
    pub backend: Backend,
    pub models: usize,
    pub database: TemporaryDatabase,
    /// For the response body of the baseline.
    pub folder: &'a Path,
    /// A token with the role of an editor.
    secret: String,
}

impl<'a> Run<'a> {
    /// Generates the catalog. The error says why there is no database for it.
    pub async fn prepare(
        arguments: &'a Arguments,
        program: &'a Program,
        backend: Backend,
        models: usize,
        folder: &'a Path,
        report: &mut Report,
    ) -> Result<Self, &'static str> {
        let database = TemporaryDatabase::create(backend, &models.to_string()).await?;
        let seconds = generate(models, &database.url).await;
        report.add_metric("models written by the library per second", backend, models, models as f64 / seconds, "");
        database.vacuum_analyze().await;
        let connected = connect(&database.url).await;
        let (_, secret) = token::create(&connected, "bench", Role::Editor, None).await.expect("the name is free");
        connected.close().await.expect("the connections close");
        Ok(Self { arguments, program, backend, models, database, folder, secret: secret.reveal() })
    }

    /// The selected scenarios, each with its request.
    fn scenarios(&self) -> Vec<(Scenario, Request)> {
        let selected = |scenario: &Scenario| scenario.applies_to(self.models) && self.arguments.selects(scenario.name);
        let scenarios = scenarios().into_iter().filter(selected);
        let with_request = |scenario: Scenario| {
            let request = scenario.request(self.models, &self.secret);
            (scenario, request)
        };
        scenarios.map(with_request).collect()
    }

    /// The secret of the token of an editor.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// The rounds of each scenario.
    pub fn rounds(&self) -> Rounds {
        let Arguments { seconds, rounds, .. } = *self.arguments;
        Rounds { count: rounds, duration: Duration::from_secs_f64(seconds / f64::from(rounds)) }
    }

    /// Measures every selected scenario, with one server for each set of caches and one baseline for each response.
    pub async fn measure(&self, report: &mut Report) -> io::Result<()> {
        let scenarios = self.scenarios();
        let requests = scenarios.iter().map(|(_, request)| request.clone()).collect::<Vec<_>>();
        let statements = record_statements(&self.database.url, &requests).await?;
        let scenarios = scenarios.iter().zip(&statements);
        let scenarios = scenarios.map(|((scenario, request), statements)| (scenario, request, statements.len()));
        let scenarios = scenarios.collect::<Vec<_>>();
        for caches in [Caches::Entities, Caches::None, Caches::All] {
            let deep = caches != Caches::All && deep_pages::is_selected(self);
            let mut scenarios = scenarios.iter().filter(|(scenario, ..)| scenario.caches == caches).peekable();
            let random = caches == Caches::All && random_pages::is_selected(self);
            if scenarios.peek().is_none() && !deep && !random {
                continue;
            }
            let server = self.program.serve(&self.database.url, caches)?;
            let before = server.memory()?;
            for (scenario, request, statements) in scenarios {
                self.measure_scenario(&server, scenario, request, *statements, report).await?;
            }
            if deep {
                deep_pages::measure(self, &server, caches, report).await?;
            }
            if random {
                random_pages::measure(self, &server, report).await?;
            }
            let name = |when: &str| format!("memory {when}, {}", caches.label());
            report.add_metric(&name("after startup"), self.backend, self.models, before, "MB");
            report.add_metric(&name("after scenarios"), self.backend, self.models, server.memory()?, "MB");
        }
        Ok(())
    }

    async fn measure_scenario(
        &self,
        server: &Server,
        scenario: &Scenario,
        request: &Request,
        statements: usize,
        report: &mut Report,
    ) -> io::Result<()> {
        let (mut body, mut expected) = fetch_expected(server, request).await?;
        let compressed = request.clone().compressed();
        let request = if scenario.compressed { &compressed } else { request };
        if scenario.compressed {
            body = send_once(server.port, request).await?;
            expected = Expected::Same(body.clone().into());
        }
        let baseline = self.start_baseline(&body)?;
        let same = Expected::Same(body.clone().into());
        let connections = scenario.connections.unwrap_or(self.arguments.connections);
        let targets = [Target { server: &baseline, request, expected: same }, Target { server, request, expected }];
        let measurements = measure_in_turns(&targets, connections, self.rounds())?;
        let (baseline, server) = (&measurements[0], &measurements[1]);
        report.add_result(self.result(scenario.name, connections, baseline, server, statements, body.len()));
        Ok(())
    }

    /// Starts a baseline server that sends this response body.
    pub fn start_baseline(&self, body: &[u8]) -> io::Result<Server> {
        let file = self.folder.join("response.json");
        fs::write(&file, body)?;
        Server::start_baseline(&file)
    }

    /// The row of a scenario.
    pub fn result(
        &self,
        scenario: &str,
        connections: usize,
        baseline: &Measurement,
        server: &Measurement,
        statements: usize,
        response_bytes: usize,
    ) -> ScenarioResult {
        let ratios = server.ratios(baseline);
        ScenarioResult {
            scenario: scenario.to_owned(),
            backend: self.backend,
            models: self.models,
            connections,
            baseline_throughput: baseline.throughput(),
            server_throughput: server.throughput(),
            ratio: median(ratios.clone()),
            ratios,
            p50: server.latency(50.0),
            p95: server.latency(95.0),
            p99: server.latency(99.0),
            baseline_cpu_micros: baseline.cpu_micros,
            server_cpu_micros: server.cpu_micros,
            statements,
            response_bytes,
            client_cpu_share: baseline.client_cpu_share,
        }
    }

    /// The name of each selected scenario with the SQL statements of its request.
    pub async fn statements(&self) -> io::Result<Vec<(String, Vec<Statement>)>> {
        let scenarios = self.scenarios();
        let mut names = scenarios.iter().map(|(scenario, _)| scenario.name.to_owned()).collect::<Vec<_>>();
        let mut requests = scenarios.into_iter().map(|(_, request)| request).collect::<Vec<_>>();
        if deep_pages::is_selected(self) {
            let server = self.program.serve(&self.database.url, Caches::Entities)?;
            for (field, [first, deep]) in deep_pages::requests(self, &server).await? {
                names.extend([format!("first-{field}"), format!("deep-{field}")]);
                requests.extend([first, deep]);
            }
        }
        Ok(names.into_iter().zip(record_statements(&self.database.url, &requests).await?).collect())
    }
}
