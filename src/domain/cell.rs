//! Several values in one cell: joined by `|`, with `\|` for the character itself and `\\` for a backslash.
//!
//! The form is that of the CSV export; the database keeps lists in it too, so that an export copies them as they stand.
//! An empty cell is an empty list; a list of one empty value cannot be told from it and is written so too.

/// Joins values into a cell.
pub fn join<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let mut cell = String::new();
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            cell.push('|');
        }
        for sign in value.as_ref().chars() {
            if matches!(sign, '|' | '\\') {
                cell.push('\\');
            }
            cell.push(sign);
        }
    }
    cell
}

/// Splits a cell into its values, spaces around each dropped. Empty values keep their place.
pub fn split(cell: &str) -> Vec<String> {
    if cell.trim().is_empty() {
        return Vec::new();
    }
    let mut values = vec![String::new()];
    let mut signs = cell.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '|' => values.push(String::new()),
            '\\' => push_last(&mut values, signs.next().unwrap_or('\\')),
            _ => push_last(&mut values, sign),
        }
    }
    values.iter().map(|value| value.trim().to_owned()).collect()
}

/// Splits a cell and leaves empty values out.
pub fn split_filled(cell: &str) -> Vec<String> {
    split(cell)
        .into_iter()
        .filter(|value| !value.is_empty())
        .collect()
}

fn push_last(values: &mut [String], sign: char) {
    if let Some(last) = values.last_mut() {
        last.push(sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_backslashes_come_back() {
        let values = ["a|b", r"c\", "", "d"];
        let cell = join(values);
        assert_eq!(cell, r"a\|b|c\\||d");
        assert_eq!(split(&cell), values);
    }

    #[test]
    fn an_empty_cell_is_an_empty_list() {
        assert_eq!(split("  "), Vec::<String>::new());
        assert_eq!(join(Vec::<String>::new()), "");
    }

    #[test]
    fn empty_values_keep_their_place_unless_left_out() {
        assert_eq!(split("|x|"), ["", "x", ""]);
        assert_eq!(split_filled("|x|"), ["x"]);
    }
}
