//! The `demarche` binary: hands the process's arguments to [`demarche::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    demarche::cli::run()
}
