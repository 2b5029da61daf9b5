//! Every page there is, with what it asks the provider for: `end2end/support/pages.json`, one entry a page. The
//! browser's tests and `make size` read the same table; `grid.rs` holds it against the router.
//!
//! An entry names its `route` as the router writes it and its `shape` (`overview`, `list`, `detail`, `form`, `plain`).
//! `main` are the operations without which it has nothing to show, `parts` those whose trouble leaves the rest standing;
//! a page that asks nothing says why (`own`). `objects` is the provider's list that has an id for the address, `id`
//! one of our own instead. `also` are queries with which it is another page to look at; where a query asks for other
//! operations, an entry of its own has it as its `query`. `gone` is its status when its main operation answers 404 (404
//! unless said: a list that is only a guess is then "not offered", 501), `status` that in quiet times (200 unless said).
//! `open`: it is there for those who are not signed in. `demo`: it is there in the demo only.

use serde_json::Value;

/// A page, or a page with a query.
#[derive(Debug, Clone)]
pub struct Page {
    pub route: String,
    pub shape: String,
    /// Where it is, the id still to be filled in.
    pub address: String,
    /// The provider's list that has an id.
    pub objects: Option<String>,
    pub main: Vec<String>,
    pub parts: Vec<String>,
    pub gone: u16,
    pub status: u16,
    pub open: bool,
}

impl Page {
    /// Nothing of the provider is on it.
    pub fn is_own(&self) -> bool {
        self.main.is_empty() && self.parts.is_empty()
    }

    /// Its address with an id.
    pub fn at(&self, id: &str) -> String {
        self.address.replace("{id}", id)
    }
}

/// All pages of the table, each also with its queries.
pub fn table() -> Vec<Page> {
    let text = include_str!("../../../end2end/support/pages.json");
    let entries: Vec<Value> = serde_json::from_str(text).unwrap();
    entries.iter().flat_map(with_queries).collect()
}

fn with_queries(entry: &Value) -> Vec<Page> {
    let words = |name: &str| -> Vec<String> {
        let list = entry[name].as_array().into_iter().flatten();
        list.map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let status = |name: &str, usual| entry[name].as_u64().map_or(usual, |code| u16::try_from(code).unwrap());
    let route = entry["route"].as_str().expect("a page has a route").to_owned();
    let own_id = entry["id"].as_str().map(str::to_owned).or(entry["id"].as_u64().map(|id| id.to_string()));
    let address = own_id
        .map_or(route.clone(), |id| route.replace("{id}", &id).replace("{list}", &id).replace("{kind}", &id));
    let address = address + entry["query"].as_str().unwrap_or_default();
    let page = Page {
        shape: entry["shape"].as_str().expect("a page has a shape").to_owned(),
        address,
        objects: entry["objects"].as_str().map(str::to_owned),
        main: words("main"),
        parts: words("parts"),
        gone: status("gone", 404),
        status: status("status", if entry["demo"] == true { 404 } else { 200 }),
        open: entry["open"] == true,
        route,
    };
    let why = entry["own"].as_str().is_some_and(|why| !why.is_empty());
    assert!(page.is_own() == why, "{}: which operations does it ask, or why none?", page.route);
    let others = words("also");
    let others = others.iter().map(|query| Page { address: page.address.clone() + query, ..page.clone() });
    std::iter::once(page.clone()).chain(others).collect()
}
