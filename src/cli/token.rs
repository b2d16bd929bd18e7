//! The command `token`: manages API tokens.

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
    /// Create a token; only its secret is written to standard output, and it cannot be shown again
    Create {
        /// Name of the token: 1 to 100 printable characters, not the name of another active or revoked token
        #[arg(long, value_parser = read_name)]
        name: String,
        /// Role of the token: a contributor proposes changes, an editor makes and accepts them, an admin also imports, reverts and manages tokens
        #[arg(long, value_parser = PossibleValuesParser::new(["contributor", "editor", "admin"]).map(|word| read_role(&word)))]
        role: Role,
        /// Time until it expires, such as 90d, 12h or 30m; it does not expire if not given
        #[arg(long, value_name = "TIME", value_parser = read_duration)]
        expires: Option<Duration>,
    },
    /// List all tokens, revoked and expired ones included
    List,
    /// Revoke a token, at once and permanently
    Revoke {
        /// Name of the token
        #[arg(long)]
        name: String,
    },
}

pub(super) async fn run(command: Token, database: &Database) -> Result<()> {
    match command {
        Token::Create { name, role, expires } => {
            let expires_at = expires.map(expiry_time).transpose()?;
            let (token, secret) = token::create(database, &name, role, expires_at).await?;
            let until = token
                .expires_at
                .map_or("until it is revoked".to_owned(), |time| format!("until {}", format_time(time)));
            print_stderr(&format!(
                "The secret of {name:?}, which has the role {} {until}. Keep it: it cannot be shown again.",
                role.word()
            ));
            print_stdout(&secret.reveal());
        }
        Token::List => list(database).await?,
        Token::Revoke { name } => {
            let token = token::revoke(database, &name).await?;
            let time = token.revoked_at.map(format_time).unwrap_or_default();
            print_stderr(&format!("{name:?} has been revoked since {time}."));
        }
    }
    Ok(())
}

async fn list(database: &Database) -> Result<()> {
    let header = ["NAME", "ROLE", "CREATED", "EXPIRES", "REVOKED", "LAST USED"].map(str::to_owned);
    let rows = token::list(database).await?.into_iter().map(|token| {
        let time = |time: Option<DateTime<Utc>>| time.map_or("-".to_owned(), format_time);
        let times = [Some(token.created_at), token.expires_at, token.revoked_at, token.last_used_at].map(time);
        let [created, expires, revoked, used] = times;
        [token.name, token.role.word().to_owned(), created, expires, revoked, used]
    });
    let rows = [header].into_iter().chain(rows).collect::<Vec<_>>();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths = [0, 1, 2, 3, 4, 5].map(width);
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        print_stdout(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    Ok(())
}

fn format_time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn expiry_time(duration: Duration) -> Result<DateTime<Utc>> {
    let time = chrono::Duration::from_std(duration).ok().and_then(|time| Utc::now().checked_add_signed(time));
    time.ok_or_else(|| {
        Error::InvalidArgument("The token would expire after the year 9999; leave --expires out.".to_owned())
    })
}

fn read_name(text: &str) -> Result<String, String> {
    token::check_name(text).map(|()| text.to_owned())
}

fn read_role(word: &str) -> Role {
    match word {
        "admin" => Role::Admin,
        "editor" => Role::Editor,
        _ => Role::Contributor,
    }
}

fn read_duration(text: &str) -> Result<Duration, &'static str> {
    let expected = "give a whole number of days, hours or minutes, at least 1, such as 90d, 12h or 30m";
    let seconds = match text.chars().last() {
        Some('d') => 86_400,
        Some('h') => 3600,
        Some('m') => 60,
        _ => return Err(expected),
    };
    let number = &text[..text.len() - 1];
    // `parse` would also accept "+90".
    let number =
        number.parse::<u64>().ok().filter(|count| *count > 0 && number.bytes().all(|byte| byte.is_ascii_digit()));
    number.and_then(|number| number.checked_mul(seconds)).map(Duration::from_secs).ok_or(expected)
}
