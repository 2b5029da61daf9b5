//! Typed ids: a server's id cannot be handed to a call that wants an ISO's.

use std::{fmt, num::NonZeroU64, str::FromStr};

use serde_json::Value;

use crate::{
    decode::{Decode, Misfit, Notes},
    model::Encode,
};

/// Text that is not an id: ids are whole numbers from 1 up to 2^53 (what JSON numbers hold exactly).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id: a whole number from 1 is needed")]
pub struct NotAnId;

macro_rules! ids {
    ($( $(#[$meta:meta])* $name:ident, )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU64);

        impl $name {
            /// The number itself.
            pub fn get(self) -> u64 {
                self.0.get()
            }
        }

        impl TryFrom<u64> for $name {
            type Error = NotAnId;
            fn try_from(number: u64) -> Result<Self, NotAnId> {
                NonZeroU64::new(number).filter(|number| number.get() <= 1 << 53).map(Self).ok_or(NotAnId)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(NotAnId);
                }
                text.parse::<u64>().map_err(|_| NotAnId)?.try_into()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl Decode for $name {
            fn decode(value: &Value, notes: &mut Notes) -> Result<Self, Misfit> {
                u64::decode(value, notes)?.try_into().map_err(|_| Misfit::new("an id", value))
            }
        }

        impl Encode for $name {
            fn encode(&self) -> Value {
                Value::from(self.get())
            }
        }
    )*};
}

/// Several objects of a kind in an audit record: `orders 7, 9`.
pub(crate) fn several(kind: &str, ids: &[impl fmt::Display]) -> String {
    let numbers: Vec<_> = ids.iter().map(ToString::to_string).collect();
    format!("{kind}{} {}", if ids.len() == 1 { "" } else { "s" }, numbers.join(", "))
}

ids! {
    /// Id of a server (`Server.id`).
    ServerId,
    /// Id of a plan (`Plan.id`).
    PlanId,
    /// Id of a server image (`ServerImage.id`).
    ServerImageId,
    /// Id of an add-on on its server (`ServerAddon.id`).
    AddonId,
    /// Id of a snapshot (`Snapshot.id`).
    SnapshotId,
    /// Id of a backup (`Backup.id`).
    BackupId,
    /// Id of a stored key (`SshKey.id`).
    SshKeyId,
    /// Id of an uploaded image for measured boot (`MeasuredBootImage.id`).
    BootImageId,
    /// Id of an address, not the address itself (`IpAddress.id`).
    IpAddressId,
    /// Id of a floating IP (`FloatingIp.id`), not of its address.
    FloatingIpId,
    /// Id of a kind of floating IP (`FloatingIpPlan.id`).
    FloatingIpPlanId,
    /// Id of an ISO (`Iso.id`).
    IsoId,
    /// Id of an invoice (`Invoice.id`), not its number.
    InvoiceId,
    /// Id of an order (`Order.id`).
    OrderId,
    /// Id of a movement of the balance (`BalanceTransaction.id`).
    TransactionId,
    /// Id of a referred purchase (`AffiliateConversion.id`).
    ConversionId,
    /// Id of a payout of the affiliate programme (`AffiliatePayout.id`).
    PayoutId,
    /// Id of a country, wanted when user data are changed; answers give the code instead.
    CountryId,
    /// Id of a language, wanted when user data are changed; answers give the code instead.
    LanguageId,
    /// Id of a ticket (`Ticket.id`).
    TicketId,
    /// Id of a message of a ticket (`TicketMessage.id`).
    MessageId,
    /// Id of a file of a message (`TicketAttachment.id`).
    AttachmentId,
    /// Id of a department (`SupportDepartment.id`); tickets show its key instead.
    DepartmentId,
    /// Id of a service among its kind: one that a ticket can name (`SupportRelatedService.id`), or that an order
    /// covers (`OrderService.service_id`).
    ServiceId,
}
