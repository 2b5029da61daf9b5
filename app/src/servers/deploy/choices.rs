//! What there is to choose from. Each part stands or fails for itself: only without plans there is nothing to order.

use gateway::{Account, Error, Gathering, Reading};
use vpsbg_api::{
    AddonPrice, Backup, Encode, Iso, ListBackups, ListIsos, ListPlanAddons, ListPlanPromoCodes,
    ListServerImages, ListSnapshots, ListSshKeys, Operation, Page, PlanId, PromoCode, ServerImage, Snapshot,
    SshKey,
};

use crate::plans::{Catalogue, catalogue, catalogue_now};

/// Objects of one kind.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// Those that could be read.
    pub rows: Vec<T>,
    /// These are certainly all: what is not among them is gone.
    pub is_whole: bool,
}

/// Objects of one kind, or why there is no word on them.
pub type Part<T> = Result<Reading<Found<T>>, Error>;

/// Everything but the plans.
#[derive(Debug)]
pub struct Choices {
    /// What can be installed.
    pub images: Part<ServerImage>,
    /// Copies of disks.
    pub snapshots: Part<Snapshot>,
    /// Copies of disks.
    pub backups: Part<Backup>,
    /// What can be in a drive.
    pub isos: Part<Iso>,
    /// Who may sign in.
    pub keys: Part<SshKey>,
}

/// What is told of one plan.
#[derive(Debug)]
pub struct Terms {
    /// What can be added.
    pub addons: Result<Reading<Vec<AddonPrice>>, Error>,
    /// What makes it cheaper.
    pub codes: Result<Reading<Vec<PromoCode>>, Error>,
}

/// The plans, and everything else.
pub async fn look(account: &Account) -> (Result<Reading<Catalogue>, Error>, Choices) {
    futures::join!(catalogue(account), others(account))
}

/// The same for what is ordered now: whether there is still such a plan is asked anew. None: there is no word on
/// plans, and the provider will tell.
pub async fn look_now(account: &Account) -> (Option<Catalogue>, Choices) {
    let (plans, choices) = futures::join!(catalogue_now(account), others(account));
    (plans.ok(), choices)
}

async fn others(account: &Account) -> Choices {
    let (images, snapshots, backups, isos, keys) = futures::join!(
        account.read(&ListServerImages),
        found(account, |page| ListSnapshots { page, server: None, date: None, sort: None }),
        found(account, |page| ListBackups { page, server: None, date: None, size: None, sort: None }),
        found(account, |page| ListIsos { page }),
        found(account, |page| ListSshKeys { page }),
    );
    let images = images.map(|reading| {
        let is_whole = reading.stale().is_none();
        reading.with(Found { rows: reading.value.as_ref().clone(), is_whole })
    });
    Choices { images, snapshots, backups, isos, keys }
}

/// All of a kind; where they are too many, the first ones.
async fn found<O, T>(account: &Account, of_page: impl Fn(u64) -> O) -> Part<T>
where
    O: Operation<Answer = Page<T>>,
    T: Clone + Encode + Send + Sync + 'static,
{
    match account.gather(&of_page).await? {
        Gathering::All(reading) => {
            let is_whole = reading.value.broken == 0 && reading.stale().is_none();
            Ok(reading.with(Found { rows: reading.value.rows.clone(), is_whole }))
        }
        Gathering::TooMany(_) => {
            let first = account.read(&of_page(1)).await?;
            Ok(first.with(Found { rows: first.value.rows.clone(), is_whole: false }))
        }
    }
}

/// What is told of a plan.
pub async fn terms(account: &Account, id: Option<PlanId>) -> Terms {
    let Some(id) = id else { return Terms { addons: Err(Error::NotOffered), codes: Err(Error::NotOffered) } };
    let (addons, codes) = (ListPlanAddons { id }, ListPlanPromoCodes { id });
    let (addons, codes) = futures::join!(account.read(&addons), account.read(&codes));
    Terms { addons, codes }
}

/// What is told of a plan at this moment, never what was told before.
pub async fn terms_now(account: &Account, id: Option<PlanId>) -> Terms {
    let Some(id) = id else { return Terms { addons: Err(Error::NotOffered), codes: Err(Error::NotOffered) } };
    let (addons, codes) = (ListPlanAddons { id }, ListPlanPromoCodes { id });
    let (addons, codes) = futures::join!(account.read_now(&addons), account.read_now(&codes));
    Terms { addons: addons.map(Reading::now), codes: codes.map(Reading::now) }
}

impl Terms {
    /// The price of an add-on, if it is known.
    pub fn price(&self, key: &str) -> Option<vpsbg_api::Price> {
        let all = self.addons.as_ref().ok()?;
        all.value.iter().find(|addon| addon.key.as_deref() == Some(key)).map(AddonPrice::monthly_price)
    }

    /// The keys of add-ons that pass.
    pub fn keys(&self, passes: impl Fn(&str) -> bool) -> Vec<String> {
        let all = self.addons.as_ref().map(|read| read.value.as_slice()).unwrap_or_default();
        all.iter().filter_map(|addon| addon.key.clone()).filter(|key| passes(key)).collect()
    }

    /// A promo code, if the provider lists it for the plan.
    pub fn code(&self, code: &str) -> Option<&PromoCode> {
        let all = self.codes.as_ref().ok()?;
        all.value
            .iter()
            .find(|promo| promo.code.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(code)))
    }
}
