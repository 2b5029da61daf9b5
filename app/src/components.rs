//! The shared parts of every page. Tables, forms, dialogs and progress bars are written only here.

pub mod asking;
pub mod badge;
pub mod chart;
pub mod curl;
pub mod dialog;
pub mod filters;
pub mod form;
pub mod frame;
pub mod get_form;
pub mod icon;
pub mod list;
pub mod menu;
pub mod notice;
pub mod paging;
pub mod palette;
pub mod price;
pub mod progress;
pub mod properties;
pub mod stored;
pub mod table;
pub mod tabs;
pub mod time;
pub mod toast;
pub mod upload;
