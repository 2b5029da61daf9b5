//! All operations this crate declares, for tests of coverage and for pages about the contract itself.

use crate::{
    account, invoices, isos,
    operation::{Info, Operation},
    servers, tickets,
};

/// Every operation, by family, in the order of the contract.
pub const OPERATIONS: &[Info] = &[
    account::GetUser::INFO,
    account::GetBalance::INFO,
    invoices::ListInvoices::INFO,
    invoices::DownloadInvoice::INFO,
    tickets::ListTickets::INFO,
    tickets::CreateTicket::INFO,
    tickets::ListDepartments::INFO,
    tickets::ListServices::INFO,
    tickets::GetTicket::INFO,
    tickets::ReplyTicket::INFO,
    tickets::ResolveTicket::INFO,
    tickets::DownloadAttachment::INFO,
    servers::ListServers::INFO,
    servers::ListServerStatuses::INFO,
    servers::GetServer::INFO,
    servers::GetServerStatus::INFO,
    servers::GetServerMetrics::INFO,
    servers::StartServer::INFO,
    servers::RestartServer::INFO,
    servers::StopServer::INFO,
    servers::PowerOffServer::INFO,
    servers::QuoteRenewal::INFO,
    isos::GetIso::INFO,
    isos::DeleteIso::INFO,
    isos::ListIsos::INFO,
    isos::CreateIso::INFO,
];
