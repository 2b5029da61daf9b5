//! The referral programme.

use super::envelope;
use super::fields::Fields;
use crate::door::call::Call;
use crate::noise;
use crate::reply::{Answer, Complaints, Refusal, Reply};
use crate::things::affiliate::{Affiliate, Conversion, Payout};
use crate::world::World;

/// `getAffiliate`: 404 until the account has joined.
pub(crate) fn show(world: &mut World, call: &Call) -> Answer {
    let affiliate = world.holdings.affiliate.as_ref().ok_or(Refusal::NotFound)?;
    Ok(Reply::json(affiliate.json(call.now)))
}

/// `activateAffiliate`: with the code that was wished for, or a generated one.
pub(crate) fn activate(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    let wish = code(&mut fields);
    fields.finish()?;
    if world.holdings.affiliate.is_some() {
        return Err(Complaints::only("referral_code", "The account is in the programme already."));
    }
    let code =
        wish.unwrap_or_else(|| format!("ref{:08x}", noise::mix(u64::from(world.number), 0xC0DE) as u32));
    let affiliate = world.holdings.affiliate.insert(Affiliate::joined(code));
    Ok(Reply::created(affiliate.json(call.now)))
}

/// `updateAffiliate`: links with the old code keep working.
pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let mut fields = Fields::of(&call.body);
    fields.required("referral_code");
    let wish = code(&mut fields);
    fields.finish()?;
    let Some(affiliate) = &mut world.holdings.affiliate else {
        return Err(Complaints::only("referral_code", "The account is not in the programme."));
    };
    if let Some(code) = wish {
        affiliate.codes.retain(|known| *known != code);
        affiliate.codes.push(code);
    }
    Ok(Reply::json(affiliate.json(call.now)))
}

/// `listAffiliateConversions`: newest first; nothing before joining.
pub(crate) fn conversions(world: &mut World, call: &Call) -> Answer {
    let all = world.holdings.affiliate.as_ref().map_or(&[][..], |affiliate| &affiliate.conversions);
    let mut rows: Vec<&Conversion> = all.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    envelope::page(call, &rows, |row| row.json(call.now))
}

/// `listAffiliatePayouts`: newest first; nothing before joining.
pub(crate) fn payouts(world: &mut World, call: &Call) -> Answer {
    let all = world.holdings.affiliate.as_ref().map_or(&[][..], |affiliate| &affiliate.payouts);
    let mut rows: Vec<&Payout> = all.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
    envelope::page(call, &rows, |row| row.json())
}

/// A code of 5 to 20 letters, digits, dashes and underscores. Codes that begin with `taken` are somebody
/// else's.
fn code(fields: &mut Fields<'_>) -> Option<String> {
    let code = fields.text("referral_code", 20)?;
    if code.chars().count() < 5 {
        fields.complaints.add("referral_code", "The referral code field must be at least 5 characters.");
    } else if !code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)) {
        let sentence = "The referral code field must only contain letters, numbers, dashes, and underscores.";
        fields.complaints.add("referral_code", sentence);
    } else if code.to_ascii_lowercase().starts_with("taken") {
        fields.complaints.add("referral_code", "The referral code has already been taken.");
    }
    Some(code.to_owned())
}
