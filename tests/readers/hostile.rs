//! Malicious sources are rejected or read as harmless text, in bounded time.

use std::time::Duration;

use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::records::map::FieldMap;
use open_llm_catalog::formats::readers::{csv, huggingface, markdown, models_dev, records};
use open_llm_catalog::formats::record::{ParsedEntry, Rejected};
use proptest::{collection::vec, prelude::Strategy, sample::select};

use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        binary_input_is_rejected,
        oversized_input_is_rejected,
        parsing_time_is_linear_in_the_size,
        values_that_aliases_repeat_are_limited,
        values_in_yaml_are_not_nested_deeply,
        readers_never_panic,
    ]
}

/// The time that this thread has used a processor: a busy machine does not lengthen it.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    let part = |part: i64| u64::try_from(part).expect("a time is not negative");
    Duration::from_secs(part(time.tv_sec)) + Duration::from_nanos(part(time.tv_nsec))
}

type Read = fn(&[u8]) -> Vec<ParsedEntry>;

const READERS: [(&str, Read); 5] = [
    ("markdown", markdown::read),
    ("csv", |bytes| csv::read(bytes, None)),
    ("huggingface", huggingface::read),
    ("models.dev", |bytes| models_dev::read(bytes, None)),
    ("yaml", read_yaml),
];

fn read_yaml(bytes: &[u8]) -> Vec<ParsedEntry> {
    let map = "name=name,sizes=parameters".parse::<FieldMap>().expect("a map");
    records::read_yaml(bytes, &map)
}

/// The line and the message of the only finding.
fn refusal(entries: &[ParsedEntry]) -> (usize, String) {
    let [Err(Rejected { place, problems, .. })] = entries else { panic!("not one refusal: {entries:?}") };
    (place.line, problems.iter().map(|problem| problem.message.as_str()).collect())
}

fn binary_input_is_rejected() {
    for (name, read) in READERS {
        let (line, message) = refusal(&read(b"name\n\xff\xfe\n"));
        assert_eq!((line, message.as_str()), (2, "not valid UTF-8; save the file as UTF-8"), "{name}");
        let (line, message) = refusal(&read(b"name\nA\0\n"));
        assert_eq!((line, message.as_str()), (2, "NUL character (U+0000); the source must be a text file"), "{name}");
    }
}

fn oversized_input_is_rejected() {
    let line = "x".repeat(50 << 20);
    let expected = [
        (1, "the source has 52428800 bytes; the limit is 16777216"),
        (1, "reading stopped here: the row is larger than 1048576 bytes"),
        (1, "the source has 52428800 bytes; the limit is 16777216"),
        (1, "the source has 52428800 bytes; the limit is 1048576"),
        (1, "the source has 52428800 bytes; the limit is 16777216"),
    ];
    for ((name, read), (at, message)) in READERS.into_iter().zip(expected) {
        assert_eq!(refusal(&read(line.as_bytes())), (at, message.to_owned()), "{name}");
    }
    let (line, message) = refusal(&markdown::read(format!("# A\n\n{}\n", "x".repeat(2 << 20)).as_bytes()));
    assert_eq!((line, message.as_str()), (3, "the line has 2097152 bytes; the limit is 1048576"));
    let wide = format!("## 基础大模型\n\n|{}\n|{}\n", " name |".repeat(10_000), "---|".repeat(10_000));
    assert_eq!(
        refusal(&markdown::read(wide.as_bytes())),
        (3, "the table has 10000 columns; the limit is 1000".to_owned())
    );
    let cell = format!("## 基础大模型\n\n| name | notes |\n|---|---|\n| A | {} |\n", "x".repeat(70_000));
    assert_eq!(refusal(&markdown::read(cell.as_bytes())), (5, "a cell has 70000 bytes; the limit is 65536".to_owned()));
    let bullet = format!("## 非基础大模型\n\n- {}\n", "x".repeat(70_000));
    assert_eq!(
        refusal(&markdown::read(bullet.as_bytes())),
        (3, "the list item has 70000 bytes; the limit is 65536".to_owned())
    );
}

fn parsing_time_is_linear_in_the_size() {
    let heading = "## 非基础大模型\n\n";
    let nested = |depth: usize| (0..depth).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>();
    let cases = [
        ("brackets", format!("{heading}- {}", "[".repeat(500_000))),
        ("links", format!("{heading}- {}", "[a](".repeat(100_000))),
        ("empty links", format!("{heading}- {}", "[a]()".repeat(12_000))),
        ("quotes", ">".repeat(500_000)),
        ("bullets in one line", "- ".repeat(50_000)),
        ("bullets in bullets", format!("{heading}{}", nested(1_000))),
        ("stars", format!("{heading}- {}", "*a ".repeat(150_000))),
        (
            "commas",
            format!(
                "| name | notes |\n|---|---|\n## 基础大模型\n\n| name | notes |\n|---|---|\n| A | {} |\n",
                "x，".repeat(16_000)
            ),
        ),
        (
            "sizes",
            format!(
                "| name | sizes |\n|---|---|\n| A | {} |\n",
                (1..12_000).map(|n| format!("{n}B,")).collect::<String>()
            ),
        ),
        (
            "addresses",
            format!("| name | sizes | notes |\n|---|---|---|\n| A | | {} |\n", "https://a.b/c ".repeat(4_000)),
        ),
        ("rows", format!("| name | sizes |\n|---|---|\n{}", "| A | 7B |\n".repeat(50_000))),
        (
            "short rows",
            format!("|name|sizes|{}\n|-|-|{}\n{}", "x|".repeat(900), "-|".repeat(900), "|A\n".repeat(10_000)),
        ),
        ("headings", "# a\n".repeat(100_000)),
        ("exponents", format!("| name | sizes | notes |\n|---|---|---|\n| A | | {} FLOPs |\n", "1".repeat(60_000))),
    ];
    for (name, text) in cases {
        let before = processor_time();
        let entries = markdown::read(text.as_bytes());
        // In a debug build, quadratic time would take minutes.
        let taken = processor_time() - before;
        assert!(taken < Duration::from_secs(20), "{name}: {taken:?} for {} entries", entries.len());
    }
    let pages = format!("[{}0]", "0,\n".repeat(500_000));
    let links = format!("name,links\nA,{}\n", "PAPER ; ".repeat(8_000));
    let values = format!("name: A\nmore:\n{}", "- {a: [b], c: \"d\"}\n".repeat(20_000));
    let keys = (0..50_000).map(|key| format!("k{key}: v\n")).collect::<String>() + "name: A\n";
    for (name, read, text) in [
        ("pages", READERS[2].1, pages),
        ("links", READERS[1].1, links),
        ("values", READERS[4].1, values),
        ("keys", READERS[4].1, keys),
        ("lines", READERS[4].1, format!("name: A\nnotes: {}", "x\n ".repeat(200_000))),
    ] {
        let before = processor_time();
        drop(read(text.as_bytes()));
        let taken = processor_time() - before;
        assert!(taken < Duration::from_secs(60), "{name}: {taken:?}");
    }
    let rows = format!("name,size,parameters\n{}", (1..40_000).map(|n| format!("A,{n}B,{n}B\n")).collect::<String>());
    let before = processor_time();
    assert_eq!(csv::read(rows.as_bytes(), None).len(), 1);
    let taken = processor_time() - before;
    assert!(taken < Duration::from_secs(20), "csv: {taken:?}");
}

fn values_that_aliases_repeat_are_limited() {
    let doubled = (1..40).map(|level| format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1)).collect::<String>();
    let texts = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(1_000));
    let merged = format!(
        "a: &a {{{}}}\nb: [{}]\n",
        (0..10_000).map(|key| format!("k{key}: 1, ")).collect::<String>(),
        "{<<: *a}, ".repeat(1_000)
    );
    for (name, text) in [("doubled", format!("a0: &a0 [x, x]\n{doubled}")), ("texts", texts), ("merged", merged)] {
        let before = processor_time();
        let (line, message) = refusal(&read_yaml(text.as_bytes()));
        let taken = processor_time() - before;
        assert!(taken < Duration::from_secs(20), "{name}: {taken:?}");
        assert_eq!(message, "aliases repeat more than 1048576 bytes; write the values instead", "{name}");
        assert!((2..20).contains(&line), "{name}: line {line}");
    }
    let within = refusal(&read_yaml(b"name: A\nb: &b [*b]\n"));
    assert_eq!(within, (2, "an alias of a value that it is part of; write the value instead".to_owned()));
}

fn values_in_yaml_are_not_nested_deeply() {
    let deeper = (1..200).map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1)).collect::<String>();
    for (name, text, line) in [
        ("aliases", format!("a0: &a0 []\n{deeper}"), 128),
        ("dashes", "- ".repeat(500_000), 1),
        ("question marks", "? ".repeat(500_000), 1),
        ("lines", (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(), 129),
    ] {
        let (at, message) = refusal(&read_yaml(text.as_bytes()));
        assert_eq!((at, message.as_str()), (line, "values are nested more than 128 levels deep"), "{name}");
    }
    for text in ["[".repeat(500_000), "{a: ".repeat(500_000)] {
        let (at, message) = refusal(&read_yaml(text.as_bytes()));
        assert!(at == 1 && message.ends_with("; values are nested too deeply"), "{message}");
    }
}

fn readers_never_panic() {
    let pieces = vec![
        "\n",
        "\n\n",
        "|",
        "| ",
        "---",
        "|---|---|\n",
        "name",
        "名称",
        "sizes",
        "参数规模",
        "notes",
        "说明",
        "数据规模",
        "7B",
        "13B,",
        "2.4T、",
        "8x7B",
        "30B-A3B",
        "(",
        ")",
        "（",
        "）",
        "[",
        "]",
        "](",
        "](javascript:x)",
        "https://a.b",
        "<br>",
        "<sup>",
        "</sup>",
        "<script>",
        "## 基础大模型\n",
        "## 非基础大模型\n",
        "## 模型架构\n",
        "- ",
        "  - ",
        "> ",
        "*",
        "`",
        "```\n",
        "+++\n",
        "---\n",
        "，",
        ",",
        "；",
        "; ",
        "。",
        "：",
        "机构：",
        "license: ",
        "可商用",
        "不可商用",
        "开放",
        "数据集",
        "800GB的",
        "6.67x1022 FLOPs",
        "10²²",
        "2023年7月",
        "2023-07-18",
        "😀",
        "\u{202e}",
        "\u{feff}",
        "\r\n",
        "\t",
        "'=",
        "\"",
        "\\",
        "{",
        "}",
        "\"id\": \"a/b\"",
        "= 1\n",
        "name: ",
        "- name: A\n",
        "  ",
        ": ",
        "&a ",
        "*a",
        "<<: *a\n",
        "? ",
        "!!str ",
        "!a ",
        "%YAML 1.2\n",
        "...\n",
        "'",
        "[a, ",
        "{a: ",
        ">\n  a\n",
        "|2-\n",
        "[[links]]\n",
        "９",
        "万亿",
        "100M（图片）",
        "昆仑万维·天工",
        "0",
        "-1",
        "99999999999999999999T",
        "0.0000000000000000000000000000001B",
    ];
    let texts = vec(select(pieces), 0..60).prop_map(|pieces| pieces.concat());
    runner()
        .run(&texts, |text| {
            for (name, read) in READERS {
                for entry in read(text.as_bytes()) {
                    let line = entry.map_or_else(|rejected| rejected.place.line, |said| said.place.line);
                    let lines = text.matches('\n').count() + 1;
                    assert!((1..=lines).contains(&line), "{name}: line {line} of {lines}");
                }
            }
            Ok(())
        })
        .expect("every text is read or refused");
    let bytes = vec(0_u8..=255, 0..200);
    runner()
        .run(&bytes, |bytes| {
            READERS.into_iter().for_each(|(_, read)| drop(read(&bytes)));
            Ok(())
        })
        .expect("any bytes are read or refused");
}
