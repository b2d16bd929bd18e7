//! `cargo bench -p benchmarks`: the throughput of the server, as a ratio to a baseline on the same HTTP stack in the same run.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program for developers"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "no worker of the server: clients are tasks, and test settings are variables"
)]

mod arguments;
mod attacks;
mod baseline;
mod database;
mod deep_pages;
mod explain;
mod generate;
mod import;
mod load;
mod measurement;
mod micro;
#[path = "../tests/support/postgres.rs"]
mod postgres;
mod program;
mod queries;
mod random_pages;
mod report;
mod run;
mod scenario;
mod server;
mod startup;
mod statements;

use std::{io, process::ExitCode};

use clap::Parser;

use arguments::{Arguments, Command};
use program::Program;
use report::Report;
use run::Run;

fn main() -> ExitCode {
    let raw_arguments = std::env::args().collect::<Vec<_>>();
    if let [_, argument, file] = &raw_arguments[..]
        && argument == baseline::ARGUMENT
    {
        return exit_code(baseline::serve(file));
    }
    let arguments = Arguments::parse();
    if !arguments.bench {
        println!("Benchmarks run only by `cargo bench -p benchmarks`.");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    exit_code(runtime.and_then(|runtime| runtime.block_on(run(&arguments))))
}

fn exit_code(result: io::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> io::Result<()> {
    let program = || arguments.program.clone().map_or_else(Program::build, |path| Ok(Program::at(path)));
    match &arguments.command {
        Some(Command::Generate { models, database }) => {
            let seconds = generate::generate(*models, database).await;
            println!("{models} models in {seconds:.1} s, {:.0} per second", *models as f64 / seconds);
            return Ok(());
        }
        Some(Command::Attacks) => return attacks::run(arguments, &program()?).await,
        None => {}
    }
    let program = program()?;
    let mut report = Report::default();
    let folder = tempfile::tempdir()?;
    if !arguments.micro && !arguments.explain {
        println!("{}", report::HEADER);
    }
    for backend in arguments.backends() {
        for models in &arguments.models {
            match Run::prepare(arguments, &program, backend, *models, folder.path(), &mut report).await {
                Ok(run) => measure_catalog(&run, &mut report).await?,
                Err(reason) => report.add_note(format!("{backend} with {models} models: skipped, {reason}")),
            }
        }
        if !arguments.micro && !arguments.explain {
            startup::measure_new(arguments, &program, backend, &mut report).await?;
            import::measure(arguments, &program, backend, &mut report).await?;
        }
    }
    if !arguments.micro && !arguments.explain {
        report.print_summary();
    }
    arguments.json.iter().try_for_each(|file| report.write(file))
}

/// Runs the selected mode on one catalog.
async fn measure_catalog(run: &Run<'_>, report: &mut Report) -> io::Result<()> {
    let url = &run.database.url;
    if run.arguments.explain {
        for (name, statements) in run.statements().await? {
            explain::print_plans(url, &name, statements).await;
        }
    } else if run.arguments.micro {
        let page = load::Request::new(&queries::page(24), &serde_json::Value::Null, None);
        let statements = statements::record_statements(url, &[page]).await?.concat();
        println!(
            "page of 24 models, {}, {} models:\n{}",
            run.backend,
            run.models,
            micro::time_stages(url, &statements).await
        );
    } else {
        startup::measure_existing(run, report).await?;
        run.measure(report).await?;
    }
    Ok(())
}
