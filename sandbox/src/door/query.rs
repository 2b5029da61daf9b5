//! The query of an address, brackets and all.

use http::Uri;

/// Names and values in the order they were sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Query {
    raw: String,
    pairs: Vec<(String, String)>,
}

impl Query {
    pub fn of(uri: &Uri) -> Self {
        let raw = uri.query().unwrap_or_default().to_owned();
        let pairs = serde_urlencoded::from_str(&raw).unwrap_or_default();
        Self { raw, pairs }
    }

    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The last value of that name; the framework takes an empty one for none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether a value stands in a list such as `include[]`.
    pub fn lists(&self, name: &str, value: &str) -> bool {
        let in_list = |key: &str| {
            key == name
                || key.strip_prefix(name).is_some_and(|rest| rest.starts_with('[') && rest.ends_with(']'))
        };
        self.pairs.iter().any(|(key, sent)| in_list(key) && sent == value)
    }
}
