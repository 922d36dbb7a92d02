//! The whole record ↔ one SQLite file, from either engine, while others write to it.

use std::{fs, io::Read as _, path::Path};

use tempfile::NamedTempFile;

use super::{
    Store, StoreSettings,
    copy::copy,
    db::{Db, Engine, on},
    error::{Result, StoreError},
};

/// What every SQLite file begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

impl Store {
    /// Writes the record, as it stands at one instant, to a new file. It is there whole, and on the disk, or not at all.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the file exists or cannot be written.
    pub async fn backup(&self, path: &Path) -> Result<()> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Refused(
                "the file exists already, and is not written over".to_owned(),
            ));
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let partial =
            NamedTempFile::with_prefix_in(".demarche-", folder).map_err(|error| refused(&error))?;
        match self.engine() {
            Engine::Sqlite => self.db().vacuum_into(partial.path()).await?,
            Engine::Postgres => {
                let between = tempfile::tempdir_in(folder).map_err(|error| refused(&error))?;
                let between_store = self.beside(&between.path().join("record.db")).await?;
                copy(self, &between_store).await?;
                between_store.db().vacuum_into(partial.path()).await?;
                between_store.close().await;
            }
        }
        partial
            .as_file()
            .sync_all()
            .map_err(|error| refused(&error))?;
        partial
            .persist_noclobber(path)
            .map_err(|error| refused(&error.error))?;
        // The name is on the disk only once the folder is.
        fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| refused(&error))
    }

    /// Fills this record, which must be empty, from a backup. A backup of an earlier program is migrated on the way; the
    /// file itself is left as it is.
    ///
    /// # Errors
    ///
    /// [`StoreError::Refused`] where the record is not empty, or the file is no backup; [`StoreError::Unusable`] for a
    /// backup of a newer program.
    pub async fn restore(&self, path: &Path) -> Result<()> {
        let mut magic = [0; 16];
        fs::File::open(path)
            .and_then(|mut file| file.read_exact(&mut magic))
            .or_else(|error| {
                if error.kind() == std::io::ErrorKind::UnexpectedEof {
                    Ok(())
                } else {
                    Err(refused(&error))
                }
            })?;
        let no_backup = || {
            StoreError::Refused(
                "expected a file that demarche backup made, but found another".to_owned(),
            )
        };
        if &magic != MAGIC {
            return Err(no_backup());
        }
        let between = tempfile::tempdir().map_err(|error| refused(&error))?;
        let copied = between.path().join("record.db");
        fs::copy(path, &copied).map_err(|error| refused(&error))?;
        make_writable(&copied).map_err(|error| refused(&error))?;
        let db = Db::open(&beside_settings(&copied)).await?;
        let ours = on(
            "migrations",
            "SELECT count(*) AS n FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'",
        );
        let ours = db.fetch_count(ours).await?;
        db.close().await;
        if ours == 0 {
            return Err(no_backup());
        }
        let source = self.beside(&copied).await?;
        let done = copy(&source, self).await;
        source.close().await;
        done
    }

    /// A record in a file of its own, migrated, without reference data.
    async fn beside(&self, file: &Path) -> Result<Self> {
        Self::open_at_step(
            &beside_settings(file),
            self.clock().clone(),
            super::STEP_COUNT,
        )
        .await
    }
}

fn beside_settings(file: &Path) -> StoreSettings {
    StoreSettings {
        readers: 1,
        ..StoreSettings::of(format!("sqlite://{}", file.display()))
    }
}

fn make_writable(file: &Path) -> std::io::Result<()> {
    let mut rights = fs::metadata(file)?.permissions();
    #[expect(
        clippy::permissions_set_readonly_false,
        reason = "our own copy, in our own folder"
    )]
    rights.set_readonly(false);
    fs::set_permissions(file, rights)
}

fn refused(error: &std::io::Error) -> StoreError {
    StoreError::Refused(error.to_string())
}
