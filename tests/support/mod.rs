//! Takes arguments, runs the binary with them, returns what it did; and the example knowledge base, built once a process.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// What one run of the binary did.
#[derive(Debug)]
pub(crate) struct Run {
    /// Exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// All of stdout.
    pub(crate) stdout: String,
    /// All of stderr.
    pub(crate) stderr: String,
}

impl Run {
    /// Asserts that the run ended well, returns its stdout.
    pub(crate) fn success(self) -> String {
        assert_eq!(self.code, 0, "exit code; stderr: {}", self.stderr);
        self.stdout
    }
}

/// Runs `fangzhi` with these arguments, without input and in English.
pub(crate) fn fangzhi<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_fangzhi"))
        .args(arguments)
        .env_remove("FANGZHI_KB")
        .env("LC_ALL", "en_US.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// Gives a path below the checkout's root.
pub(crate) fn in_checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Gives the knowledge base of `examples/corpus`; the first caller builds it.
pub(crate) fn example_kb() -> &'static str {
    static KB: OnceLock<String> = OnceLock::new();
    KB.get_or_init(|| {
        // One folder for each test binary: they run side by side.
        let kb =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(concat!(env!("CARGO_CRATE_NAME"), ".kb"));
        let kb = kb.to_str().expect("the path is UTF-8").to_owned();
        let corpus = in_checkout("examples/corpus");
        let corpus = corpus.to_str().expect("the path is UTF-8");
        fangzhi(["build", "-q", "--kb", &kb, corpus]).success();
        kb
    })
}
