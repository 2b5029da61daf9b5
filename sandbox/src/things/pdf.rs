//! An invoice on paper: one page, real PDF, small.

use super::invoice::Invoice;
use crate::stamp;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

/// The invoice as a PDF file.
pub(crate) fn invoice(invoice: &Invoice) -> Vec<u8> {
    let (catalogue, pages, page, font, text) =
        (Ref::new(1), Ref::new(2), Ref::new(3), Ref::new(4), Ref::new(5));
    let name = Name(b"F1");
    let orders = invoice.order_ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let title = if invoice.paid { "Invoice" } else { "Proforma invoice" };
    let lines = [
        format!("Date: {}", stamp::in_sofia(invoice.created_at).date()),
        format!("Orders: {orders}"),
        String::new(),
        format!("Amount without VAT: EUR {}", invoice.amount.text()),
        format!("VAT 20%: EUR {}", super::money::Cents(invoice.amount_with_vat.0 - invoice.amount.0).text()),
        format!("Total: EUR {}", invoice.amount_with_vat.text()),
        String::new(),
        "Made by the sandbox. Not an accounting document.".to_owned(),
    ];

    let mut content = Content::new();
    content.begin_text().set_font(name, 20.0).next_line(56.0, 760.0);
    content.show(Str(format!("{title} {}", invoice.number).as_bytes()));
    content.set_font(name, 11.0).next_line(0.0, -20.0);
    for line in &lines {
        content.next_line(0.0, -18.0).show(Str(line.as_bytes()));
    }
    content.end_text();

    let mut pdf = Pdf::new();
    pdf.catalog(catalogue).pages(pages);
    pdf.pages(pages).kids([page]).count(1);
    let mut leaf = pdf.page(page);
    leaf.media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).parent(pages).contents(text);
    leaf.resources().fonts().pair(name, font);
    leaf.finish();
    pdf.type1_font(font).base_font(Name(b"Helvetica"));
    pdf.stream(text, &content.finish());
    pdf.finish()
}
