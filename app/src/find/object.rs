//! Which object of the account a page is about, by its address.

use vpsbg_api::{InvoiceId, IsoId, OrderId, ServerId, TicketId};

use crate::routes;

/// An object with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// A server.
    Server(ServerId),
    /// An ISO.
    Iso(IsoId),
    /// An order.
    Order(OrderId),
    /// An invoice.
    Invoice(InvoiceId),
    /// A ticket.
    Ticket(TicketId),
}

impl Object {
    /// The object of the page at an address of ours, with or without its query. None for lists and forms.
    pub fn at(address: &str) -> Option<Self> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let (list, id) = path.rsplit_once('/')?;
        match list {
            routes::SERVERS => id.parse().ok().map(Self::Server),
            routes::ISOS => id.parse().ok().map(Self::Iso),
            routes::ORDERS => id.parse().ok().map(Self::Order),
            routes::INVOICES => id.parse().ok().map(Self::Invoice),
            routes::TICKETS => id.parse().ok().map(Self::Ticket),
            _ => None,
        }
    }

    /// The address of its page.
    pub fn address(self) -> String {
        match self {
            Self::Server(id) => routes::server(id),
            Self::Iso(id) => routes::iso(id),
            Self::Order(id) => routes::order(id),
            Self::Invoice(id) => routes::invoice(id),
            Self::Ticket(id) => routes::ticket(id),
        }
    }

    /// What it is, in a word.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Server(_) => "Server",
            Self::Iso(_) => "ISO",
            Self::Order(_) => "Order",
            Self::Invoice(_) => "Invoice",
            Self::Ticket(_) => "Ticket",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_object() {
        for (address, there) in [
            ("/servers/7", Some("/servers/7")),
            ("/servers/7?confirm=restart", Some("/servers/7")),
            ("/isos/12#bar", Some("/isos/12")),
            ("/orders/5120?confirm=pay", Some("/orders/5120")),
            ("/invoices/8801", Some("/invoices/8801")),
            ("/tickets/731?done=replied#message-9", Some("/tickets/731")),
            ("/servers", None),
            ("/servers/", None),
            ("/isos/new", None),
            ("/servers/7/x", None),
            ("/", None),
            ("", None),
            ("//evil.example/servers/7", None),
            ("https://evil.example/servers/7", None),
        ] {
            assert_eq!(Object::at(address).map(Object::address).as_deref(), there, "{address}");
        }
    }
}
