//! The language of comments, documentation, messages, descriptions and Markdown files follows `docs/language.yaml`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use matrix_events_codegen::parse_document;
use regex::{Regex, RegexBuilder};
use serde_json::Value;
use spec_tests::spec::folder;

/// Folders without text for readers: build output, inputs of the fuzzer, and golden cases.
const SKIPPED: [&str; 5] = ["target", ".git", "artifacts", "corpus", "cases"];

/// A line that is not checked contains these words.
const ALLOW: &str = "language: allow";

/// A string literal with fewer words is a name or data, and not a sentence.
const FEWEST_WORDS_OF_MESSAGE: usize = 4;

/// The rules of `docs/language.yaml`.
struct Rules {
    longest_sentence: usize,
    summary: Term,
    terms: Vec<Term>,
    /// Matches what any of the terms matches.
    any_term: Regex,
}

/// A pattern that texts avoid, and its replacement.
struct Term {
    pattern: Regex,
    write: String,
}

impl Term {
    fn new(value: &Value) -> Self {
        let text =
            |key: &str| value[key].as_str().unwrap_or_else(|| panic!("`{key}` is missing in {value}")).to_owned();
        Self { pattern: ignoring_case(&text("pattern")), write: text("write") }
    }
}

fn ignoring_case(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).case_insensitive(true).build().expect("a regular expression")
}

impl Rules {
    fn read() -> Self {
        let file = "docs/language.yaml";
        let bytes = fs::read(folder(file)).expect("the rules");
        let document = parse_document(file, &bytes).unwrap_or_else(|diagnostics| panic!("{diagnostics}")).to_json();
        let summary = &document["summary"];
        let terms: Vec<Term> = document["terms"].as_array().expect("a list").iter().map(Term::new).collect();
        let patterns: Vec<&str> = terms.iter().map(|term| term.pattern.as_str()).collect();
        Self {
            longest_sentence: document["longest-sentence"].as_u64().expect("a number") as usize,
            // A summary is compared with its capital letter: `As` begins a sentence, and `as` does not.
            summary: Term {
                pattern: Regex::new(summary["pattern"].as_str().expect("a pattern")).expect("a regular expression"),
                write: Term::new(summary).write,
            },
            any_term: ignoring_case(&patterns.join("|")),
            terms,
        }
    }

    /// Returns `line: found, write …` for each violation in a block of text.
    fn violations(&self, block: &Block) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        if let (true, Some(first)) = (block.is_documentation, block.lines.first())
            && let Some(start) = self.summary.pattern.find(&plain(first))
        {
            let message = format!("a summary begins with `{}`, write {}", start.as_str(), self.summary.write);
            found.push((block.line, message));
        }
        for (offset, line) in block.lines.iter().enumerate().filter(|(_, line)| !line.contains(ALLOW)) {
            let line = plain(line);
            for term in self.terms.iter().filter(|_| self.any_term.is_match(&line)) {
                if let Some(word) = term.pattern.find(&line) {
                    found.push((block.line + offset, format!("found `{}`, write {}", word.as_str(), term.write)));
                }
            }
        }
        for sentence in sentences(&plain(&block.text())) {
            let words = sentence.split_whitespace().count();
            if words > self.longest_sentence {
                let start: Vec<&str> = sentence.split_whitespace().take(6).collect();
                let message = format!("a sentence of {words} words, split it: {} …", start.join(" "));
                found.push((block.line, message));
            }
        }
        found
    }
}

/// Lines of text that belong together.
struct Block {
    /// The number of the first line.
    line: usize,
    is_documentation: bool,
    lines: Vec<String>,
}

impl Block {
    /// Returns the lines as one text. A list item and a paragraph begin on a line of their own.
    fn text(&self) -> String {
        let begins = |line: &str| line.is_empty() || line.trim_start().starts_with(['-', '*']);
        let lines = self.lines.iter().map(|line| format!("{}{line}", if begins(line) { "\n" } else { " " }));
        lines.collect()
    }
}

/// Returns a text without code, targets of links and addresses.
fn plain(text: &str) -> String {
    static CODE: LazyLock<Regex> = LazyLock::new(|| ignoring_case("`[^`]*`"));
    static LINK: LazyLock<Regex> = LazyLock::new(|| ignoring_case(r"\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])?"));
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| ignoring_case(r"https?://\S+"));
    let text = CODE.replace_all(text, "X");
    let text = LINK.replace_all(&text, "$1");
    ADDRESS.replace_all(&text, "").into_owned()
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    // In a literal, a line ends with `\n`.
    static END: LazyLock<Regex> = LazyLock::new(|| ignoring_case(r"[.!?]\s+|\n|\\n"));
    END.split(text)
}

/// Returns the comments of a Rust file. `with_messages` adds the string literals that are sentences.
fn blocks_of_rust(text: &str, with_messages: bool) -> Vec<Block> {
    let comment = Regex::new(r"^\s*(///|//!|//)\s?(.*)$").expect("a regular expression");
    let literal = Regex::new(r#""((?:[^"\\]|\\.)*)""#).expect("a regular expression");
    let mut blocks: Vec<Block> = Vec::new();
    let (mut is_open, mut is_code) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let Some(parts) = comment.captures(line) else {
            // A line of documentation that a macro writes, often in an example.
            if line.trim_start().starts_with("#[doc = ") {
                continue;
            }
            (is_open, is_code) = (false, false);
            let messages = literal.captures_iter(line).map(|found| found[1].to_owned());
            let messages = messages.filter(|text| with_messages && text.split(' ').count() >= FEWEST_WORDS_OF_MESSAGE);
            blocks.extend(messages.map(|text| Block { line: index + 1, is_documentation: false, lines: vec![text] }));
            continue;
        };
        let is_documentation = &parts[1] != "//";
        let starts_code = parts[2].trim_start().starts_with("```");
        is_code ^= starts_code;
        let is_skipped = is_code || starts_code || parts[2].trim_start().starts_with(['|', '[']);
        let line = if is_skipped { String::new() } else { parts[2].to_owned() };
        match blocks.last_mut().filter(|block| is_open && block.is_documentation == is_documentation) {
            Some(block) => block.lines.push(line),
            None => blocks.push(Block { line: index + 1, is_documentation, lines: vec![line] }),
        }
        is_open = true;
    }
    blocks
}

/// Returns the paragraphs and list items of a Markdown file, without code and tables.
fn blocks_of_markdown(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (mut is_open, mut is_code) = (false, false);
    for (index, line) in text.lines().enumerate() {
        let starts_code = line.trim_start().starts_with("```");
        is_code ^= starts_code;
        if is_code || starts_code || line.trim().is_empty() || line.starts_with('|') {
            is_open = false;
            continue;
        }
        let body = line.trim_start_matches(|char: char| "#>-* .".contains(char) || char.is_ascii_digit());
        let is_item = line.trim_start().starts_with(['-', '*']) && body != line;
        match blocks.last_mut().filter(|_| is_open && !is_item) {
            Some(block) => block.lines.push(body.to_owned()),
            None => blocks.push(Block { line: index + 1, is_documentation: false, lines: vec![body.to_owned()] }),
        }
        is_open = true;
    }
    blocks
}

/// Returns the texts of `description` and `why` in a YAML file.
fn blocks_of_yaml(text: &str) -> Vec<Block> {
    let key = Regex::new(r"^(\s*)(?:- )?(?:description|why):\s*(.*)$").expect("a regular expression");
    let lines: Vec<&str> = text.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let block = |(index, line): (usize, &&str)| {
        let parts = key.captures(line)?;
        let depth = parts[1].len();
        let rest = lines.iter().skip(index + 1).take_while(|line| line.trim().is_empty() || indent(line) > depth);
        let first = parts[2].trim_matches(|char: char| "|>-'\" ".contains(char)).to_owned();
        let lines = std::iter::once(first).chain(rest.map(|line| line.trim().to_owned())).collect();
        Some(Block { line: index + 1, is_documentation: false, lines })
    };
    lines.iter().enumerate().filter_map(block).collect()
}

/// Returns the blocks of a file, and none for a file of another kind or an emitted one.
fn blocks(path: &Path) -> Vec<Block> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let read = || fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    match extension {
        "rs" => {
            let text = read();
            let is_test = path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "benches");
            if text.starts_with("// @generated") {
                Vec::new()
            } else {
                blocks_of_rust(&text, !is_test)
            }
        }
        "md" => blocks_of_markdown(&read()),
        "yaml" => blocks_of_yaml(&read()),
        _ => Vec::new(),
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if SKIPPED.contains(&name.as_str()) || path.is_symlink() {
            continue;
        }
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn texts_of_the_repository_follow_the_rules() {
    let rules = Rules::read();
    let root = folder(".");
    let mut paths = Vec::new();
    files(&root, &mut paths);
    let mut violations = Vec::new();
    let mut count = 0;
    for path in paths {
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        for block in blocks(&path) {
            count += 1;
            violations
                .extend(rules.violations(&block).into_iter().map(|(line, text)| format!("{name}:{line}: {text}")));
        }
    }
    assert!(count > 2_000, "only {count} blocks of text were found");
    assert!(violations.is_empty(), "{}\n{} texts violate docs/language.yaml", violations.join("\n"), violations.len());
}

#[test]
fn violations_of_each_kind_are_found() {
    let rules = Rules::read();
    let found = |blocks: Vec<Block>| -> Vec<(usize, String)> {
        let all = blocks.iter().flat_map(|block| rules.violations(block));
        all.map(|(line, text)| (line, text.split(", ").next().unwrap_or_default().to_owned())).collect()
    };
    let rust =
        "\n/// Whether it fits.\n///\n/// A value beside another. // `beside`\nfn f() {\n    // Their colour\n    \
                g(\"the keys stand in extra\", \"odd\");\n}\n// beside (language: allow)\n";
    assert_eq!(
        found(blocks_of_rust(rust, true)),
        [
            (2, "a summary begins with `Whether`".to_owned()),
            (4, "found `beside`".to_owned()),
            (6, "found `colour`".to_owned()),
            (7, "found `stand in`".to_owned()),
        ]
    );
    let markdown = "# A title\n\nText.\n\n- One\n- Nobody\n\n```\nbeside\n```\n\n| lest |\n";
    assert_eq!(found(blocks_of_markdown(markdown)), [(6, "found `Nobody`".to_owned())]);
    let yaml = "a:\n  description: |-\n    Fine.\n    They tell more.\n  type: beside\n  why: 'a leftover'\n";
    assert_eq!(found(blocks_of_yaml(yaml)), [(4, "found `tell`".to_owned()), (6, "found `leftover`".to_owned())]);
    let long = format!("Of {}.", ["word"; 30].join(" "));
    assert_eq!(found(blocks_of_markdown(&long)), [(1, "a sentence of 31 words".to_owned())]);
}
