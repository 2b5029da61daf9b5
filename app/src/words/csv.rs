//! Lines of files for spreadsheets (RFC 4180), with cells that no spreadsheet takes for a formula.

/// What a file begins with: without it some spreadsheets take UTF-8 for an older alphabet.
pub const BEGINNING: &str = "\u{feff}";

/// A line of cells.
pub fn line<'text>(cells: impl IntoIterator<Item = &'text str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell: what would begin a formula gets an apostrophe before it, quotes are doubled.
fn cell(text: &str) -> String {
    let text = without_formulas(text);
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The text with an apostrophe before each mark that may begin a formula. Where people write `1,5`, spreadsheets part
/// cells at other signs than ours, whatever is quoted: a mark after one of them may be the first of a cell too.
fn without_formulas(text: &str) -> String {
    // A number below zero is none: amounts must add up.
    let digits = text.strip_prefix('-').unwrap_or_default();
    if !digits.is_empty() && digits.chars().all(|letter| letter.is_ascii_digit() || letter == '.') {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    if text.starts_with(['\t', '\r', '\n']) {
        safe.push('\'');
    }
    let mut at_beginning = true;
    for letter in text.chars() {
        let mark = matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
        if mark && at_beginning {
            safe.push('\'');
        }
        let parts = matches!(letter, ';' | ',' | '\t' | '\r' | '\n');
        at_beginning = parts || at_beginning && (letter.is_whitespace() || letter == '"');
        safe.push(letter);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(line(["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(line(["a,b", "say \"x\"", "two\nlines"]), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
        for formula in ["=1+1", "+1", "-1+1", "-", "-A1", "@SUM(A1)", "＝1", "＋1", "－1", "＠A1"] {
            assert!(line([formula]).starts_with(&format!("'{formula}")), "{formula}");
        }
        assert_eq!(line(["\t=1"]), "'\t'=1\r\n");
        assert_eq!(line(["\r=1"]), "\"'\r'=1\"\r\n");
        assert_eq!(line(["\n=1"]), "\"'\n'=1\"\r\n");
        assert_eq!(line(["\nx"]), "\"'\nx\"\r\n");
        assert_eq!(line(["=\"x\",1"]), "\"'=\"\"x\"\",1\"\r\n");
    }

    #[test]
    fn no_part_of_a_cell_is_a_formula_where_other_signs_part_cells() {
        assert_eq!(line(["x;=1+1"]), "x;'=1+1\r\n");
        assert_eq!(line(["a\t=1"]), "a\t'=1\r\n");
        assert_eq!(line(["a, \u{a0}@b"]), "\"a, \u{a0}'@b\"\r\n");
        assert_eq!(line(["a;\"=1\""]), "\"a;\"\"'=1\"\"\"\r\n");
        assert_eq!(line(["a\n－1"]), "\"a\n'－1\"\r\n");
        for harmless in ["-12.00", "-3", "web-1", "a=b", "a - b", "me@example.org", "a;b", ""] {
            assert_eq!(line([harmless]), format!("{harmless}\r\n"));
        }
    }
}
