//! Strings and block strings: where they end, and the values that they stand for.

/// Returns the number of bytes up to the closing quote of a string, from after its opening quote. None without one in the line.
pub fn string_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += match bytes.get(at)? {
            b'"' => return Some(at),
            b'\r' | b'\n' => return None,
            b'\\' if matches!(bytes.get(at + 1)?, b'\r' | b'\n') => return None,
            b'\\' => 2,
            _ => 1,
        };
    }
}

/// Returns the number of bytes up to the closing quotes of a block string, after its opening quotes. None without them.
pub fn block_string_length(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find("\"\"\"")?;
        if !text[..at].ends_with('\\') {
            return Some(at);
        }
        at += 3;
    }
}

/// Returns the value of a string, from the text between its quotes.
///
/// # Errors
/// An escape sequence is invalid: the number of characters before it, and the reason.
pub fn string_value(raw: &str) -> Result<String, (usize, String)> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let escaped = &rest[at + 1..];
        let before = || raw[..raw.len() - escaped.len() - 1].chars().count();
        let (character, length) = escape(escaped).map_err(|reason| (before(), reason))?;
        value.push(character);
        rest = &escaped[length..];
    }
    value.push_str(rest);
    Ok(value)
}

/// Returns the character of an escape sequence, after its backslash, and its number of bytes.
fn escape(text: &str) -> Result<(char, usize), String> {
    let simple = match text.chars().next().unwrap_or_default() {
        'u' => return unicode_escape(&text[1..]).map(|(character, length)| (character, length + 1)),
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        same @ ('"' | '\\' | '/') => same,
        other => {
            return Err(format!(
                "`\\{other}` is not an escape sequence; expected one of `\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u`"
            ));
        }
    };
    Ok((simple, 1))
}

/// Returns the character of a Unicode escape sequence, after its `u`, and its number of bytes.
fn unicode_escape(text: &str) -> Result<(char, usize), String> {
    if let Some(braced) = text.strip_prefix('{') {
        let digits = braced.find('}').map_or(braced, |end| &braced[..end]);
        let character = hexadecimal(digits).and_then(char::from_u32);
        let character = character.filter(|_| digits.len() < braced.len());
        let invalid =
            || format!("`\\u{{{}` is not a Unicode scalar value in hexadecimal, such as `\\u{{1F600}}`", short(braced));
        return character.map(|character| (character, digits.len() + 2)).ok_or_else(invalid);
    }
    let unit = |text: &str| text.get(..4).and_then(hexadecimal);
    let invalid =
        || format!("`\\u{}` has not four hexadecimal digits; expected a sequence such as `\\u00e9`", short(text));
    let first = unit(text).ok_or_else(invalid)?;
    if let Some(character) = char::from_u32(first) {
        return Ok((character, 4));
    }
    let second = text[4..].strip_prefix("\\u").and_then(unit).filter(|second| (0xdc00..=0xdfff).contains(second));
    let pair = second
        .filter(|_| first < 0xdc00)
        .and_then(|second| char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)));
    let lone = || format!("`\\u{}` is one half of a surrogate pair; expected both halves", short(text));
    pair.map(|character| (character, 10)).ok_or_else(lone)
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let valid = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| valid)
}

fn short(text: &str) -> String {
    text.chars().take(4).collect()
}

/// Returns the value of a block string, from the text between its quotes: without common indentation and blank lines at its
/// start and end.
pub fn block_string_value(raw: &str) -> String {
    let text = raw.replace("\\\"\"\"", "\"\"\"").replace("\r\n", "\n").replace('\r', "\n");
    let lines = text.split('\n').collect::<Vec<_>>();
    let indent = |line: &str| line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let is_blank = |line: &str| indent(line) == line.len();
    let indents = lines.iter().skip(1).filter(|line| !is_blank(line)).map(|line| indent(line));
    let common = indents.min().unwrap_or(0);
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let end = lines.iter().rposition(|line| !is_blank(line)).map_or(first, |last| last + 1);
    let lines = lines.iter().enumerate().take(end).skip(first);
    let lines = lines.map(|(index, line)| if index == 0 { line } else { line.get(common..).unwrap_or_default() });
    lines.collect::<Vec<_>>().join("\n")
}
