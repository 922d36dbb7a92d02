//! Results → standard output, or a file that is there whole or not at all.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use serde::Serialize;
use tempfile::NamedTempFile;

/// Where a command's result goes.
#[derive(Debug)]
pub enum Output {
    /// Standard output, buffered.
    Standard(BufWriter<io::Stdout>),
    /// A file beside the one asked for, which takes its name when all is written.
    File {
        partial: BufWriter<NamedTempFile>,
        path: PathBuf,
    },
}

impl Output {
    /// Standard output.
    pub fn standard() -> Self {
        Self::Standard(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// The file asked for, or standard output where none is or it is `-`.
    pub fn to(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::standard());
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let partial = NamedTempFile::with_prefix_in(".demarche-", folder)
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self::File {
            partial: BufWriter::with_capacity(1 << 16, partial),
            path: path.to_owned(),
        })
    }

    /// Writes a value as one line of JSON, and lets it be seen at once.
    pub fn json_line(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut *self, value)
            .map_err(io::Error::from)
            .context(NOT_WRITTEN)?;
        self.line("")
    }

    /// Writes a line.
    pub fn line(&mut self, text: &str) -> Result<()> {
        writeln!(self, "{text}").context(NOT_WRITTEN)
    }

    /// Writes out what is buffered; a file is synced and takes its name.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut out) => out.flush().context(NOT_WRITTEN),
            Self::File { partial, path } => {
                let failed = || format!("cannot write {}", path.display());
                let file = partial
                    .into_inner()
                    .map_err(io::IntoInnerError::into_error)
                    .with_context(failed)?;
                keep_usual_rights(&file).with_context(failed)?;
                file.as_file().sync_all().with_context(failed)?;
                file.persist(&path)
                    .map_err(|error| error.error)
                    .with_context(failed)?;
                Ok(())
            }
        }
    }
}

const NOT_WRITTEN: &str = "standard output was closed before all was written";

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File { partial, .. } => partial.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File { partial, .. } => partial.flush(),
        }
    }
}

/// A temporary file is its maker's alone; a result is for whomever the folder lets read it.
#[cfg(unix)]
fn keep_usual_rights(file: &NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file()
        .set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn keep_usual_rights(_: &NamedTempFile) -> io::Result<()> {
    Ok(())
}
