//! What searches are read as.

use std::ops::Bound::{Excluded, Included, Unbounded};

use libtest_mimic::Trial;
use open_llm_catalog::domain::count::Count;
use open_llm_catalog::domain::search_query::{Range, Reading, SearchQuery};
use open_llm_catalog::domain::text::{edit_distance, normalize};
use proptest::{prop_assert, prop_assert_eq};

use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        amounts_are_read_and_the_rest_are_words,
        a_phrase_in_quotation_marks_is_no_amount,
        a_memory_holds_weights_of_four_bits_with_a_reserve,
        every_text_is_read_and_keeps_its_characters,
        distances_count_edits,
    ]
}

const B: i64 = 1_000_000_000;

fn size(label: &str, from: i64, to: i64) -> Reading {
    let parameters = Some(Range { from: Included(from), to: Excluded(to) });
    Reading::Size { label: label.to_owned(), parameters }
}

fn released(from: &str, before: &str) -> Reading {
    Reading::Released { from: from.to_owned(), before: before.to_owned() }
}

fn memory(bytes: i64) -> Reading {
    Reading::Memory(Count::from_column(bytes))
}

fn amounts_are_read_and_the_rest_are_words() {
    let parameters = |from, to| Reading::Parameters(Range { from, to });
    let context = |from, to| Reading::ContextLength(Range { from, to });
    let tokens = |from, to| Reading::TrainingTokens(Range { from, to });
    for (text, words, readings) in [
        ("7b", "", vec![size("7b", 6_500_000_000, 7_500_000_000)]),
        ("７Ｂ", "", vec![size("7b", 6_500_000_000, 7_500_000_000)]),
        ("7 B", "", vec![size("7b", 6_500_000_000, 7_500_000_000)]),
        ("70亿", "", vec![size("7b", 6_950_000_000, 7_050_000_000)]),
        ("1.5B", "", vec![size("1.5b", 1_450_000_000, 1_550_000_000)]),
        ("350m", "", vec![size("350m", 349_500_000, 350_500_000)]),
        ("1t", "", vec![size("1t", 500 * B, 1500 * B)]),
        ("8x7b", "", vec![Reading::Size { label: "8x7b".to_owned(), parameters: None }]),
        ("30b-a3b", "", vec![Reading::Size { label: "30b-a3b".to_owned(), parameters: None }]),
        ("<13b", "", vec![parameters(Unbounded, Excluded(13 * B))]),
        ("< 13b", "", vec![parameters(Unbounded, Excluded(13 * B))]),
        ("< 13 b", "", vec![parameters(Unbounded, Excluded(13 * B))]),
        ("under 13b", "", vec![parameters(Unbounded, Excluded(13 * B))]),
        ("≤13b", "", vec![parameters(Unbounded, Included(13 * B))]),
        ("130亿以下", "", vec![parameters(Unbounded, Included(13 * B))]),
        (">70b", "", vec![parameters(Excluded(70 * B), Unbounded)]),
        ("70b+", "", vec![parameters(Included(70 * B), Unbounded)]),
        ("7-13b", "", vec![parameters(Included(7 * B), Included(13 * B))]),
        ("500m-3b", "", vec![parameters(Included(B / 2), Included(3 * B))]),
        ("24gb", "", vec![memory(24 * B)]),
        ("24 GB", "", vec![memory(24 * B)]),
        ("24g", "", vec![memory(24 * B)]),
        ("24 gb vram", "", vec![memory(24 * B)]),
        ("显存 24gb", "", vec![memory(24 * B)]),
        ("24GiB", "", vec![memory(24 << 30)]),
        ("128k", "", vec![context(Included(128_000), Unbounded)]),
        ("128k context", "", vec![context(Included(128_000), Unbounded)]),
        ("context 1m", "", vec![context(Included(1_000_000), Unbounded)]),
        ("15t tokens", "", vec![tokens(Included(14_500 * B), Excluded(15_500 * B))]),
        (">2t tokens", "", vec![tokens(Excluded(2_000 * B), Unbounded)]),
        ("2024", "", vec![released("2024", "2024~")]),
        ("2024年", "", vec![released("2024", "2024~")]),
        ("2024-07", "", vec![released("2024-07", "2024-07~")]),
        (">2023", "", vec![released("2023~", "")]),
        (">=2023", "", vec![released("2023", "")]),
        ("<2023", "", vec![released("", "2023")]),
        ("llama 7b", "llama", vec![size("7b", 6_500_000_000, 7_500_000_000)]),
        (
            "chatglm 6b 24gb 2023",
            "chatglm",
            vec![size("6b", 5_500_000_000, 6_500_000_000), memory(24 * B), released("2023", "2023~")],
        ),
        // Words that only look like amounts.
        ("qwen2", "qwen2", vec![]),
        ("llama 2", "llama 2", vec![]),
        ("apache 2.0", "apache 2.0", vec![]),
        ("gpt-j-6b", "gpt-j-6b", vec![]),
        ("over the moon", "over the moon", vec![]),
        ("context", "context", vec![]),
        ("百川 书生", "百川 书生", vec![]),
        ("<", "<", vec![]),
        ("99999999999b", "99999999999b", vec![]),
        ("999999t", "999999t", vec![]),
        ("3024", "3024", vec![]),
        ("2024-13", "2024-13", vec![]),
        ("", "", vec![]),
    ] {
        let query = SearchQuery::parse(text);
        assert_eq!(query.rest(), words, "{text:?}");
        assert_eq!(query.terms.into_iter().map(|term| term.reading).collect::<Vec<_>>(), readings, "{text:?}");
    }
}

fn a_memory_holds_weights_of_four_bits_with_a_reserve() {
    assert_eq!(Reading::parameters_in(Count::from_column(24 * B)), 40_800_000_000);
}

fn a_phrase_in_quotation_marks_is_no_amount() {
    for (text, words, terms) in [
        ("\"7b\" llama", vec!["7b", "llama"], vec![]),
        ("“7B” llama 13b", vec!["7b", "llama"], vec!["13b"]),
        ("\"llama 2\" 2024", vec!["llama 2"], vec!["2024"]),
        ("13\" 7b", vec!["13\""], vec!["7b"]),
        ("\"\" a \" b", vec!["a", "\"", "b"], vec![]),
    ] {
        let query = SearchQuery::parse(text);
        assert_eq!(query.words, words, "{text:?}");
        assert_eq!(query.terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>(), terms, "{text:?}");
    }
    for (text, term, written) in [
        ("llama 7B 2024", 0, "llama \"7b\" 2024"),
        ("llama 7B 2024", 1, "llama 7b \"2024\""),
        ("\"a b\" < 13 b 128k context", 0, "\"a b\" \"<13b\" 128k context"),
        ("\"a b\" < 13 b 128k context", 1, "\"a b\" <13b \"128k context\""),
    ] {
        assert_eq!(SearchQuery::with_phrase(text, term), written);
        let (before, after) = (SearchQuery::parse(text).terms, SearchQuery::parse(written).terms);
        assert_eq!(before.len(), after.len() + 1, "the others are read as before");
    }
}

fn every_text_is_read_and_keeps_its_characters() {
    let marks = ['"', '“', '”', '„'];
    let characters = |text: &str| {
        let kept = |c: &char| !c.is_whitespace() && !marks.contains(c);
        let mut characters = normalize(text).chars().filter(kept).collect::<Vec<_>>();
        characters.sort_unstable();
        characters
    };
    let check = |text: String| {
        let query = SearchQuery::parse(&text);
        let mut read = query.rest();
        query.terms.iter().for_each(|term| read.push_str(&term.text));
        prop_assert_eq!(characters(&read), characters(&text));
        // The words are no amounts, each by itself, and neither are phrases in quotation marks.
        for word in query.words.iter().filter(|_| !normalize(&text).contains(marks)) {
            prop_assert!(SearchQuery::parse(word).terms.is_empty(), "{}", word);
        }
        Ok(())
    };
    runner().run(&"\\PC{0,40}|[<>0-9kmbtg. 亿-]{0,20}", check).expect("every text is read");
}

fn distances_count_edits() {
    for (a, b, distance) in [
        ("llama", "llama", 0),
        ("lamaa", "llama", 2),
        ("flacon", "falcon", 1),
        ("qwen", "qwne", 1),
        ("百川", "百山", 1),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
    ] {
        assert_eq!(edit_distance(a, b, distance), Some(distance), "{a} {b}");
        assert_eq!(edit_distance(b, a, distance + 1), Some(distance), "{b} {a}");
        assert_eq!(distance.checked_sub(1).and_then(|less| edit_distance(a, b, less)), None, "{a} {b}");
    }
}
