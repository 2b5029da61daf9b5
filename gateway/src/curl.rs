//! What a page does, as a command to repeat it with.

use vpsbg_api::{Operation, as_curl};

use crate::Account;

impl Account {
    /// An operation as a curl command to the provider that is configured, in the spelling that last worked.
    /// The token is the variable `TOKEN`; no secret is in the text. None: no route fits the operation's value.
    pub fn as_curl<O: Operation>(&self, operation: &O) -> Option<String> {
        let shared = &self.gateway.0;
        let mut base = shared.api_url.clone();
        // Who runs the program may have written a name and a password into the address: not for all to read.
        let _ = base.set_username("").and_then(|()| base.set_password(None));
        base.set_query(None);
        base.set_fragment(None);
        as_curl(operation, base.as_str(), shared.routes.working(O::INFO.id))
    }
}
