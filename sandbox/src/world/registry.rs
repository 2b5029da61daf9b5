//! All worlds of a sandbox and the tokens that lead to them.

use super::tokens::{self, DEMO_READ_TOKEN, DEMO_WRITE_TOKEN, Permission};
use super::{Birth, World};
use crate::options::{Account, NewAccount, Options};
use parking_lot::{Mutex, RwLock};
use std::collections::HashMap;
use std::sync::Arc;

/// Name of the world the demo tokens belong to.
pub(crate) const DEFAULT_WORLD: &str = "demo";
/// A test run makes hundreds of worlds; a mistake makes millions.
const MOST_WORLDS: usize = 5_000;

pub(crate) type SharedWorld = Arc<Mutex<World>>;

/// The worlds, by name and by token.
#[derive(Debug)]
pub(crate) struct Registry {
    default: SharedWorld,
    default_rate_limit: u32,
    kept: RwLock<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    by_id: HashMap<String, SharedWorld>,
    by_token: HashMap<String, (SharedWorld, Permission)>,
}

impl Registry {
    pub fn new(options: &Options) -> Self {
        let born = Birth { rate_limit: options.rate_limit, now: None, freeze: false };
        let world = World::new(DEFAULT_WORLD.to_owned(), 0, options.seed, None, born);
        let default = Arc::new(Mutex::new(world));
        let mut kept = Kept::default();
        kept.by_id.insert(DEFAULT_WORLD.to_owned(), Arc::clone(&default));
        kept.by_token.insert(DEMO_WRITE_TOKEN.to_owned(), (Arc::clone(&default), Permission::Write));
        kept.by_token.insert(DEMO_READ_TOKEN.to_owned(), (Arc::clone(&default), Permission::Read));
        Self { default, default_rate_limit: options.rate_limit, kept: RwLock::new(kept) }
    }

    pub fn default_world(&self) -> SharedWorld {
        Arc::clone(&self.default)
    }

    pub fn by_id(&self, id: &str) -> Option<SharedWorld> {
        self.kept.read().by_id.get(id).cloned()
    }

    pub fn by_token(&self, token: &str) -> Option<(SharedWorld, Permission)> {
        self.kept.read().by_token.get(token).cloned()
    }

    /// Makes a world. Refuses with a sentence.
    pub fn open(&self, wish: NewAccount) -> Result<Account, String> {
        if wish.rate_limit == Some(0) {
            return Err("rate_limit is at least 1.".to_owned());
        }
        let random = |error: getrandom::Error| format!("No random numbers: {error}");
        let write_token = tokens::fresh(Permission::Write).map_err(random)?;
        let read_token = tokens::fresh(Permission::Read).map_err(random)?;
        let born = Birth {
            rate_limit: wish.rate_limit.unwrap_or(self.default_rate_limit),
            now: wish.now,
            freeze: wish.freeze,
        };
        let mut kept = self.kept.write();
        let number = kept.by_id.len();
        if number >= MOST_WORLDS {
            return Err(format!("There are already {MOST_WORLDS} accounts."));
        }
        let id = format!("account-{number}");
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let world = Arc::new(Mutex::new(World::new(id.clone(), number, wish.seed, wish.email, born)));
        kept.by_id.insert(id.clone(), Arc::clone(&world));
        kept.by_token.insert(write_token.clone(), (Arc::clone(&world), Permission::Write));
        kept.by_token.insert(read_token.clone(), (world, Permission::Read));
        Ok(Account { id, write_token, read_token })
    }
}
