//! Text that only the provider may see: passwords and one-time codes in requests.

use std::fmt;

use serde_json::Value;

/// A password or a code on its way to the provider. Whoever prints the operation sees only that there is one.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the body of a request and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&Secret> for Value {
    fn from(secret: &Secret) -> Self {
        Self::from(secret.expose())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}
