//! Lines of files for spreadsheets (RFC 4180), with cells that no spreadsheet takes for a formula.

/// A line of cells.
pub fn line<'text>(cells: impl IntoIterator<Item = &'text str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell: what would begin a formula gets an apostrophe before it, quotes are doubled.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(line(["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(line(["a,b", "say \"x\"", "two\nlines"]), "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert!(line([formula]).starts_with(&format!("'{formula}")), "{formula}");
        }
        assert_eq!(line(["\r=1"]), "\"'\r=1\"\r\n");
        assert_eq!(line(["=\"x\",1"]), "\"'=\"\"x\"\",1\"\r\n");
    }
}
