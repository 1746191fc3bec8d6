//! Completions for shells, and man pages.

mod program;

use std::process::Command;

use program::{run, Run};

#[test]
fn completions_and_man_pages_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let Run { code, stdout, .. } = run(&["completions", shell], "");
        assert!(code == 0 && stdout.contains("max-violations"), "{shell}: {stdout}");
    }
    for (arguments, name) in [(["man"].as_slice(), "matrix-events"), (&["man", "validate"], "matrix-events-validate")] {
        let Run { code, stdout, .. } = run(arguments, "");
        assert!(code == 0 && stdout.contains(&format!(".TH {name} 1")) && stdout.contains("Exit codes"), "{stdout}");
    }
    assert_eq!(run(&["man", "nothing"], "").code, 2);
}

/// Completes the last word of a command line in bash, and prints the candidates.
const COMPLETE: &str = r#"
eval "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
definition=$(complete -p matrix-events); function=${definition#*-F }; function=${function%% *}
"$function" matrix-events "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
echo "${COMPREPLY[@]}"
"#;

#[test]
fn bash_completes_options_of_every_command() {
    let script = run(&["completions", "bash"], "").stdout;
    for (line, expected) in [
        ("matrix-events val", "validate"),
        ("matrix-events validate --max", "--max-violations"),
        ("matrix-events validate --level s", "schema strict"),
        ("matrix-events explain --json", "--json-schema"),
        ("matrix-events inspect --form", "--form --format"),
        ("matrix-events completions --he", "--help"),
        ("matrix-events man --he", "--help"),
        ("matrix-events help insp", "inspect"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let bash = Command::new("bash").args(["--norc", "-c", COMPLETE, "bash", &script]).args(words).output();
        let Ok(output) = bash else {
            println!("skipped: bash is not installed");
            return;
        };
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(found.trim(), expected, "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
