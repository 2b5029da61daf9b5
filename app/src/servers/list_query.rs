//! The address of the list: search, state, order, page. Nothing of it is kept anywhere else.

use leptos_router::params::ParamsMap;
use vpsbg_api::{BillingState, ListServers, ServerFilter, ServerSort};

use crate::{
    components::{form::SEARCH, paging::page_of},
    routes,
};

/// Rows per page that the provider takes (`per_page` of `listServers`).
const PER_PAGE: std::ops::RangeInclusive<u64> = 1..=50;

/// Which states are shown. The provider leaves out processing and terminated ones unless asked.
pub const STATES: [(&str, &str); 5] = [
    ("", "Active and suspended"),
    ("active", "Active"),
    ("suspended", "Suspended"),
    ("processing", "Being made"),
    ("terminated", "Terminated"),
];

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Text to search for.
    pub search: String,
    /// One of [`STATES`].
    pub state: String,
    /// `created`, `-created`, `expiry`, `-expiry`, or the provider's own order.
    pub sort: String,
    /// Page, from 1.
    pub page: u64,
    /// Rows per page; empty: the provider's default.
    pub per_page: Option<u64>,
}

impl ListQuery {
    /// Reads the address.
    ///
    /// # Errors
    /// A sentence when the page is none. Other nonsense is as if it were not there.
    pub fn read(params: &ParamsMap) -> Result<Self, String> {
        let get = |name: &str| params.get(name).unwrap_or_default();
        let known =
            |text: String, all: &[&str]| if all.contains(&text.as_str()) { text } else { String::new() };
        let states = STATES.map(|(word, _)| word);
        Ok(Self {
            search: SEARCH.cut(&get("q")),
            state: known(get("state"), &states),
            sort: known(get("sort"), &["created", "-created", "expiry", "-expiry"]),
            page: page_of(params.get("page").as_deref())?,
            per_page: get("per_page").parse().ok().filter(|rows| PER_PAGE.contains(rows)),
        })
    }

    /// The call of the provider.
    pub fn operation(&self) -> ListServers {
        let descending = self.sort.starts_with('-');
        ListServers {
            page: self.page,
            per_page: self.per_page,
            filter: ServerFilter {
                // The provider looks for text in addresses too.
                address: None,
                search: (!self.search.is_empty()).then(|| self.search.clone()),
                status: if self.state.is_empty() {
                    Vec::new()
                } else {
                    vec![BillingState::from_word(&self.state)]
                },
            },
            sort: match self.sort.trim_start_matches('-') {
                "created" => Some(ServerSort::Created(descending)),
                "expiry" => Some(ServerSort::Expiry(descending)),
                _ => None,
            },
        }
    }

    /// The address of another page of the same list.
    pub fn at_page(&self, page: u64) -> String {
        let page = if page == 1 { String::new() } else { page.to_string() };
        let per_page = self.per_page.map(|rows| rows.to_string()).unwrap_or_default();
        routes::with_query(
            routes::SERVERS,
            &[
                ("q", self.search.as_str()),
                ("state", &self.state),
                ("sort", &self.sort),
                ("per_page", &per_page),
                ("page", &page),
            ],
        )
    }

    /// The address with another state.
    pub fn with_state(&self, state: &str) -> String {
        Self { state: state.to_owned(), ..self.clone() }.at_page(1)
    }

    /// The address sorted by a column, turned around if it is already, and the present order of the column.
    pub fn sorted_by(&self, column: &str) -> (String, Option<&'static str>) {
        let turned = format!("-{column}");
        let (next, order) = if self.sort == column {
            (turned, Some("ascending"))
        } else if self.sort == turned {
            (column.to_owned(), Some("descending"))
        } else {
            (column.to_owned(), None)
        };
        (Self { sort: next, ..self.clone() }.at_page(1), order)
    }

    /// True when something narrows the list.
    pub fn narrows(&self) -> bool {
        !self.search.is_empty() || !self.state.is_empty()
    }
}
