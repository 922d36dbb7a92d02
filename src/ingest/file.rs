//! Paths → documents: files, folders with all that is under them in the order of names, and standard input.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::document::Document;

/// A path that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system says why.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Larger than is taken.
    #[error("it is larger than {} MiB", .0 / 1_048_576)]
    TooLarge(u64),
    /// A folder without files.
    #[error("the folder holds no files")]
    EmptyFolder,
}

/// Endings of what may lie in a folder beside articles and is passed over there.
const NO_ARTICLES: [&str; 17] = [
    "json", "jsonl", "csv", "png", "jpg", "jpeg", "gif", "webp", "svg", "pdf", "css", "js", "zip",
    "gz", "db", "docx", "xlsx",
];

/// The files under a path: itself, or all that a folder holds, folders within it too, in the order of their names.
/// In folders, hidden files and files that by their ending are no articles are passed over.
///
/// # Errors
/// Where the path, or a folder under it, cannot be listed, or there is nothing.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            // A link to a folder is not followed, so that no circle can be walked.
            let kind = entry.file_type()?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if (kind.is_file() || entry.path().is_file()) && may_be_article(&entry.path()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    if found.is_empty() {
        Err(FileError::EmptyFolder)
    } else {
        Ok(found)
    }
}

fn may_be_article(path: &Path) -> bool {
    path.extension().is_none_or(|ending| {
        !NO_ARTICLES.contains(&ending.to_string_lossy().to_ascii_lowercase().as_str())
    })
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// Where it cannot be read or is too large.
pub fn read(path: &Path, max_bytes: u64) -> Result<Document, FileError> {
    let bytes = within(File::open(path)?, max_bytes)?;
    Ok(Document {
        bytes,
        file_name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        ..Document::default()
    })
}

/// Reads a stream, such as standard input, of at most so many bytes.
///
/// # Errors
/// Where it cannot be read or is too large.
pub fn read_stream(stream: impl Read, max_bytes: u64) -> Result<Document, FileError> {
    Ok(Document {
        bytes: within(stream, max_bytes)?,
        ..Document::default()
    })
}

fn within(stream: impl Read, max_bytes: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    stream
        .take(max_bytes.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes {
        Err(FileError::TooLarge(max_bytes))
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_files_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in [
            "c.txt",
            "a.html",
            "b/2.txt",
            "b/10.txt",
            ".hidden.txt",
            "a.json",
        ] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let found: Vec<String> = files(folder.path())
            .unwrap()
            .iter()
            .map(|path| {
                path.strip_prefix(folder.path())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        assert_eq!(found, ["a.html", "b/10.txt", "b/2.txt", "c.txt"]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            files(folder.path()).unwrap_err().to_string(),
            "the folder holds no files"
        );
        let missing = folder.path().join("none.txt");
        assert_eq!(
            files(&missing).unwrap_err().to_string(),
            "it cannot be read: No such file or directory (os error 2)"
        );
        let large = folder.path().join("large.txt");
        fs::write(&large, vec![b'x'; 1_048_577]).unwrap();
        assert_eq!(
            read(&large, 1_048_576).unwrap_err().to_string(),
            "it is larger than 1 MiB"
        );
        assert_eq!(read(&large, 1_048_577).unwrap().bytes.len(), 1_048_577);
    }
}
