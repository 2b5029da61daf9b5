//! The way through the pages of a list: whether another follows the one that was read. The provider may count its
//! pages, link to the next one, or tell neither; and it may take no notice of the page that it is asked for, and tell
//! the same rows each time (FACTS §1, lists).

use serde_json::Value;
use vpsbg_api::{Encode, Page};

/// A walk from page 1 on, each page told to [`Walk::step`] as it was read.
#[derive(Debug, Default)]
pub struct Walk {
    /// Pages that were read.
    read: u64,
    /// What tells the rows of the first page from those of another. Only where nobody counts.
    first: Option<Vec<Value>>,
}

/// Where a walk goes from a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the page of this number.
    On(u64),
    /// Nowhere: it was the last one.
    End,
    /// Nowhere: these are the rows of the first page again, which are the whole list.
    Again,
    /// Nowhere, though the provider says that more follow: these are the rows of the first page again.
    Lost,
}

impl Step {
    /// Whether the rows of the page were not there before.
    pub fn is_new(self) -> bool {
        matches!(self, Self::On(_) | Self::End)
    }
}

impl Walk {
    /// The step from the page that was read just now.
    pub fn step<T: Encode>(&mut self, page: &Page<T>) -> Step {
        self.read += 1;
        // The provider may not tell the number of the page that it sends: ours is the one that counts.
        let on = Step::On(self.read + 1);
        if let Some(last) = page.last {
            return if self.read < last { on } else { Step::End };
        }
        let rows = page.rows.iter().map(identity).collect();
        match &self.first {
            Some(first) if *first == rows => {
                return if page.next == Some(true) { Step::Lost } else { Step::Again };
            }
            Some(_) => {}
            None => self.first = Some(rows),
        }
        if page.is_last() { Step::End } else { on }
    }
}

/// What tells a row from others: its id, or all of it where it has none.
fn identity<T: Encode>(row: &T) -> Value {
    let row = row.encode();
    row.get("id").cloned().unwrap_or(row)
}

#[cfg(test)]
mod tests {
    use vpsbg_api::ServerId;

    use super::*;

    /// A page of rows that are nothing but an id.
    fn page(ids: std::ops::Range<u64>, last: Option<u64>, next: Option<bool>) -> Page<ServerId> {
        let rows = ids.filter_map(|id| id.to_string().parse().ok()).collect();
        Page { rows, broken: 0, number: 1, last, per_page: None, total: None, next }
    }

    fn steps(pages: &[Page<ServerId>]) -> Vec<Step> {
        let mut walk = Walk::default();
        pages.iter().map(|page| walk.step(page)).collect()
    }

    #[test]
    fn where_pages_are_counted_the_count_decides() {
        let counted = |ids| page(ids, Some(3), None);
        // A page told twice is not looked at: the count says that more follow.
        assert_eq!(
            steps(&[counted(1..4), counted(1..4), counted(4..5)]),
            [Step::On(2), Step::On(3), Step::End]
        );
    }

    #[test]
    fn where_nobody_counts_links_and_rows_decide() {
        let linked = |ids, next| page(ids, None, Some(next));
        assert_eq!(steps(&[linked(1..4, true), linked(4..5, false)]), [Step::On(2), Step::End]);
        let bare = |ids| page(ids, None, None);
        assert_eq!(steps(&[bare(1..31), bare(31..61), bare(61..62)]), [Step::On(2), Step::On(3), Step::End]);
        assert_eq!(steps(&[bare(1..8)]), [Step::End]);
        assert_eq!(steps(&[bare(1..31), bare(0..0)]), [Step::On(2), Step::End]);
    }

    #[test]
    fn a_list_that_takes_no_notice_of_the_page_is_told_once() {
        let bare = || page(1..31, None, None);
        assert_eq!(steps(&[bare(), bare()]), [Step::On(2), Step::Again]);
        assert!(!Step::Again.is_new() && Step::End.is_new());
        let linked = || page(1..4, None, Some(true));
        assert_eq!(steps(&[linked(), linked()]), [Step::On(2), Step::Lost]);
    }
}
