//! `token`: who may change the catalog.

use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use clap::{
    Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use entity::vocabulary::Role;

use crate::auth::token;
use crate::cli::{print_stderr, print_stdout};
use crate::db::database::Database;
use crate::error::{Error, Result};

#[derive(Subcommand)]
pub(super) enum Token {
    /// Make a token; its secret, which cannot be shown again, is all that is written to standard output
    Create {
        /// Who bears it: 1 to 100 printable characters that no other token has or had
        #[arg(long, value_parser = read_name)]
        name: String,
        /// What the bearer may do: an editor changes the catalog, an admin also imports, reverts and manages tokens
        #[arg(long, value_parser = PossibleValuesParser::new(["editor", "admin"]).map(|word| read_role(&word)))]
        role: Role,
        /// In what time it stops working, such as 90d, 12h or 30m; never if left out
        #[arg(long, value_name = "TIME", value_parser = read_duration)]
        expires: Option<Duration>,
    },
    /// List every token there ever was
    List,
    /// Take a token back, at once and for good
    Revoke {
        /// Its name
        #[arg(long)]
        name: String,
    },
}

pub(super) async fn run(command: Token, database: &Database) -> Result<()> {
    match command {
        Token::Create { name, role, expires } => {
            let expires_at = expires.map(end).transpose()?;
            let (token, secret) = token::create(database, &name, role, expires_at).await?;
            let until =
                token.expires_at.map_or("until it is revoked".to_owned(), |time| format!("until {}", show(time)));
            print_stderr(&format!(
                "The secret of {name:?}, which has the role {} {until}. Keep it: it cannot be shown again.",
                role.word()
            ));
            print_stdout(&secret.reveal());
        }
        Token::List => list(database).await?,
        Token::Revoke { name } => {
            let token = token::revoke(database, &name).await?;
            let time = token.revoked_at.map(show).unwrap_or_default();
            print_stderr(&format!("{name:?} is revoked since {time}."));
        }
    }
    Ok(())
}

async fn list(database: &Database) -> Result<()> {
    let title = ["NAME", "ROLE", "CREATED", "EXPIRES", "REVOKED", "LAST USED"].map(str::to_owned);
    let rows = token::list(database).await?.into_iter().map(|token| {
        let time = |time: Option<DateTime<Utc>>| time.map_or("-".to_owned(), show);
        let times = [Some(token.created_at), token.expires_at, token.revoked_at, token.last_used_at].map(time);
        let [created, expires, revoked, used] = times;
        [token.name, token.role.word().to_owned(), created, expires, revoked, used]
    });
    let rows = [title].into_iter().chain(rows).collect::<Vec<_>>();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [0, 1, 2, 3, 4, 5].map(width);
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        print_stdout(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    Ok(())
}

fn show(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn end(time: Duration) -> Result<DateTime<Utc>> {
    let end = chrono::Duration::from_std(time).ok().and_then(|time| Utc::now().checked_add_signed(time));
    end.ok_or_else(|| {
        Error::InvalidArgument("The token would expire after the year 9999; leave --expires out.".to_owned())
    })
}

fn read_name(text: &str) -> Result<String, String> {
    token::check_name(text).map(|()| text.to_owned())
}

fn read_role(word: &str) -> Role {
    if word == "admin" { Role::Admin } else { Role::Editor }
}

fn read_duration(text: &str) -> Result<Duration, &'static str> {
    let wrong = "give a whole number of days, hours or minutes, from 1 on, such as 90d, 12h or 30m";
    let seconds = match text.chars().last() {
        Some('d') => 86_400,
        Some('h') => 3600,
        Some('m') => 60,
        _ => return Err(wrong),
    };
    let number = &text[..text.len() - 1];
    // The library would also take "+90".
    let number =
        number.parse::<u64>().ok().filter(|count| *count > 0 && number.bytes().all(|byte| byte.is_ascii_digit()));
    number.and_then(|number| number.checked_mul(seconds)).map(Duration::from_secs).ok_or(wrong)
}
