//! `cargo bench`: how fast the server is, as a ratio to a bare handler on the same HTTP stack in the same run.

#![expect(clippy::expect_used, clippy::print_stdout, clippy::print_stderr, reason = "a program for people who measure")]

mod arguments;
mod bare;
mod deep;
mod explain;
mod generate;
mod load;
mod measure;
mod micro;
mod place;
#[path = "../tests/support/postgres.rs"]
mod postgres;
mod queries;
mod report;
mod run;
mod scenario;
mod server;
mod start;
mod statements;

use std::{io, process::ExitCode};

use clap::Parser;

use arguments::{Arguments, Command};
use report::Report;
use run::Run;

fn main() -> ExitCode {
    let given = std::env::args().collect::<Vec<_>>();
    if let [_, argument, file] = &given[..]
        && argument == bare::ARGUMENT
    {
        return end(bare::serve(file));
    }
    let arguments = Arguments::parse();
    if !arguments.bench {
        println!("This measures, and only cargo bench asks for that.");
        return ExitCode::SUCCESS;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    end(runtime.and_then(|runtime| runtime.block_on(run(&arguments))))
}

fn end(done: io::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> io::Result<()> {
    if let Some(Command::Generate { models, database }) = &arguments.command {
        let seconds = generate::generate(*models, database).await;
        println!("{models} models in {seconds:.1} s, {:.0} a second", *models as f64 / seconds);
        return Ok(());
    }
    let mut report = Report::default();
    let folder = tempfile::tempdir()?;
    if !arguments.micro && !arguments.explain {
        println!("{}", report::HEAD);
    }
    for backend in arguments.backends() {
        for models in &arguments.models {
            match Run::prepare(arguments, backend, *models, folder.path(), &mut report).await {
                Ok(run) => part(&run, &mut report).await?,
                Err(missing) => report.note(format!("{backend} with {models} models: left out, {missing}")),
            }
        }
        if !arguments.micro && !arguments.explain {
            start::start_with_list(arguments, backend, &mut report).await?;
            start::import(arguments, backend, &mut report).await?;
        }
    }
    if !arguments.micro && !arguments.explain {
        report.end();
    }
    arguments.json.iter().try_for_each(|file| report.write(file))
}

/// What is wanted of one catalog.
async fn part(run: &Run<'_>, report: &mut Report) -> io::Result<()> {
    let url = &run.place.url;
    if run.arguments.explain {
        for (name, statements) in run.statements().await? {
            explain::explain(url, &name, statements).await;
        }
    } else if run.arguments.micro {
        let page = load::Request::new(&queries::page(24), &serde_json::Value::Null, None);
        let sent = statements::statements(url, &[page]).await?.concat();
        println!("page of 24 models, {}, {} models:\n{}", run.backend, run.models, micro::micro(url, &sent).await);
    } else {
        start::start(run, report).await?;
        run.measure(report).await?;
    }
    Ok(())
}
