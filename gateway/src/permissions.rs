//! What a person may do. Checked here, in the gateway, and nowhere else: pages ask [`Account::may`] only to say
//! beforehand what would be refused.

use std::{collections::HashSet, sync::Arc};

use vpsbg_api::Permission;

use crate::{Account, Error};

/// A set of permissions. Until there are roles everybody who is signed in has all of them; what the provider
/// allows by the kind of token is another matter ([`crate::Access`]).
#[derive(Debug, Clone, Default)]
pub struct Permissions(Option<Arc<HashSet<Permission>>>);

impl Permissions {
    /// Every permission, also those that a later version adds.
    pub fn all() -> Self {
        Self(None)
    }

    /// Only these.
    pub fn only(permissions: impl IntoIterator<Item = Permission>) -> Self {
        Self(Some(Arc::new(permissions.into_iter().collect())))
    }

    /// None at all.
    pub fn none() -> Self {
        Self::only([])
    }

    /// Whether a permission is in the set.
    pub fn contain(&self, permission: Permission) -> bool {
        self.0.as_ref().is_none_or(|only| only.contains(&permission))
    }

    /// What is in both sets.
    fn both(&self, other: &Self) -> Self {
        match (&self.0, &other.0) {
            (None, _) => other.clone(),
            (_, None) => self.clone(),
            (Some(these), Some(those)) => Self::only(these.intersection(those).copied()),
        }
    }
}

impl Account {
    /// The same account for somebody who may do less. Never adds a permission.
    #[must_use]
    pub fn limited_to(&self, permissions: &Permissions) -> Self {
        Self { permissions: self.permissions.both(permissions), ..self.clone() }
    }

    /// Whether the person may do something. The provider still decides by the kind of token.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contain(permission)
    }

    /// The check before every call, cached or not.
    pub(crate) fn permit(&self, permission: Permission) -> Result<(), Error> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The account in the hands of the house itself: for pollers that serve everybody, and for looking after a
    /// purchase that somebody was allowed to make.
    pub(crate) fn for_house(&self) -> Self {
        Self { deadline: None, permissions: Permissions::all(), ..self.clone() }
    }
}
