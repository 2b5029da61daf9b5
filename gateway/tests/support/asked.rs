//! Every operation of the contract as something that can be done, whatever its type. The values are those of
//! the contract crate's own tests.

use futures::{FutureExt, future::BoxFuture};
use gateway::{Account, Error};
use vpsbg_api::{Effects, Operation, Permission};

/// One call.
pub struct Asked {
    pub id: &'static str,
    pub effects: Effects,
    pub permission: Permission,
    run: Box<dyn Fn(Account) -> BoxFuture<'static, Result<(), Error>> + Send + Sync>,
}

impl Asked {
    /// Reads what only reads, does what changes something.
    pub async fn run(&self, account: &Account) -> Result<(), Error> {
        (self.run)(account.clone()).await
    }
}

pub fn asked<O: Operation>(operation: &O) -> Asked {
    let operation = operation.clone();
    Asked {
        id: O::INFO.id,
        effects: operation.effects(),
        permission: O::INFO.permission,
        run: Box::new(move |account| {
            let operation = operation.clone();
            async move {
                if operation.effects().only_read() {
                    account.read(&operation).await.map(drop)
                } else {
                    account.act(&operation).await.map(drop)
                }
            }
            .boxed()
        }),
    }
}
