//! A single invoice. The provider has no call for one, so it is looked for in the list.

use vpsbg_api::{Invoice, InvoiceId, ListInvoices};

use crate::{Account, Error, Reading, Step, Walk};

/// Pages that are searched at most.
const MAX_PAGES: u64 = 10;

/// What the search gave.
#[derive(Debug, Clone)]
pub enum FoundInvoice {
    /// It is there.
    Here(Reading<Invoice>),
    /// All pages were searched.
    Nowhere,
    /// The newest pages were searched; there are older ones.
    NotAmongTheNewest {
        /// How many invoices were searched.
        searched: usize,
    },
}

impl Account {
    /// Looks for an invoice in the (cached) list, newest first, at most ten pages.
    ///
    /// # Errors
    /// [`Error`] when a page cannot be read before it was found.
    pub async fn invoice(&self, id: InvoiceId) -> Result<FoundInvoice, Error> {
        let (mut searched, mut old) = (0, None);
        let (mut walk, mut page) = (Walk::default(), 1);
        loop {
            let reading = self.read(&ListInvoices { page }).await?;
            if let Some(found) = reading.value.rows.iter().find(|invoice| invoice.id == id) {
                return Ok(FoundInvoice::Here(reading.with(found.clone())));
            }
            old = old.or_else(|| reading.stale().cloned());
            let step = walk.step(&reading.value);
            if step.is_new() {
                searched += reading.value.rows.len();
            }
            match step {
                Step::On(next) if next <= MAX_PAGES => page = next,
                Step::On(_) | Step::Lost => return Ok(FoundInvoice::NotAmongTheNewest { searched }),
                // What a last good list does not have may have come since.
                Step::End | Step::Again => return old.map_or(Ok(FoundInvoice::Nowhere), Err),
            }
        }
    }
}
