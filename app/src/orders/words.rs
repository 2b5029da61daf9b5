//! The words of an order.

use vpsbg_api::{Order, OrderKind, OrderStatus, PaymentMethod, ServiceKind};

use crate::{components::badge::Tone, words::NOTHING};

/// States in which it waits for its payment. One has a name that no order has; it may be the only one that the
/// provider's filter knows (FACTS §5.12).
pub fn waiting_states() -> [OrderStatus; 2] {
    [OrderStatus::AwaitingPayment, OrderStatus::Other("pending_payment".to_owned())]
}

/// States in which it is not over.
pub fn open_states() -> Vec<OrderStatus> {
    waiting_states().into_iter().chain([OrderStatus::Processing]).collect()
}

/// All states: the provider's own default hides some.
pub fn all_states() -> Vec<OrderStatus> {
    open_states().into_iter().chain([OrderStatus::Paid, OrderStatus::Cancelled]).collect()
}

/// Its state in a word, and what that means.
pub fn state(status: Option<&OrderStatus>) -> (String, Tone) {
    let (word, tone) = match status {
        Some(OrderStatus::AwaitingPayment) => ("Waits for payment", Tone::Warning),
        Some(OrderStatus::Processing) => ("Payment on its way", Tone::Busy),
        Some(OrderStatus::Paid) => ("Paid", Tone::Good),
        Some(OrderStatus::Cancelled) => ("Cancelled", Tone::Quiet),
        Some(OrderStatus::Other(word)) => (word.as_str(), Tone::Quiet),
        None => ("Unknown", Tone::Quiet),
    };
    (word.to_owned(), tone)
}

/// What it is for.
pub fn kind(order: &Order) -> String {
    order.kind.as_ref().map_or_else(|| NOTHING.to_owned(), of_kind)
}

/// The same for the provider's word alone.
pub fn kind_of_word(word: &str) -> String {
    of_kind(&OrderKind::from_word(word))
}

/// The same for a kind.
pub fn of_kind(kind: &OrderKind) -> String {
    let word = match kind {
        OrderKind::NewService => "New service",
        OrderKind::RenewService => "Renewal",
        OrderKind::ScaleService => "Change of plan",
        OrderKind::NewAddon => "Add-on",
        OrderKind::Combined => "Several together",
        OrderKind::Deposit => "Deposit",
        OrderKind::Custom => "Made by the provider",
        OrderKind::NewFloatingIp => "Floating IP",
        OrderKind::ScaleAddon => "Change of an add-on",
        OrderKind::Other(word) => word,
    };
    word.to_owned()
}

/// A way to pay.
pub fn method(method: &PaymentMethod) -> String {
    let word = match method {
        PaymentMethod::Balance => "Balance",
        PaymentMethod::Card => "Card",
        PaymentMethod::Bank => "Bank transfer",
        PaymentMethod::Bitcoin => "Bitcoin",
        PaymentMethod::Lightning => "Bitcoin over Lightning",
        PaymentMethod::Other(word) => word,
    };
    word.to_owned()
}

/// A kind of service.
pub fn service(kind: Option<&ServiceKind>) -> String {
    let word = match kind {
        Some(ServiceKind::Server) => "Server",
        Some(ServiceKind::FloatingIp) => "Floating IP",
        Some(ServiceKind::Support) => "Support",
        Some(ServiceKind::Addon) => "Add-on",
        Some(ServiceKind::Other(word)) => word,
        None => NOTHING,
    };
    word.to_owned()
}
