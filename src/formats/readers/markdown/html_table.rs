//! Reads tables in HTML as tables in Markdown.

use std::{ops::Range, sync::LazyLock};

use regex::{Match, Regex};

use crate::domain::text::static_regex;
use crate::formats::parse::source::beginning;
use crate::formats::readers::markdown::blocks::{Block, Table, read_table};
use crate::formats::readers::markdown::line_index::LineIndex;

/// Takes the tables in HTML out of a text. Returns the text with blanks in their places, and each table with its place.
pub fn take_tables(text: &str, lines: &LineIndex) -> (String, Vec<(usize, Block)>) {
    static TAG: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)<(?P<end>/)?table\b[^>]*>"));
    let mut tables = Vec::new();
    let mut bytes = text.as_bytes().to_vec();
    let fences = fences(text);
    let (mut start, mut depth) = (None::<Range<usize>>, 0);
    for tag in TAG.captures_iter(text) {
        let Some(found) = tag.get(0).as_ref().map(Match::range) else { continue };
        let line = &text[text[..found.start].rfind('\n').map_or(0, |end| end + 1)..found.start];
        let is_literal = line.trim_start().starts_with('|') || line.ends_with('`');
        if start.is_none() && (is_literal || fences.iter().any(|fence| fence.contains(&found.start))) {
            continue;
        }
        if tag.name("end").is_none() {
            depth += 1;
            start.get_or_insert(found);
            continue;
        }
        let Some(open) = start.clone() else { continue };
        depth -= 1;
        if depth == 0 {
            start = None;
            let inner = open.end..found.start;
            tables.push((open.start, read(text, &inner, lines.line_at(open.start), lines)));
            let region = bytes[open.start..found.end].iter_mut();
            region.filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        }
    }
    (String::from_utf8(bytes).unwrap_or_default(), tables)
}

/// Returns the places of fenced code.
fn fences(text: &str) -> Vec<Range<usize>> {
    let (mut fences, mut open, mut offset) = (Vec::new(), None::<(usize, &str)>, 0);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (open, mark) {
            (None, Some(mark)) => open = Some((offset, mark)),
            (Some((start, opened)), Some(mark)) if opened == mark => {
                fences.push(start..offset);
                open = None;
            }
            _ => {}
        }
        offset += line.len();
    }
    fences.extend(open.map(|(start, _)| start..text.len()));
    fences
}

/// Reads the table between its tags. Rows with cells that span others are left out.
fn read(text: &str, inner: &Range<usize>, line: usize, lines: &LineIndex) -> Block {
    static ROW: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)<tr\b[^>]*>"));
    static CELL: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)<t[dh]\b(?P<attributes>[^>]*)>"));
    static END: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r"(?i)</?(?:t[dhr]|thead|tbody|tfoot|caption|colgroup|col)\b[^>]*>"));
    static SPAN: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r#"(?i)\b(?P<kind>col|row)span\s*=\s*["']?\s*(?P<count>[0-9]+)"#));
    let html = &text[inner.clone()];
    let unread = |reason| Block::Unread { line, text: beginning(&words(html)), reason };
    if html.to_lowercase().contains("<table") {
        return unread("a table in HTML with tables in its cells; ignored");
    }
    let starts = ROW.find_iter(html).map(|row| row.start()..row.end()).collect::<Vec<_>>();
    let ends = starts.iter().skip(1).map(|next| next.start).chain([html.len()]);
    let mut markdown = String::new();
    let (mut rows, mut spanning) = (Vec::new(), Vec::new());
    let (mut below_span, mut columns) = (0, 0);
    for (row, end) in starts.iter().zip(ends) {
        let row_line = lines.line_at(inner.start + row.start);
        let row = &html[row.end..end];
        let cells = CELL.captures_iter(row).filter_map(|cell| Some((cell.get(0)?.range(), cell)));
        let cells = cells.map(|(range, cell)| (range, cell["attributes"].to_owned())).collect::<Vec<_>>();
        if cells.is_empty() {
            continue;
        }
        let spans = |kind: &str| {
            let found = cells.iter().flat_map(|(_, attributes)| SPAN.captures_iter(attributes));
            let found = found.filter(|span| span["kind"].eq_ignore_ascii_case(kind));
            found.filter_map(|span| span["count"].parse::<usize>().ok()).max().unwrap_or(1)
        };
        let is_merged = below_span > 0 || spans("col") > 1 || spans("row") > 1;
        below_span = below_span.max(spans("row")).saturating_sub(1);
        let texts = cells.iter().enumerate().map(|(index, (range, _))| {
            let end = cells.get(index + 1).map_or(row.len(), |(next, _)| next.start);
            cell_text(&END.replace_all(&row[range.end..end], ""))
        });
        let texts = texts.collect::<Vec<_>>();
        if is_merged && columns == 0 {
            return unread("a table in HTML whose headings span columns or rows; ignored");
        }
        if is_merged {
            spanning.push((row_line, texts.join(" | ")));
            continue;
        }
        markdown.push_str(&format!("| {} |\n", texts.join(" | ")));
        if columns == 0 {
            columns = texts.len();
            markdown.push_str(&format!("|{}\n", "---|".repeat(columns)));
        } else {
            rows.push(row_line);
        }
    }
    match read_table(&markdown) {
        Some(Table { head, rows: found, .. }) => {
            let found = found.into_iter().zip(rows);
            let found = found.map(|(mut row, line)| {
                (row.line, row.range) = (line, inner.clone());
                row
            });
            Block::Table(Table { line, head, rows: found.collect(), spanning })
        }
        None => unread("a table in HTML without rows; ignored"),
    }
}

/// Returns the contents of a cell as those of a cell in Markdown.
fn cell_text(html: &str) -> String {
    static BREAK: LazyLock<Regex> = LazyLock::new(|| static_regex(r"(?i)<(?:li|br)\b[^>]*>"));
    static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(r"(?i)</?(?:p|div|center|ul|ol|li|section|h[1-6]|details|summary|blockquote)\b[^>]*>")
    });
    let text = html.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = BREAK.replace_all(&text, "<br>").into_owned();
    let text = BLOCK.replace_all(&text, " ").replace('|', "\\|");
    text.trim().trim_start_matches("<br>").trim().to_owned()
}

/// Returns the words between tags.
fn words(html: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| static_regex(r"<[^>]*>"));
    TAG.replace_all(html, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}
