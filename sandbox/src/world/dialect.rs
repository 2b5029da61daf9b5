//! Which spelling of the guessed routes a world speaks (DESIGN §7).

use serde::{Deserialize, Serialize};

/// How a world spells its routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Dialect {
    /// Every operation under the path of `openapi.yaml`, and only there.
    #[default]
    AsWritten,
    /// Operations with `x-alternatives` answer only under the first of them.
    First,
    /// Operations with `x-alternatives` answer only under the last of them.
    Last,
    /// Operations whose evidence is inferred do not exist.
    DocumentedOnly,
}
