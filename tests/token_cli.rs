//! The command `token`.

use std::{fs, io::Read, process::Stdio};

use libtest_mimic::Trial;

use crate::{
    cli::{Server, connect, folder, program, run},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        tokens_are_created_listed_and_revoked,
        invalid_token_arguments_are_reported,
        the_log_has_no_secrets_and_shutdown_writes_the_last_use,
    ]
}

/// The cells of the table that `token list` prints, without the title.
fn list(folder: &std::path::Path) -> Vec<Vec<String>> {
    let (code, output, errors) = run(folder, &["token", "list"], &[]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let cells =
        |line: &str| line.split("  ").map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect();
    let mut rows = output.lines().map(cells).collect::<Vec<Vec<String>>>();
    assert_eq!(rows.remove(0), ["NAME", "ROLE", "CREATED", "EXPIRES", "REVOKED", "LAST USED"]);
    rows
}

fn tokens_are_created_listed_and_revoked() {
    let folder = folder();
    let folder = folder.path();
    assert_eq!(list(folder), Vec::<Vec<String>>::new(), "in a new database");
    let create = |arguments: &[&str]| {
        let (code, output, errors) = run(folder, &[&["token", "create"], arguments].concat(), &[]);
        assert_eq!(code, 0, "{errors}");
        let secret = output.strip_suffix('\n').expect("a line").to_owned();
        assert!(secret.starts_with("olc_") && secret.len() == 47 && !secret.contains('\n'), "{}", secret.len());
        assert!(errors.contains("it cannot be shown again") && !errors.contains(&secret), "{errors}");
        errors
    };
    assert!(create(&["--name", "build machine", "--role", "editor", "--expires", "90d"]).contains("EDITOR until 2"));
    assert!(create(&["--name", "root", "--role", "admin"]).contains("ADMIN until it is revoked"));
    let rows = list(folder);
    assert_eq!(
        (rows.len(), &rows[0][..2], &rows[1][..2]),
        (2, &["build machine", "EDITOR"].map(str::to_owned)[..], &["root", "ADMIN"].map(str::to_owned)[..])
    );
    assert!(rows[0][3].ends_with('Z'), "{rows:?}");
    let time = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("a time");
    let days = (time(&rows[0][3]) - time(&rows[0][2])).num_minutes() as f64 / 1440.0;
    assert!((89.9..90.1).contains(&days), "{days}");
    assert_eq!(rows[1][3..], ["-", "-", "-"].map(str::to_owned));

    let (code, output, errors) = run(folder, &["token", "revoke", "--name", "build machine"], &[]);
    assert_eq!((code, output.as_str()), (0, ""));
    assert!(errors.starts_with("\"build machine\" has been revoked since 2"), "{errors}");
    let rows = list(folder);
    assert!(rows[0][4].ends_with('Z') && rows[1][4] == "-", "{rows:?}");
}

fn invalid_token_arguments_are_reported() {
    let folder = folder();
    let right = ["token", "create", "--name", "x", "--role", "editor", "--expires"];
    let time = "give a whole number of days, hours or minutes, at least 1, such as 90d, 12h or 30m";
    for wrong in
        ["90", "d", "0d", "-1d", "+1d", "1.5d", "90 d", "1w", "1é", "", "99999999999999999999d", "999999999999999999d"]
    {
        let (code, output, errors) = run(folder.path(), &[&right[..], &[wrong]].concat(), &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{wrong}: {errors}");
        assert!(errors.contains(time) || (wrong == "-1d" && errors.contains("-1")), "{wrong}: {errors}");
    }
    for (arguments, part) in [
        (&["token"][..], "Usage: open-llm-catalog token"),
        (&["token", "create", "--name", "x"], "--role"),
        (&["token", "create", "--role", "admin"], "--name"),
        (&["token", "create", "--name", "x", "--role", "reader"], "[possible values: contributor, editor, admin]"),
        (&["token", "create", "--name", "", "--role", "admin"], "give 1 to 100 printable characters"),
        (&["token", "revoke"], "--name"),
    ] {
        let (code, output, errors) = run(folder.path(), arguments, &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.contains(part), "{arguments:?}: {errors}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0, "nothing was made");

    assert_eq!(run(folder.path(), &right[..6], &[]).0, 0);
    let (code, output, errors) = run(folder.path(), &right[..6], &[]);
    assert!(code == 1 && output.is_empty() && errors.starts_with("error: The name \"x\" is taken"), "{code}: {errors}");
    let (code, _, errors) = run(folder.path(), &["token", "revoke", "--name", "y"], &[]);
    assert_eq!((code, errors.as_str()), (1, "error: There is no token named \"y\".\n"));
    let far = [&right[..3], &["y"], &right[4..], &["9999999d"]].concat();
    let (code, _, errors) = run(folder.path(), &far, &[]);
    assert!(code == 1 && errors.contains("before the year 10000"), "{code}: {errors}");
    assert_eq!(list(folder.path()).len(), 1);
}

fn the_log_has_no_secrets_and_shutdown_writes_the_last_use() {
    let folder = folder();
    let (code, secret, _) = run(folder.path(), &["token", "create", "--name", "x", "--role", "admin"], &[]);
    assert_eq!(code, 0);
    let log = fs::File::create(folder.path().join("log")).expect("the file can be made");
    let variables = [("PORT", "0"), ("RUST_LOG", "trace")];
    let mut server = Server::spawn_with_log(program(folder.path(), &[], &variables), Stdio::from(log));
    let address = server.address();
    let wrong = format!("olc_{}", "w".repeat(42) + "A");
    for (token, status) in [(secret.trim(), "200"), (&wrong, "401")] {
        let mut stream = connect(&address);
        let head = "GET /graphql?query={__typename} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n";
        std::io::Write::write_all(&mut stream, format!("{head}authorization: Bearer {token}\r\n\r\n").as_bytes())
            .expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the server answers");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }
    assert!(server.stop().success());
    let log = fs::read_to_string(folder.path().join("log")).expect("the log can be read");
    assert!(log.len() > 100, "the log is kept");
    for secret in [secret.trim(), &wrong] {
        assert!(!log.contains(&secret[4..]), "{log}");
    }
    assert!(list(folder.path())[0][5].ends_with('Z'), "the last use is known");
}
