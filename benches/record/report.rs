//! What was measured, as tables of a page.

use std::{fmt::Write as _, fs, path::Path};

use anyhow::{Context as _, Result};

/// A part of the page.
#[derive(Debug)]
pub struct Section {
    /// The name between whose marks it stands.
    pub mark: &'static str,
    pub text: String,
}

/// A table in Markdown.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!(
        "| {} |\n|{}\n",
        head.join(" | "),
        " --- |".repeat(head.len())
    );
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// Writes each section between `<!-- measured: NAME -->` and `<!-- end: NAME -->`; the rest of the page stays.
pub fn write(page: &Path, sections: &[Section]) -> Result<()> {
    let mut text = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    for section in sections {
        let (begin, end) = (
            format!("<!-- measured: {} -->\n", section.mark),
            format!("<!-- end: {} -->", section.mark),
        );
        let from = text
            .find(&begin)
            .with_context(|| format!("{begin} is missing"))?
            + begin.len();
        let to = text
            .find(&end)
            .with_context(|| format!("{end} is missing"))?;
        text.replace_range(from..to, &format!("\n{}\n", section.text));
    }
    fs::write(page, text)?;
    Ok(())
}
